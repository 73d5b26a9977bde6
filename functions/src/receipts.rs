//! Signing receipts with the DCC's key.
use sluice_shared::{
    instant::UtcTime,
    signature::{AssembleError, Certificate, P256Key, Receipt, UnsignedReceipt},
};

use crate::settings::{Settings, SettingsError};

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
