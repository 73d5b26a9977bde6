//! The reasons that a reviewer has typed and not sent: in this tab's storage, until they are sent or the reviewer signs out, so that
//! neither a reload nor a sign-in that ended loses them.

use crate::browser::storage;
use sluice_shared::{identifiers::SubmissionId, submission::Decision};

const KEY: &str = "sluice.typed-reasons";
/// Texts that stand for one submission: whose, about which, for refusing or not, the reason, the other reason.
const TEXTS: usize = 5;

/// What was typed about a submission, and for which decision. A reason for one is none for the other.
#[derive(Clone)]
pub(super) struct Typed {
    pub(super) reason: String,
    pub(super) wanted: Decision,
    /// The reason for the decision that is not wanted at the moment.
    pub(super) otherwise: String,
}

/// What this person has typed about a submission.
pub(super) fn about(person: &str, submission: SubmissionId) -> Option<Typed> {
    let texts = storage::get_list(KEY);
    let about = submission.to_string();
    let found = texts
        .chunks_exact(TEXTS)
        .find(|texts| texts[0] == person && texts[1] == about)?;
    Some(Typed {
        wanted: if found[2].is_empty() {
            Decision::Accept
        } else {
            Decision::Refuse
        },
        reason: found[3].clone(),
        otherwise: found[4].clone(),
    })
}

/// Keeps what is typed; nothing of what was taken out again, and nothing of whoever was here before.
pub(super) fn keep(person: &str, submission: SubmissionId, typed: &Typed) {
    let mut kept = without(submission, Some(person));
    if !typed.reason.is_empty() || !typed.otherwise.is_empty() {
        let wanted = match typed.wanted {
            Decision::Accept => "",
            Decision::Refuse => "refuse",
        };
        let about = submission.to_string();
        kept.extend([person, &about, wanted, &typed.reason, &typed.otherwise].map(str::to_owned));
    }
    storage::set_list(KEY, &kept);
}

/// For a submission that is decided.
pub(super) fn forget(submission: SubmissionId) {
    storage::set_list(KEY, &without(submission, None));
}

/// All that is kept about other submissions, of one person or of all.
fn without(submission: SubmissionId, person: Option<&str>) -> Vec<String> {
    let texts = storage::get_list(KEY);
    let about = submission.to_string();
    texts
        .chunks_exact(TEXTS)
        .filter(|texts| texts[1] != about && person.is_none_or(|person| texts[0] == person))
        .flatten()
        .cloned()
        .collect()
}
