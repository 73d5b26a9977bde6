//! The reasons that a reviewer has typed and not sent, while this tab is signed in: in memory alone, since they may quote what is in a file.

use crate::session::Session;
use leptos::prelude::*;
use sluice_shared::{identifiers::SubmissionId, submission::Decision};

/// What was typed about a submission, and for which decision. A reason for one is none for the other.
#[derive(Clone, Debug)]
pub(super) struct Typed {
    pub(super) reason: String,
    pub(super) wanted: Decision,
    /// The reason for the decision that is not wanted at the moment.
    pub(super) otherwise: String,
}

/// What whoever is signed in has typed. Cheap to copy; lives as long as the page, and forgets all when that is somebody else, or nobody.
///
/// A list: there are a few, and a map's code would come to every review.
#[derive(Clone, Copy)]
pub(crate) struct TypedReasons(StoredValue<Vec<(SubmissionId, Typed)>>);

impl TypedReasons {
    /// To be made once, outside the pages: what one of them made would go with it.
    pub(crate) fn follow(session: Session) -> Self {
        let all = StoredValue::new(Vec::new());
        let person = Memo::new(move |_| session.me().map(|me| me.person.id));
        Effect::watch(
            move || person.get(),
            move |_, _, _| all.set_value(Vec::new()),
            false,
        );
        Self(all)
    }

    pub(super) fn about(self, submission: SubmissionId) -> Option<Typed> {
        self.0.with_value(|all| {
            let found = all.iter().find(|(about, _)| *about == submission);
            found.map(|(_, typed)| typed.clone())
        })
    }

    /// Keeps what is typed; nothing of what was taken out again.
    pub(super) fn keep(self, submission: SubmissionId, typed: Typed) {
        self.forget(submission);
        if !typed.reason.is_empty() || !typed.otherwise.is_empty() {
            self.0.update_value(|all| all.push((submission, typed)));
        }
    }

    /// For a submission that is decided.
    pub(super) fn forget(self, submission: SubmissionId) {
        self.0
            .update_value(|all| all.retain(|(about, _)| *about != submission));
    }
}
