//! Recording an outcome: the submission, its findings, its receipt and what it changes, all in one transaction.
use aws_sdk_dynamodb::types::TransactWriteItem;
use sluice_shared::{instant::UtcTime, signature::ReceiptOutcome, submission::SubmissionEvent};

use super::{IntakeError, check::Checked, process::next};
use crate::{Backend, Step, metrics::Metric, receipts::receipt_of, stores::SubmissionRecord};

/// The findings stand against it.
pub(super) async fn reject(
    backend: &Backend,
    record: SubmissionRecord,
    checked: &Checked,
) -> Result<(), IntakeError> {
    let at = backend.now();
    let mut settled = with_check(record.clone(), checked);
    settled.state = next(&record, &SubmissionEvent::Rejected { at })?;
    let mut parts = unlock(backend, &record, checked);
    parts.extend(
        backend
            .submissions
            .findings_parts(&record.id, &checked.findings)?,
    );
    write(backend, settled, ReceiptOutcome::Rejected, at, parts).await?;
    if checked.signature_refused {
        backend.meter(Metric::SignatureRejected);
    }
    Ok(())
}

/// It waits for a reviewer, who finds the evidence beside it.
pub(super) async fn hold(
    backend: &Backend,
    record: &SubmissionRecord,
    checked: &Checked,
) -> Result<(), IntakeError> {
    let event = SubmissionEvent::HeldForReview {
        at: backend.now(),
        rules: checked.rules.clone(),
    };
    let mut held = with_check(record.clone(), checked);
    held.state = next(record, &event)?;
    let mut parts = unlock(backend, record, checked);
    parts.push(backend.submissions.update_part(&held)?);
    parts.extend(
        backend
            .submissions
            .findings_parts(&record.id, &checked.findings)?,
    );
    parts.extend(
        backend
            .submissions
            .evidence_parts(&record.id, &checked.evidence)?,
    );
    backend
        .submissions
        .transact("hold a submission for review", parts)
        .await?;
    tracing::info!(state = %held.state.name(), "settled");
    backend.meter(outcome_of(&held));
    for fired in &checked.rules {
        backend.meter(Metric::RuleFired(fired.rule));
    }
    (backend.ports.step)(Step::Settled);
    Ok(())
}

/// It takes effect: `effects` are the writes that make it so.
pub(super) async fn accept(
    backend: &Backend,
    record: SubmissionRecord,
    checked: &Checked,
    at: UtcTime,
    mut effects: Vec<TransactWriteItem>,
) -> Result<(), IntakeError> {
    let mut settled = with_check(record.clone(), checked);
    settled.state = next(&record, &SubmissionEvent::Accepted { at })?;
    effects.extend(
        backend
            .submissions
            .findings_parts(&record.id, &checked.findings)?,
    );
    write(backend, settled, ReceiptOutcome::Accepted, at, effects).await
}

/// A reviewer refused it.
pub(super) async fn refuse(backend: &Backend, record: SubmissionRecord) -> Result<(), IntakeError> {
    let at = backend.now();
    let mut settled = record.clone();
    settled.state = next(&record, &SubmissionEvent::Refused { at })?;
    write(backend, settled, ReceiptOutcome::Refused, at, Vec::new()).await
}

/// The writes that give locked events back without having decided anything. Only in the transaction that says so: a second
/// delivery of the same submission may be recording its decisions meanwhile, and needs its locks.
fn unlock(
    backend: &Backend,
    record: &SubmissionRecord,
    checked: &Checked,
) -> Vec<TransactWriteItem> {
    checked
        .locked
        .iter()
        .map(|event| backend.quarantine.unlock_part(event, &record.id))
        .collect()
}

/// The record with what the check found out.
fn with_check(mut record: SubmissionRecord, checked: &Checked) -> SubmissionRecord {
    record.signer.clone_from(&checked.signer);
    record.signature = checked.signer_view();
    record.findings = (&checked.findings).into();
    record.effect.clone_from(&checked.effect);
    record
}

async fn write(
    backend: &Backend,
    mut settled: SubmissionRecord,
    outcome: ReceiptOutcome,
    decided_at: UtcTime,
    mut parts: Vec<TransactWriteItem>,
) -> Result<(), IntakeError> {
    let key = backend.receipts.as_ref();
    let key = key.ok_or_else(|| {
        IntakeError::Unexpected("no key for receipts is set (SLUICE_RECEIPT_KMS_KEY)".to_owned())
    })?;
    let receipt = receipt_of(&settled, outcome, decided_at).ok_or_else(|| {
        IntakeError::Unexpected(format!("{} is settled and was never received", settled.id))
    })?;
    let receipt = key.sign(&receipt, backend.now()).await?;
    settled.receipt = true;
    parts.push(backend.submissions.update_part(&settled)?);
    parts.push(backend.submissions.receipt_part(&settled.id, &receipt));
    backend
        .submissions
        .transact("settle a submission", parts)
        .await?;
    tracing::info!(state = %settled.state.name(), "settled");
    backend.meter(outcome_of(&settled));
    (backend.ports.step)(Step::Settled);
    Ok(())
}

fn outcome_of(record: &SubmissionRecord) -> Metric {
    Metric::Submission {
        kind: record.kind,
        outcome: record.state.name(),
    }
}
