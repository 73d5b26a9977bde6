//! Receipts: what they say of a submission, and signing them with the DCC's key.
mod key;

use std::collections::BTreeMap;

use sluice_shared::{
    api::{FileEffect, SignerView},
    instant::UtcTime,
    signature::{DistinguishedName, Receipt, ReceiptDecision, ReceiptOutcome, ReceiptSigner},
};

use crate::{
    function::Function,
    need::{Need, Resource},
    stores::SubmissionRecord,
};

pub use key::{ReceiptError, ReceiptKey};

/// What the functions do with the key.
pub(crate) const NEEDS: &[Need] = &[Need {
    by: &[Function::Intake],
    actions: &["kms:Sign"],
    on: Resource::ReceiptKey,
}];

/// What the receipt of a settled submission says; `None` when its file was never received.
pub fn receipt_of(
    settled: &SubmissionRecord,
    outcome: ReceiptOutcome,
    decided_at: UtcTime,
) -> Option<Receipt> {
    let also_asked = settled.also_asked.iter();
    let signer = settled.signature.as_ref().and_then(receipt_signer);
    Some(Receipt {
        reference: settled.id,
        kind: settled.kind,
        file_name: settled.file_name.clone(),
        file_digest: settled.sha256,
        length: settled.length,
        organisation: settled.organisation.clone(),
        signer,
        uploader: settled.uploader.id.clone(),
        started_by: settled.starter().map(|starter| starter.id.clone()),
        also_asked: also_asked.map(|person| person.id.clone()).collect(),
        outcome,
        started_at: settled.started_at,
        received_at: settled.state.received_at()?,
        decided_at,
        decision: decision(settled),
        counts: counts(settled),
    })
}

fn receipt_signer(signature: &SignerView) -> Option<ReceiptSigner> {
    Some(ReceiptSigner {
        subject: DistinguishedName::parse(&signature.subject).ok()?,
        certificate_sha256: signature.certificate_sha256,
        signing_time: signature.signing_time,
    })
}

fn decision(settled: &SubmissionRecord) -> Option<ReceiptDecision> {
    let (review, signature) = settled
        .state
        .review()
        .zip(settled.decision_signature.as_ref())?;
    Some(ReceiptDecision {
        reviewer: review.reviewer.clone(),
        decision: review.decision,
        sha256: signature.sha256,
        signer: receipt_signer(&signature.signer)?,
    })
}

fn counts(settled: &SubmissionRecord) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::from([
        ("errors".to_owned(), settled.findings.errors),
        ("warnings".to_owned(), settled.findings.warnings),
    ]);
    match &settled.effect {
        Some(FileEffect::Adt { rows, users }) => {
            counts.insert("rows".to_owned(), *rows);
            counts.insert("userIds".to_owned(), users.len() as u64);
        }
        Some(FileEffect::ExitQuarantine {
            rows,
            release,
            delete,
            left_held,
            ..
        }) => {
            counts.insert("rows".to_owned(), *rows);
            counts.insert("released".to_owned(), *release);
            counts.insert("deleted".to_owned(), *delete);
            counts.insert("stayHeld".to_owned(), *left_held);
        }
        None => {}
    }
    counts
}
