//! From an upload to an outcome: read, load what is known, judge, apply.
use sluice_shared::{
    api::PersonRef,
    directory::Permission,
    submission::{StateName, SubmissionState},
    verdict::{Basis, JudgedAt, judge},
};

use super::{
    IntakeError,
    announced::sending_machine,
    apply,
    content::{self, Content},
    judgement::Judgement,
    load,
    reviewer::with_reviewer,
    settle,
    stop::{self, Woken},
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
    woken: Woken,
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
    let reading = content::read_content(backend, &record, &sender.sender, at);
    let mut content = Box::pin(reading).await?;
    record = sent_by_whom(backend, record, &content).await?;
    if record.awaits_decision() && record.recording_since.is_none() {
        return Box::pin(look_again(backend, &record, &sender, &content)).await;
    }
    let mut attempt = 1;
    loop {
        if is_being_recorded(backend, &record, &content).await? {
            // It is accepted, and only goes forward: who may sign, whether that can be told now, and who refused the same
            // bytes since, changes nothing.
            content.file.signature = None;
        } else {
            let Some(still_decided) = Box::pin(with_reviewer(backend, record)).await? else {
                return Ok(());
            };
            record = still_decided;
            if let Some(fault) = &content.fault {
                return stop::stop(backend, record, fault, woken).await;
            }
        }
        match Box::pin(once(backend, record.clone(), &sender, &content)).await {
            Err(IntakeError::Store(StoreError::Conflict(what))) if attempt < ATTEMPTS => {
                tracing::info!(submission = %record.id, what, "looking again after a conflict");
            }
            outcome => return outcome,
        }
        let again = backend
            .submissions
            .get(&record.organisation, &record.id)
            .await?;
        match again
            .filter(|again| !again.state.name().is_terminal() && again.version >= record.version)
        {
            Some(again) => record = sent_by_whom(backend, again, &content).await?,
            None => return Ok(()),
        }
        // Somebody held it meanwhile, or refused it: then nothing of it takes effect here.
        if record.state.name() == StateName::AwaitingReview && !record.is_accepted_by_reviewer() {
            return Ok(());
        }
        attempt += 1;
    }
}

/// The record with whoever put the file into storage as who sent it, whoever asked for another address since. Storage's word is signed
/// with the address: where the announcement was changed meanwhile, it names somebody who sent all the same, if the directory bears that out.
async fn sent_by_whom(
    backend: &Backend,
    record: SubmissionRecord,
    content: &Content,
) -> Result<SubmissionRecord, IntakeError> {
    let Some(id) = &content.sent_by else {
        return Ok(record);
    };
    if let Some(record) = record.clone().sent_by(id) {
        return Ok(record);
    }
    let person = backend.directory.person(id).await?;
    let person = person.filter(|person| {
        person.organisation == record.organisation && person.may(Permission::SendFiles)
    });
    let sender = match &person {
        Some(person) => Some(person.into()),
        None => sending_machine(backend, &record.organisation, id)
            .await?
            .filter(|machine| machine.stopped.is_none())
            .as_ref()
            .map(PersonRef::from),
    };
    let Some(sender) = sender else {
        return Err(IntakeError::Sender(format!(
            "{} came by an address of {id}, who may not send files of {}",
            record.id, record.organisation
        )));
    };
    let mut record = record;
    record.asked_by(sender);
    Ok(record)
}

/// Whether this very file was announced. The submission's word alone is not enough.
async fn is_being_recorded(
    backend: &Backend,
    record: &SubmissionRecord,
    content: &Content,
) -> Result<bool, IntakeError> {
    if record.recording_since.is_none() {
        return Ok(false);
    }
    if backend.quarantine.announced(record).await? == Some(content.file.sha256) {
        return Ok(true);
    }
    Err(IntakeError::Unexpected(format!(
        "{} says that it is being recorded, and this file was never announced for it",
        record.id
    )))
}

/// Nobody has decided: nothing takes effect, nothing is locked, and whoever changes the submission meanwhile is right.
async fn look_again(
    backend: &Backend,
    record: &SubmissionRecord,
    sender: &SenderRecord,
    content: &Content,
) -> Result<(), IntakeError> {
    if content.fault.is_some() {
        // It was judged once, and is again before it takes effect.
        return Ok(());
    }
    let judgement = judgement(backend, record, sender, content).await?;
    let outcome = if judgement.verdict.changes.is_some() {
        settle::hold_as_it_is_now(backend, record, &judgement).await
    } else {
        settle::reject(backend, record.clone(), &judgement).await
    };
    match outcome {
        Err(IntakeError::Store(StoreError::Conflict(what))) => {
            tracing::info!(what, "decided or judged by somebody else meanwhile");
            Ok(())
        }
        outcome => outcome,
    }
}

async fn once(
    backend: &Backend,
    record: SubmissionRecord,
    sender: &SenderRecord,
    content: &Content,
) -> Result<(), IntakeError> {
    let judgement = judgement(backend, &record, sender, content).await?;
    Box::pin(apply::apply(backend, record, &judgement)).await
}

async fn judgement<'a>(
    backend: &Backend,
    record: &SubmissionRecord,
    sender: &SenderRecord,
    content: &'a Content,
) -> Result<Judgement<'a>, IntakeError> {
    let loaded = load::load(backend, record, sender, &content.file).await?;
    let at = judged_at(backend, record);
    let verdict = judge(&content.file, &loaded.known, &backend.settings.profile, at);
    (backend.ports.step)(Step::Judged);
    Ok(Judgement {
        basis: Basis::of_verdict(&loaded.known, &verdict),
        verdict,
        verified: content.verified.as_ref(),
        received_at: content.file.received_at,
        locked: loaded.locked,
        at: at.now,
    })
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
