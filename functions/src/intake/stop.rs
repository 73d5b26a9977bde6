//! A fault of the service's own trust data is not the sender's: the file stays as it is, with a sentence that says why, and
//! is judged again by and by, until that is mended.
use sluice_shared::{api::Stopped, instant::UtcTime, signature::TrustFault};
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
    /// An upload, a reviewer's decision or look.
    ByOthers,
    /// Its own message, sent when the submission could not be judged before, at this instant.
    ByItself(Option<UtcTime>),
}

/// Says on the submission why it cannot be judged, and comes back to it. First the message, so that a crash in between
/// forgets nothing. Each stop is one chain of messages, named by the instant that the submission says: whoever else looks, at the
/// same moment or later, adds none that lasts.
pub(super) async fn stop(
    backend: &Backend,
    mut record: SubmissionRecord,
    fault: &TrustFault,
    woken: Woken,
) -> Result<(), IntakeError> {
    tracing::error!(reason = fault.code(), "a file cannot be judged");
    backend.meter(Metric::TrustFault);
    let reason = fault.to_string();
    let goes_on = record.stopped.clone();
    let stopped = goes_on
        .clone()
        .filter(|stopped| stopped.reason == reason)
        .unwrap_or_else(|| Stopped {
            since: backend.now(),
            reason,
        });
    let comes_back = match (&goes_on, woken) {
        (None, _) => true,
        (Some(goes_on), Woken::ByItself(stop)) => stop.is_none_or(|stop| stop == goes_on.since),
        (Some(_), Woken::ByOthers) => false,
    };
    // Another chain comes back for it, and says what is so then.
    if !comes_back {
        return Ok(());
    }
    let again = backend
        .queue
        .judge_again(&record.id, stopped.since, AGAIN_AFTER);
    again.await?;
    if goes_on.as_ref() != Some(&stopped) {
        record.stopped = Some(stopped);
        match backend.submissions.update(record).await {
            Ok(_) => {}
            // Another look said so, or more than that. A chain that is under way has no other look: only it may name another
            // stop, so it comes again.
            Err(StoreError::Conflict(_)) if goes_on.is_none() => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
