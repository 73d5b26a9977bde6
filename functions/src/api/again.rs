//! A submission that is asked for again. Until its file arrives it is what the last request for it says, and whoever made that
//! request sends it; from then on it stays what it is, and who asks for something else is told so.
use sluice_shared::{
    api::StartSubmission, files::FileKind, identifiers::SubmissionId, submission::StateName,
};

use super::{
    corrections::{self, Linked},
    same,
    visible::{Visible, VisibleTo},
};
use crate::{
    error::{ApiError, Refusal},
    stores::{StartKeys, StoreError, SubmissionRecord},
};

/// What a request corrects. What is checked only corrects nothing: it leaves no mark on what came before.
pub(super) fn corrects(request: &StartSubmission) -> Option<SubmissionId> {
    request.replaces.filter(|_| !request.check_only)
}

/// Takes what a request says of the submission that it means, and remembers `keys`; `None` when somebody else was quicker: look
/// again.
pub(super) async fn take(
    visible: VisibleTo<'_>,
    earlier: &Visible<SubmissionRecord>,
    request: &StartSubmission,
    keys: &StartKeys,
) -> Result<Option<Visible<SubmissionRecord>>, ApiError> {
    let mut linked = Linked::default();
    let mut record = earlier.clone();
    let state = earlier.state_at(visible.now()).name();
    if state == StateName::AwaitingUpload {
        // What a request leaves out it takes from whoever makes it, not from a colleague who said it.
        let keeps = earlier.uploader.id != *visible.asker().id();
        let corrects = corrects(request).or(earlier.replaces.filter(|_| keeps));
        linked = corrections::link(visible, earlier, corrects).await?;
        record = earlier.changed(|record| {
            record.file_name = request.file_name.clone();
            if request.service_request.is_some() || !keeps {
                record.service_request.clone_from(&request.service_request);
            }
            record.replaces = corrects;
            record.asked_by(visible.asker().into());
        });
    } else {
        let late = differences(earlier, request);
        if !late.is_empty() {
            return Err(Refusal::SentBefore {
                id: earlier.id,
                state,
                late: in_a_row(&late),
                remedy: remedy(state, earlier.kind),
            }
            .into());
        }
    }
    let asked = visible.ask_again(earlier, &record, &linked, Some(keys));
    written(asked.await, record)
}

/// What a request that is repeated, key and all, is answered with: it says nothing new, whatever others said since.
pub(super) async fn repeat(
    visible: VisibleTo<'_>,
    earlier: Box<Visible<SubmissionRecord>>,
) -> Result<Option<Visible<SubmissionRecord>>, ApiError> {
    if earlier.state_at(visible.now()).name() == StateName::AwaitingUpload {
        ask_for_address(visible, &earlier).await
    } else {
        Ok(Some(*earlier))
    }
}

/// The submission, by whose upload address the caller sends it from now on; `None` when somebody else was quicker.
pub(super) async fn ask_for_address(
    visible: VisibleTo<'_>,
    earlier: &Visible<SubmissionRecord>,
) -> Result<Option<Visible<SubmissionRecord>>, ApiError> {
    let record = earlier.changed(|record| record.asked_by(visible.asker().into()));
    let linked = Linked::default();
    let asked = visible.ask_again(earlier, &record, &linked, None);
    written(asked.await, record)
}

fn written(
    outcome: Result<(), StoreError>,
    record: Visible<SubmissionRecord>,
) -> Result<Option<Visible<SubmissionRecord>>, ApiError> {
    match outcome {
        Ok(()) => Ok(Some(record)),
        Err(StoreError::Conflict(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// What a request says otherwise than the submission, whose file has arrived.
fn differences(record: &SubmissionRecord, request: &StartSubmission) -> Vec<&'static str> {
    let corrects = corrects(request);
    [
        (record.file_name != request.file_name, "file name"),
        (
            request.service_request.is_some() && record.service_request != request.service_request,
            "service-management request",
        ),
        (
            corrects.is_some() && record.replaces != corrects,
            "earlier submission that it corrects",
        ),
        (record.form != same::form(&request.signature), "signature"),
    ]
    .into_iter()
    .filter_map(|(differs, what)| differs.then_some(what))
    .collect()
}

/// "a", "a and b", "a, b and c".
fn in_a_row(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

const fn remedy(state: StateName, kind: FileKind) -> &'static str {
    match (state, kind) {
        (StateName::Received | StateName::AwaitingReview, _) => {
            "Wait for its outcome: if it is rejected or refused, the file can be sent again with what you give now."
        }
        (StateName::Accepted, FileKind::Adt) => {
            "To send it with what you give now, sign the file again."
        }
        (StateName::Accepted, FileKind::ExitQuarantine) => {
            "Its decisions are made: nothing is left to send."
        }
        _ => "Send the file again, as a new submission.",
    }
}
