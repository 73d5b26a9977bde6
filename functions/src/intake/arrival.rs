//! Whether there is anything to do: the same message may come twice, late, or after another one.
use sluice_shared::{
    identifiers::SubmissionId,
    submission::{Decision, StateName, SubmissionEvent, transition},
};

use super::{
    IntakeError, announced,
    event::{Arrival, JudgeAgain, LookedAt, ReviewDecided},
    log_under,
    process::process,
    reviewer::with_reviewer,
    settle,
    stop::Woken,
};
use crate::{Backend, Step, known, stores::SubmissionRecord};

/// An object was created. The first one of a submission counts, and only that version of it.
pub(super) async fn arrived(backend: &Backend, arrival: &Arrival) -> Result<(), IntakeError> {
    let id = &arrival.key.submission;
    let record = match backend.submissions.get(id).await? {
        None => announced::take_in(backend, arrival).await?,
        Some(record) if record.object_key() == arrival.key => {
            log_under(id, record.correlation_id);
            with_file(backend, record, arrival).await?
        }
        Some(_) => {
            return Err(IntakeError::Unexpected(format!(
                "an object arrived for {id}, whose file has another place"
            )));
        }
    };
    let Some(record) = record else {
        return Ok(());
    };
    (backend.ports.step)(Step::Received);
    process(backend, record, Woken::ByOthers).await
}

/// A submission that has a record, if this arrival is still to be handled.
async fn with_file(
    backend: &Backend,
    record: SubmissionRecord,
    arrival: &Arrival,
) -> Result<Option<SubmissionRecord>, IntakeError> {
    match record.state.name() {
        // Of before announcements had a table of their own.
        StateName::AwaitingUpload => match receive(record, arrival) {
            Some(received) => Ok(Some(backend.submissions.update(received).await?)),
            None => Ok(None),
        },
        StateName::Received if record.object_version == arrival.version => Ok(Some(record)),
        state => {
            let id = &record.id;
            tracing::info!(submission = %id, %state, "nothing to do: this arrival was handled before, or is a second one");
            Ok(None)
        }
    }
}

/// The submission with its file received; `None` if the file came after the time to upload it.
pub(super) fn receive(mut record: SubmissionRecord, arrival: &Arrival) -> Option<SubmissionRecord> {
    match transition(&record.state, &SubmissionEvent::Arrived { at: arrival.at }) {
        Ok(state) => {
            record.state = state;
            record.object_version.clone_from(&arrival.version);
            Some(record)
        }
        Err(wrong) => {
            tracing::info!(submission = %record.id, %wrong, "an upload came too late");
            None
        }
    }
}

/// A reviewer's decision is recorded: it takes effect now.
pub(super) async fn review_decided(
    backend: &Backend,
    decided: &ReviewDecided,
) -> Result<(), IntakeError> {
    let id = &decided.submission;
    log_under(id, decided.correlation_id);
    let Some(record) = backend.submissions.get(id).await? else {
        if backend.announcements.get(id).await?.is_none() {
            return Err(IntakeError::Unexpected(format!(
                "a decision on {id}, which was never started"
            )));
        }
        tracing::info!(submission = %id, "nothing to do: its file has not arrived");
        return Ok(());
    };
    if record.state.name() != StateName::AwaitingReview {
        tracing::info!(submission = %id, state = %record.state.name(), "nothing to do: the decision has taken effect");
        return Ok(());
    }
    match record.state.review().map(|review| review.decision) {
        Some(Decision::Accept) => process(backend, record, Woken::ByOthers).await,
        Some(Decision::Refuse) => {
            let record = with_reviewer(backend, record).await?;
            settle::refuse(backend, record).await
        }
        // Only `api` writes to the queue, after it has recorded the decision.
        None => Err(IntakeError::Unexpected(format!(
            "no decision is recorded on {id}"
        ))),
    }
}

/// A submission that could not be judged before, by a fault of the service's own.
pub(super) async fn judge_again(backend: &Backend, again: &JudgeAgain) -> Result<(), IntakeError> {
    let record = looked_up(backend, &again.submission).await?;
    let waits = record.state.name() == StateName::Received || record.is_accepted_by_reviewer();
    if !waits || record.state.name().is_terminal() {
        nothing_to_do(&record);
        return Ok(());
    }
    process(backend, record, Woken::ByItself(again.stopped_since)).await
}

/// A submission that nobody has decided, and whose verdict rests on what has changed since.
pub(super) async fn looked_at(backend: &Backend, looked_at: &LookedAt) -> Result<(), IntakeError> {
    let record = looked_up(backend, &looked_at.submission).await?;
    // Several looks may have asked for it, and the first was enough.
    if !record.awaits_decision() || known::rests_on_what_is(backend, &record).await? {
        nothing_to_do(&record);
        return Ok(());
    }
    process(backend, record, Woken::ByOthers).await
}

async fn looked_up(backend: &Backend, id: &SubmissionId) -> Result<SubmissionRecord, IntakeError> {
    let record = backend.submissions.get(id).await?;
    let record = record.ok_or_else(|| {
        IntakeError::Unexpected(format!("{id} is to be judged again, and was never started"))
    })?;
    log_under(id, record.correlation_id);
    Ok(record)
}

fn nothing_to_do(record: &SubmissionRecord) {
    let state = record.state.name();
    tracing::info!(submission = %record.id, %state, "nothing to do: it was judged meanwhile");
}
