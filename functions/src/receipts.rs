//! Receipts: what they say of a submission, and signing them with the DCC's key.
use std::collections::BTreeMap;

use sluice_shared::{
    api::Effect,
    instant::UtcTime,
    signature::{
        AssembleError, Certificate, DistinguishedName, P256Key, Receipt, ReceiptOutcome,
        ReceiptSigner, UnsignedReceipt,
    },
};

use crate::{
    settings::{Settings, SettingsError},
    stores::SubmissionRecord,
};

/// The key that signs receipts, and its certificate path.
#[derive(Debug)]
pub struct ReceiptKey {
    key: P256Key,
    certificate: Certificate,
    authorities: Vec<Certificate>,
}

impl ReceiptKey {
    /// The key that the settings name; `None` if they name none.
    pub fn from_settings(settings: &Settings) -> Result<Option<Self>, SettingsError> {
        let Some(key) = &settings.receipt_key else {
            return Ok(None);
        };
        let invalid = |name: &'static str, reason: String| SettingsError::Invalid { name, reason };
        let key = P256Key::from_pem(key)
            .map_err(|error| invalid("SLUICE_RECEIPT_KEY", error.to_string()))?;
        let pem = settings
            .receipt_certificate
            .as_ref()
            .ok_or(SettingsError::Missing("SLUICE_RECEIPT_CERTIFICATE"))?;
        let mut chain = Certificate::parse_chain(pem.as_bytes())
            .map_err(|error| invalid("SLUICE_RECEIPT_CERTIFICATE", error.to_string()))?;
        let certificate = chain.remove(0);
        if !certificate.is_for_key(&key.spki_der()) {
            return Err(invalid(
                "SLUICE_RECEIPT_CERTIFICATE",
                "it belongs to another key".to_owned(),
            ));
        }
        Ok(Some(Self {
            key,
            certificate,
            authorities: chain,
        }))
    }

    /// The signed receipt: CMS in DER with the JSON inside.
    pub fn sign(&self, receipt: &Receipt, now: UtcTime) -> Result<Vec<u8>, AssembleError> {
        let unsigned = UnsignedReceipt::new(receipt, &self.certificate, now);
        unsigned.assemble(&self.authorities, &self.key.sign(&unsigned.to_be_signed()))
    }
}

/// What the receipt of a settled submission says; `None` when its file was never received.
pub fn receipt_of(
    settled: &SubmissionRecord,
    outcome: ReceiptOutcome,
    decided_at: UtcTime,
) -> Option<Receipt> {
    let signer = settled.signature.as_ref().and_then(|signature| {
        Some(ReceiptSigner {
            subject: DistinguishedName::parse(&signature.subject).ok()?,
            certificate_sha256: signature.certificate_sha256,
            signing_time: signature.signing_time,
        })
    });
    Some(Receipt {
        reference: settled.id,
        kind: settled.kind,
        file_name: settled.file_name.clone(),
        file_digest: settled.sha256,
        length: settled.length,
        organisation: settled.organisation.clone(),
        signer,
        uploader: settled.uploader.id.clone(),
        outcome,
        started_at: settled.started_at,
        received_at: settled.state.received_at()?,
        decided_at,
        counts: counts(settled),
    })
}

fn counts(settled: &SubmissionRecord) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::from([
        ("errors".to_owned(), settled.findings.errors),
        ("warnings".to_owned(), settled.findings.warnings),
    ]);
    match &settled.effect {
        Some(Effect::Adt { rows, users }) => {
            counts.insert("rows".to_owned(), *rows);
            counts.insert("userIds".to_owned(), users.len() as u64);
        }
        Some(Effect::ExitQuarantine {
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
