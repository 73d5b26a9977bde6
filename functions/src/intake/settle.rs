//! Recording an outcome: the submission, its findings, its receipt and what it changes, all in one transaction.
use sluice_shared::{
    activity::Act,
    api::{SignerView, SubmissionChanges},
    instant::UtcTime,
    risk::Refusal,
    signature::ReceiptOutcome,
    submission::{SubmissionEvent, WouldBe},
    verdict::{Changes, ReviewedVerdict, differences},
};

use super::{
    IntakeError, KeptEvidence, activity, evidence,
    judgement::{Judgement, next_state},
};
use crate::{
    Backend, Step,
    metrics::Metric,
    receipts::receipt_of,
    stores::{Judged, SubmissionRecord, Transaction},
};

/// The findings stand against it.
pub(super) async fn reject(
    backend: &Backend,
    record: SubmissionRecord,
    judgement: &Judgement<'_>,
) -> Result<(), IntakeError> {
    let at = judgement.at;
    let mut settled = with_verdict(record.clone(), judgement);
    settled.state = next_state(&record, &SubmissionEvent::Rejected { at })?;
    let mut transaction = Transaction::new("reject a submission");
    if record.awaits_decision() {
        // A decision that was taken meanwhile is recorded first, and stays on record.
        backend.decisions.none_taken(&mut transaction, &record);
    }
    unlock(backend, &mut transaction, &record, judgement);
    put_findings(backend, &mut transaction, &record, judgement)?;
    let changes = SubmissionChanges::from(&judgement.verdict.evidence);
    if changes.is_small() {
        backend
            .submissions
            .put_rejected_changes(&mut transaction, &record, &changes, at)?;
    }
    write(backend, settled, ReceiptOutcome::Rejected, at, transaction).await?;
    if judgement.verdict.signature_refused {
        backend.meter(Metric::SignatureRejected);
    }
    Ok(())
}

/// It waits for a reviewer, who finds the evidence beside it.
pub(super) async fn hold(
    backend: &Backend,
    record: &SubmissionRecord,
    judgement: &Judgement<'_>,
) -> Result<(), IntakeError> {
    let event = SubmissionEvent::HeldForReview {
        at: judgement.at,
        rules: judgement.verdict.rules.clone(),
    };
    wait(backend, record, judgement, &event).await
}

/// What a reviewer accepted is not what would take effect: it waits again, with what changed and the new evidence.
pub(super) async fn hold_again(
    backend: &Backend,
    record: &SubmissionRecord,
    judgement: &Judgement<'_>,
) -> Result<(), IntakeError> {
    let kept = backend.submissions.evidence::<KeptEvidence>(record).await?;
    let seen = kept.unwrap_or_default().evidence;
    let seen = ReviewedVerdict {
        rules: record.state.rules(),
        effect: record.effect.as_ref(),
        evidence: &seen,
    };
    let reviewer = record.reviewer.as_ref();
    let event = SubmissionEvent::FoundChanged {
        at: judgement.at,
        rules: judgement.verdict.rules.clone(),
        reviewer: reviewer.map_or_else(String::new, |reviewer| reviewer.name.clone()),
        changed: differences(seen, (&judgement.verdict).into()),
    };
    wait(backend, record, judgement, &event).await
}

/// Nobody has decided yet, and what it rests on has changed: the next reviewer decides on what it is now.
pub(super) async fn hold_as_it_is_now(
    backend: &Backend,
    record: &SubmissionRecord,
    judgement: &Judgement<'_>,
) -> Result<(), IntakeError> {
    let event = SubmissionEvent::JudgedAgain {
        at: judgement.at,
        rules: judgement.verdict.rules.clone(),
    };
    put_held(backend, record, judgement, &event).await?;
    tracing::info!("judged again while it waits");
    Ok(())
}

async fn wait(
    backend: &Backend,
    record: &SubmissionRecord,
    judgement: &Judgement<'_>,
    event: &SubmissionEvent,
) -> Result<(), IntakeError> {
    let held = put_held(backend, record, judgement, event).await?;
    settled(backend, &held);
    for fired in &judgement.verdict.rules {
        backend.meter(Metric::RuleFired(fired.rule));
    }
    Ok(())
}

