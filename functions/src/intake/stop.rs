//! A fault of the service's own trust data is not the sender's: the file stays as it is, with a sentence that says why, and
//! is judged again by and by, until that is mended.
use sluice_shared::{api::Stopped, signature::TrustFault};
use time::Duration;

use super::IntakeError;
use crate::{
    Backend,
    metrics::Metric,
    stores::{StoreError, SubmissionRecord},
};

/// How long until it is looked at again: an SQS message can wait for 15 minutes at most.
const AGAIN_AFTER: Duration = Duration::minutes(5);

/// What made `intake` look at a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Woken {
    /// An upload, or a reviewer's decision.
    ByOthers,
    /// Its own message, sent when the submission could not be judged before.
    ByItself,
}

/// Says on the submission why it cannot be judged, and comes back to it. First the message, so that a crash in between
/// forgets nothing: a submission that says that it is stopped has its message, and gets no second one by being asked for.
pub(super) async fn stop(
    backend: &Backend,
    mut record: SubmissionRecord,
    fault: &TrustFault,
    woken: Woken,
) -> Result<(), IntakeError> {
    tracing::error!(reason = fault.code(), "a file cannot be judged");
    backend.meter(Metric::TrustFault);
    if woken == Woken::ByItself || record.stopped.is_none() {
        backend.queue.judge_again(&record.id, AGAIN_AFTER).await?;
    }
    let reason = fault.to_string();
    if record
        .stopped
        .as_ref()
        .is_none_or(|stopped| stopped.reason != reason)
    {
        record.stopped = Some(Stopped {
            since: backend.now(),
            reason,
        });
        match backend.submissions.update(record).await {
            // Another look said so, or more than that.
            Ok(_) | Err(StoreError::Conflict(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
