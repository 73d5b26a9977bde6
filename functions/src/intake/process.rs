//! From a check to an outcome.
use sluice_shared::{
    instant::UtcTime,
    submission::{StateName, SubmissionEvent, SubmissionState, transition},
    thresholds::StatementOrigin,
};

use super::{
    IntakeError, adt,
    check::{Checked, Plan, check},
    releases::Reservation,
    settle,
};
use crate::{
    Backend, Step,
    stores::{StoreError, SubmissionRecord},
};

/// How often a submission is looked at when somebody else changed what it depends on. Of files that arrive together and
/// count on the same account one is recorded in each round: this many is a batch.
const ATTEMPTS: usize = 10;

/// Checks a submission and records its outcome. One that a reviewer accepted is checked again, since the world may have
/// changed while it waited, but does not wait again.
pub(super) async fn process(
    backend: &Backend,
    mut record: SubmissionRecord,
) -> Result<(), IntakeError> {
    for _ in 1..ATTEMPTS {
        match once(backend, record.clone()).await {
            Err(IntakeError::Store(StoreError::Conflict(what))) => {
                tracing::info!(submission = %record.id, what, "looking again after a conflict");
            }
            outcome => return outcome,
        }
        let again = backend.submissions.get(&record.id).await?;
        match again
            .filter(|again| !again.state.name().is_terminal() && again.version >= record.version)
        {
            Some(again) => record = again,
            None => return Ok(()),
        }
        if record.state.name() == StateName::AwaitingReview && record.state.review().is_none() {
            return Ok(());
        }
    }
    once(backend, record).await
}

async fn once(backend: &Backend, record: SubmissionRecord) -> Result<(), IntakeError> {
    let checked = check(backend, &record).await?;
    (backend.ports.step)(Step::Checked);
    let is_being_recorded = record.recording_since.is_some();
    let may_take_effect =
        record.state.review().is_some() || is_being_recorded || checked.rules.is_empty();
    match &checked.plan {
        None if is_being_recorded => Err(IntakeError::Unexpected(format!(
            "{} was accepted and partly recorded, and is now found at fault: {:?}",
            record.id, checked.findings.counts
        ))),
        None => settle::reject(backend, record, &checked).await,
        Some(_) if !may_take_effect => settle::hold(backend, &record, &checked).await,
        Some(Plan::Adt(statements)) => {
            let origin = origin(backend, &record, &checked)?;
            let parts = adt::accept(backend, statements, &origin)?;
            settle::accept(backend, record, &checked, origin.accepted_at, parts).await
        }
        Some(Plan::Exit(exit)) => {
            let (record, decided_at) = announce(backend, record, &exit.reservation).await?;
            exit.record(backend, record.id, decided_at).await?;
            let finished = exit.finished();
            let parts = finished
                .iter()
                .map(|event| backend.quarantine.finish_part(event, &record.id))
                .collect::<Result<_, _>>()?;
            settle::accept(backend, record, &checked, decided_at, parts).await
        }
    }
}

/// Says, before the first page is written, that this submission is being recorded, and counts what it releases. There is
/// no way back from here, and no second time.
async fn announce(
    backend: &Backend,
    mut record: SubmissionRecord,
    reservation: &Reservation,
) -> Result<(SubmissionRecord, UtcTime), IntakeError> {
    if let Some(since) = record.recording_since {
        return Ok((record, since));
    }
    let since = reservation.at();
    record.recording_since = Some(since);
    let mut parts = reservation.parts(backend)?;
    parts.push(backend.submissions.update_part(&record)?);
    backend
        .submissions
        .transact("count what a submission releases", parts)
        .await?;
    record.version += 1;
    (backend.ports.step)(Step::BeingRecorded);
    Ok((record, since))
}

fn origin(
    backend: &Backend,
    record: &SubmissionRecord,
    checked: &Checked,
) -> Result<StatementOrigin, IntakeError> {
    let (Some(verified), Some(signer)) = (&checked.signature, &checked.signer) else {
        return Err(IntakeError::Unexpected(format!(
            "{} is acceptable without a signer",
            record.id
        )));
    };
    Ok(StatementOrigin {
        submission: record.id,
        signed_at: verified.signing_time,
        accepted_at: backend.now(),
        signer: signer.id.clone(),
        uploader: record.uploader.id.clone(),
        reviewer: record.reviewer.as_ref().map(|reviewer| reviewer.id.clone()),
    })
}

/// The state after an event that has to be possible.
pub(super) fn next(
    record: &SubmissionRecord,
    event: &SubmissionEvent,
) -> Result<SubmissionState, IntakeError> {
    transition(&record.state, event)
        .map_err(|wrong| IntakeError::Unexpected(format!("{}: {wrong}", record.id)))
}