async fn put_held(
    backend: &Backend,
    record: &SubmissionRecord,
    judgement: &Judgement<'_>,
    event: &SubmissionEvent,
) -> Result<SubmissionRecord, IntakeError> {
    note_waiting(backend, record, judgement).await?;
    tell_changes(backend, record, judgement).await?;
    let mut held = with_verdict(record.clone(), judgement);
    held.state = next_state(record, event)?;
    held.reviewer = None;
    held.decision_signature = None;
    let mut transaction = Transaction::new("hold a submission for review");
    if record.awaits_decision() {
        // A decision that was taken meanwhile is held to what it was about.
        backend.decisions.none_taken(&mut transaction, record);
    }
    unlock(backend, &mut transaction, record, judgement);
    backend.submissions.put(&mut transaction, &held)?;
    put_findings(backend, &mut transaction, record, judgement)?;
    put_evidence(backend, &mut transaction, record, judgement)?;
    activity::of_submission(backend, &mut transaction, &held, Act::FileAwaitsReview)?;
    transaction.commit().await?;
    Ok(held)
}

/// Which communications wait with it. Of what did not come to wait nobody asks.
async fn note_waiting(
    backend: &Backend,
    record: &SubmissionRecord,
    judgement: &Judgement<'_>,
) -> Result<(), IntakeError> {
    let Some(Changes::Exit(exit)) = &judgement.verdict.changes else {
        return Ok(());
    };
    for page in exit.events.iter().flat_map(|event| &event.pages) {
        backend.quarantine.note_waiting(record, page).await?;
    }
    Ok(())
}

/// What it would change, for its sender. By itself: it is as large as the evidence, and one transaction might not take both.
async fn tell_changes(
    backend: &Backend,
    record: &SubmissionRecord,
    judgement: &Judgement<'_>,
) -> Result<(), IntakeError> {
    let changes = SubmissionChanges::from(&judgement.verdict.evidence);
    let mut transaction = Transaction::new("tell a sender what a file would change");
    backend
        .submissions
        .tell_changes(&mut transaction, record, &changes, judgement.at)?;
    Ok(transaction.commit().await?)
}

/// It was sent to be checked only: the verdict is all that is recorded.
pub(super) async fn check(
    backend: &Backend,
    record: &SubmissionRecord,
    judgement: &Judgement<'_>,
) -> Result<(), IntakeError> {
    let verdict = &judgement.verdict;
    let event = SubmissionEvent::Checked {
        at: judgement.at,
        would_be: match &verdict.changes {
            None => WouldBe::Rejected,
            Some(_) if verdict.rules.is_empty() => WouldBe::Accepted,
            Some(_) => WouldBe::AwaitingReview,
        },
        rules: verdict.rules.clone(),
    };
    let mut checked = with_verdict(record.clone(), judgement);
    checked.state = next_state(record, &event)?;
    if verdict.changes.is_some() {
        tell_changes(backend, record, judgement).await?;
    }
    let mut transaction = Transaction::new("check a submission");
    backend.submissions.put(&mut transaction, &checked)?;
    put_findings(backend, &mut transaction, record, judgement)?;
    if verdict.changes.is_some() {
        // That of a file at fault may be larger than a transaction, and nobody decides by it.
        put_evidence(backend, &mut transaction, record, judgement)?;
    }
    activity::of_submission(backend, &mut transaction, &checked, Act::FileChecked)?;
    transaction.commit().await?;
    settled(backend, &checked);
    Ok(())
}

/// It takes effect: `transaction` has the writes that make it so.
pub(super) async fn accept(
    backend: &Backend,
    record: SubmissionRecord,
    judgement: &Judgement<'_>,
    at: UtcTime,
    mut transaction: Transaction,
) -> Result<(), IntakeError> {
    let mut accepted = with_verdict(record.clone(), judgement);
    accepted.state = next_state(&record, &SubmissionEvent::Accepted { at })?;
    put_findings(backend, &mut transaction, &record, judgement)?;
    write(backend, accepted, ReceiptOutcome::Accepted, at, transaction).await
}

/// A reviewer refused it. The same bytes need a new signature from now on, and the next reviewer sees the refusal.
pub(super) async fn refuse(backend: &Backend, record: SubmissionRecord) -> Result<(), IntakeError> {
    let at = backend.now();
    let mut refused = record.clone();
    refused.state = next_state(&record, &SubmissionEvent::Refused { at })?;
    let mut transaction = Transaction::new("refuse a submission");
    if let Some(refusal) = refusal(&record, at) {
        backend
            .submissions
            .put_refusal(&mut transaction, &record.organisation, &refusal)?;
    }
    write(backend, refused, ReceiptOutcome::Refused, at, transaction).await
}

