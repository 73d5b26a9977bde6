use aws_sdk_kms::{
    Client,
    primitives::Blob,
    types::{MessageType, SigningAlgorithmSpec},
};
use p256::{
    ecdsa::{DerSignature, VerifyingKey, signature::Verifier},
    pkcs8::DecodePublicKey,
};
use sha2::{Digest, Sha256};
use sluice_shared::{
    instant::UtcTime,
    signature::{AssembleError, Certificate, P256Key, Receipt},
};

use crate::{
    call_failure::CallFailure,
    settings::{ReceiptKeySource, Settings, SettingsError, variable},
};

/// The key that signs receipts, and its certificate path.
#[derive(Debug)]
pub struct ReceiptKey {
    key: Key,
    certificate: Certificate,
    authorities: Vec<Certificate>,
}

#[derive(Debug)]
enum Key {
    Held(P256Key),
    Kms { client: Client, id: String },
}

/// Why a receipt could not be signed. For the log, never for a caller.
#[derive(Debug, thiserror::Error)]
pub enum ReceiptError {
    /// KMS refused or could not be reached.
    #[error("KMS did not sign the receipt: {0}")]
    Kms(CallFailure),
    /// KMS gave what the certificate's key does not verify.
    #[error(
        "KMS gave no signature of the key that SLUICE_RECEIPT_CERTIFICATE is for; check that it belongs to \
         SLUICE_RECEIPT_KMS_KEY"
    )]
    OtherKey,
    /// The parts do not go together.
    #[error("the receipt could not be put together: {0}")]
    Assemble(#[from] AssembleError),
}

impl ReceiptKey {
    /// The key that the settings name; `None` if they name none.
    pub fn from_settings(settings: &Settings, kms: &Client) -> Result<Option<Self>, SettingsError> {
        let Some(receipts) = &settings.receipts else {
            return Ok(None);
        };
        let invalid = |name: &'static str, reason: String| SettingsError::Invalid { name, reason };
        let mut chain = Certificate::parse_chain(receipts.certificate.as_bytes())
            .map_err(|error| invalid(variable::RECEIPT_CERTIFICATE, error.to_string()))?;
        let certificate = chain.remove(0);
        let key = match &receipts.key {
            ReceiptKeySource::Kms(id) => Key::Kms {
                client: kms.clone(),
                id: id.clone(),
            },
            ReceiptKeySource::Pem(pem) => {
                let key = P256Key::from_pem(pem)
                    .map_err(|error| invalid(variable::RECEIPT_KEY, error.to_string()))?;
                if !certificate.is_for_key(&key.spki_der()) {
                    return Err(invalid(
                        variable::RECEIPT_CERTIFICATE,
                        "it belongs to another key".to_owned(),
                    ));
                }
                Key::Held(key)
            }
        };
        Ok(Some(Self {
            key,
            certificate,
            authorities: chain,
        }))
    }

    /// The signed receipt: CMS in DER with the JSON inside.
    pub async fn sign(&self, receipt: &Receipt, now: UtcTime) -> Result<Vec<u8>, ReceiptError> {
        let unsigned = receipt.unsigned(&self.certificate, now);
        let message = unsigned.to_be_signed();
        let signature = match &self.key {
            Key::Held(key) => key.sign(&message),
            Key::Kms { client, id } => self.sign_by_kms(client, id, &message).await?,
        };
        Ok(unsigned.assemble(&self.authorities, &signature)?)
    }

    /// KMS is trusted with the key, not with the answer: a key and a certificate that do not belong together would make
    /// receipts that nobody can verify, so each signature is verified before it is used.
    async fn sign_by_kms(
        &self,
        client: &Client,
        id: &str,
        message: &[u8],
    ) -> Result<Vec<u8>, ReceiptError> {
        let answer = client
            .sign()
            .key_id(id)
            .message(Blob::new(Sha256::digest(message).to_vec()))
            .message_type(MessageType::Digest)
            .signing_algorithm(SigningAlgorithmSpec::EcdsaSha256)
            .send()
            .await
            .map_err(|error| ReceiptError::Kms(CallFailure::from_sdk(&error)))?;
        let der = answer.signature.unwrap_or_else(|| Blob::new([]));
        let signature = DerSignature::try_from(der.as_ref()).map_err(|_| ReceiptError::OtherKey)?;
        VerifyingKey::from_public_key_der(&self.certificate.spki_der())
            .map_err(|_| ReceiptError::OtherKey)?
            .verify(message, &signature)
            .map_err(|_| ReceiptError::OtherKey)?;
        Ok(signature.as_bytes().to_vec())
    }
}
