//! From an upload to an outcome: read, load what is known, judge, apply.
use sluice_shared::{
    submission::{StateName, SubmissionEvent, SubmissionState, transition},
    verdict::{JudgedAt, judge},
};

use super::{
    IntakeError, apply,
    content::{self, Content},
    load, stop,
};
use crate::{
    Backend, Step,
    known::{self, SenderRecord},
    stores::{StoreError, SubmissionRecord},
};

/// How often a submission is looked at when somebody else changed what it depends on. Of files that arrive together and
/// count on the same account one is recorded in each round: this many is a batch.
const ATTEMPTS: usize = 10;

/// Judges a submission and records its outcome. One that a reviewer accepted is judged again: the world may have changed
/// while it waited, and only what the reviewer saw may take effect.
pub(super) async fn process(
    backend: &Backend,
    mut record: SubmissionRecord,
) -> Result<(), IntakeError> {
    let at = record.state.received_at().ok_or_else(|| {
        IntakeError::Unexpected(format!(
            "{} is {}, and was never received",
            record.id,
            record.state.name()
        ))
    })?;
    let sender = known::sender(backend, &record.organisation).await?;
    let sender = sender.ok_or_else(|| {
        IntakeError::Unexpected(format!(
            "the directory has no organisation {}",
            record.organisation
        ))
    })?;
    let mut content = match content::read(backend, &record, &sender.sender, at).await {
        Err(IntakeError::Trust(fault)) => return stop::stop(backend, record, &fault).await,
        content => content?,
    };
    for _ in 1..ATTEMPTS {
        if record.recording_since.is_some() {
            // It is accepted, and only goes forward: who may sign, and who refused the same bytes since, changes nothing.
            content.file.signature = None;
        }
        match Box::pin(once(backend, record.clone(), &sender, &content)).await {
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
    Box::pin(once(backend, record, &sender, &content)).await
}

async fn once(
    backend: &Backend,
    record: SubmissionRecord,
    sender: &SenderRecord,
    content: &Content,
) -> Result<(), IntakeError> {
    let loaded = load::load(backend, &record, sender, &content.file).await?;
    let at = judged_at(backend, &record);
    let verdict = judge(&content.file, &loaded.known, &backend.settings.profile, at);
    (backend.ports.step)(Step::Checked);
    let judgement = apply::Judgement {
        verdict,
        verified: content.verified.as_ref(),
        received_at: content.file.received_at,
        locked: loaded.locked,
        at: at.now,
    };
    apply::apply(backend, record, &judgement).await
}

/// What waits for a review is counted as of when it began to wait.
fn judged_at(backend: &Backend, record: &SubmissionRecord) -> JudgedAt {
    let now = backend.now();
    let counted_at = match &record.state {
        SubmissionState::AwaitingReview { since, .. } => *since,
        _ => now,
    };
    JudgedAt { now, counted_at }
}

/// The state after an event that has to be possible.
pub(super) fn next(
    record: &SubmissionRecord,
    event: &SubmissionEvent,
) -> Result<SubmissionState, IntakeError> {
    transition(&record.state, event)
        .map_err(|wrong| IntakeError::Unexpected(format!("{}: {wrong}", record.id)))
}