fn refusal(record: &SubmissionRecord, at: UtcTime) -> Option<Refusal> {
    let judged = record.judged.as_ref()?;
    let review = record.state.review()?;
    let reviewer = record.reviewer.as_ref();
    Some(Refusal {
        submission: record.id,
        file: judged.file,
        signed_attributes: judged.signed_attributes?,
        refused_at: at,
        reviewer: review.reviewer.clone(),
        reviewer_name: reviewer.map_or_else(String::new, |reviewer| reviewer.name.clone()),
        reason: review.reason.clone(),
    })
}

/// Gives locked events back without having decided anything. Only in the transaction that says so: a second delivery of the
/// same submission may be recording its decisions meanwhile, and needs its locks.
fn unlock(
    backend: &Backend,
    transaction: &mut Transaction,
    record: &SubmissionRecord,
    judgement: &Judgement<'_>,
) {
    for event in &judgement.locked {
        backend.quarantine.unlock(transaction, event, record);
    }
}

fn put_findings(
    backend: &Backend,
    transaction: &mut Transaction,
    record: &SubmissionRecord,
    judgement: &Judgement<'_>,
) -> Result<(), IntakeError> {
    let findings = &judgement.verdict.findings;
    Ok(backend
        .submissions
        .put_findings(transaction, record, findings)?)
}

fn put_evidence(
    backend: &Backend,
    transaction: &mut Transaction,
    record: &SubmissionRecord,
    judgement: &Judgement<'_>,
) -> Result<(), IntakeError> {
    let kept = KeptEvidence {
        verdict: Some(judgement.verdict.digest()),
        signature: judgement
            .verified
            .map(|verified| evidence::signature(verified, judgement.received_at)),
        evidence: judgement.verdict.evidence.clone(),
    };
    Ok(backend
        .submissions
        .put_evidence(transaction, record, &kept)?)
}

/// The record with what the verdict says. What is being recorded has it already: a later look is at what remains of it.
pub(super) fn with_verdict(
    mut record: SubmissionRecord,
    judgement: &Judgement<'_>,
) -> SubmissionRecord {
    record.stopped = None;
    if record.recording_since.is_some() {
        return record;
    }
    let verdict = &judgement.verdict;
    record.checked_at = record.checked_at.or(Some(judgement.at));
    record.signer.clone_from(&verdict.signer);
    record.signature = judgement.verified.map(|verified| SignerView {
        subject: verified.subject.to_string(),
        certificate_sha256: verified.certificate.sha256(),
        signing_time: verified.signing_time,
    });
    record.findings = (&verdict.findings).into();
    record.effect.clone_from(&verdict.effect);
    record.judged = Some(Judged {
        file: verdict.file,
        signed_attributes: judgement
            .verified
            .map(|verified| verified.attributes_sha256),
        verdict: verdict.digest(),
        basis: judgement.basis.clone(),
    });
    record
}

async fn write(
    backend: &Backend,
    mut record: SubmissionRecord,
    outcome: ReceiptOutcome,
    decided_at: UtcTime,
    mut transaction: Transaction,
) -> Result<(), IntakeError> {
    let key = backend.receipts.as_ref();
    let key = key.ok_or_else(|| {
        IntakeError::Unexpected("no key for receipts is set (SLUICE_RECEIPT_KMS_KEY)".to_owned())
    })?;
    let receipt = receipt_of(&record, outcome, decided_at).ok_or_else(|| {
        IntakeError::Unexpected(format!("{} is settled and was never received", record.id))
    })?;
    let receipt = key.sign(&receipt, backend.now()).await?;
    record.receipt = true;
    backend.submissions.put(&mut transaction, &record)?;
    backend
        .submissions
        .put_receipt(&mut transaction, &record, &receipt);
    let act = match outcome {
        ReceiptOutcome::Accepted => Act::FileAccepted,
        ReceiptOutcome::Rejected => Act::FileRejected,
        ReceiptOutcome::Refused => Act::FileRefused,
    };
    activity::of_submission(backend, &mut transaction, &record, act)?;
    transaction.commit().await?;
    settled(backend, &record);
    Ok(())
}

fn settled(backend: &Backend, record: &SubmissionRecord) {
    tracing::info!(state = %record.state.name(), "settled");
    backend.meter(Metric::Submission {
        kind: record.kind,
        outcome: record.state.name(),
    });
    (backend.ports.step)(Step::Settled);
}
