//! Whether there is anything to do: the same message may come twice, late, or after another one.
use sluice_shared::{
    identifiers::SubmissionId,
    submission::{StateName, SubmissionEvent, transition},
};

use super::{
    IntakeError, announced,
    decision::{TakenUp, dropped_decision, take_up},
    event::{Arrival, JudgeAgain, LookedAt, ReviewDecided},
    log_under,
    process::process,
    reviewer::with_reviewer,
    settle,
    stop::{self, Woken},
};
use crate::{
    Backend, Step, known,
    stores::{StoreError, SubmissionRecord, TakenDecision},
};

/// An object was created. The first one of a submission counts, and only that version of it.
pub(super) async fn arrived(backend: &Backend, arrival: &Arrival) -> Result<(), IntakeError> {
    let id = &arrival.key.submission;
    let known = backend.submissions.get(&arrival.key.organisation, id);
    let record = match known.await? {
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

/// A reviewer's decision was taken: it is verified, and takes effect now.
pub(super) async fn review_decided(
    backend: &Backend,
    decided: &ReviewDecided,
) -> Result<(), IntakeError> {
    let id = &decided.submission;
    log_under(id, decided.correlation_id);
    let Some(record) = backend.submissions.find(id).await? else {
        return Err(IntakeError::Unexpected(format!(
            "a decision on {id}, whose file has not arrived"
        )));
    };
    if record.state.name() != StateName::AwaitingReview {
        tracing::info!(submission = %id, state = %record.state.name(), "nothing to do: the decision has taken effect");
        return Ok(());
    }
    if let Some(number) = decided
        .number
        .filter(|number| *number < record.next_decision())
    {
        return if record.decisions_dropped == 0 {
            tracing::info!(submission = %id, number, "nothing to do: the decision was found void");
            Ok(())
        } else {
            Err(dropped_decision(id, number, "see its first try"))
        };
    }
    if record.state.review().is_some() {
        return Box::pin(take_effect(backend, record, Woken::ByOthers)).await;
    }
    match backend.decisions.pending(&record).await? {
        Some(taken) => Box::pin(decide(backend, record, &taken, Woken::ByOthers)).await,
        // Only `review` writes to the queue, after it has taken the decision.
        None => Err(IntakeError::Unexpected(format!(
            "no decision is there on {id}"
        ))),
    }
}

async fn decide(
    backend: &Backend,
    mut record: SubmissionRecord,
    taken: &TakenDecision,
    woken: Woken,
) -> Result<(), IntakeError> {
    let number = record.next_decision();
    loop {
        match Box::pin(take_up(backend, record.clone(), taken)).await {
            Ok(TakenUp::Decided(record)) => {
                (backend.ports.step)(Step::DecisionTakenUp);
                return Box::pin(take_effect(backend, *record, woken)).await;
            }
            Ok(TakenUp::Void) => return Ok(()),
            Ok(TakenUp::Fault(fault)) => {
                return stop::stop(backend, record, &fault, woken).await;
            }
            // Somebody looked at it, and it was judged again: the decision is held to that when it takes effect.
            Err(IntakeError::Store(StoreError::Conflict(_))) => {}
            Err(error) => return Err(error),
        }
        record = looked_up(backend, &record.id).await?;
        if !record.awaits_decision() || record.next_decision() != number {
            nothing_to_do(&record);
            return Ok(());
        }
    }
}

async fn take_effect(
    backend: &Backend,
    record: SubmissionRecord,
    woken: Woken,
) -> Result<(), IntakeError> {
    if record.is_accepted_by_reviewer() {
        return process(backend, record, woken).await;
    }
    match with_reviewer(backend, record).await? {
        Some(record) => settle::refuse(backend, record).await,
        None => Ok(()),
    }
}

/// A submission that could not be judged before, or a decision that could not be verified, by a fault of the service's own.
pub(super) async fn judge_again(backend: &Backend, again: &JudgeAgain) -> Result<(), IntakeError> {
    let record = looked_up(backend, &again.submission).await?;
    let woken = Woken::ByItself(again.stopped_since);
    if let Some(taken) = backend.decisions.pending(&record).await? {
        return Box::pin(decide(backend, record, &taken, woken)).await;
    }
    let waits = record.state.name() == StateName::Received || record.is_accepted_by_reviewer();
    if !waits || record.state.name().is_terminal() {
        nothing_to_do(&record);
        return Ok(());
    }
    process(backend, record, woken).await
}

/// A submission that nobody has decided, and whose verdict rests on what has changed since.
pub(super) async fn looked_at(backend: &Backend, looked_at: &LookedAt) -> Result<(), IntakeError> {
    let record = looked_up(backend, &looked_at.submission).await?;
    // Several looks may have asked for it, and the first was enough. What is decided is judged again when that takes effect.
    let is_undecided =
        record.awaits_decision() && backend.decisions.pending(&record).await?.is_none();
    if !is_undecided || known::rests_on_what_is(backend, &record).await? {
        nothing_to_do(&record);
        return Ok(());
    }
    process(backend, record, Woken::ByOthers).await
}

async fn looked_up(backend: &Backend, id: &SubmissionId) -> Result<SubmissionRecord, IntakeError> {
    let record = backend.submissions.find(id).await?;
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
