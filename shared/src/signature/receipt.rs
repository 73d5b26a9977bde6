//! Receipts: what the DCC confirms about a submission, signed, so that the sender can prove it without the service.
//!
//! A receipt is CMS `SignedData` with the JSON inside (`.p7m`); `openssl cms -verify` opens it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::assemble::AssembleError;
use super::attributes::SignedAttributes;
use super::certificate::Certificate;
use super::certificate_path::PathRules;
use super::digests::ContentDigests;
use super::key_purpose::KeyPurpose;
use super::name::DistinguishedName;
use super::parse::{Signature, sha256};
use super::trust::TrustAnchors;
use super::verify::{VerifiedSignature, verify_but_revocation};
use crate::files::FileKind;
use crate::finding::{NotCms, SignatureDefect};
use crate::identifiers::{FileDigest, FileName, OrganisationId, PersonId, SubmissionId};
use crate::instant::UtcTime;

/// How a submission ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ReceiptOutcome {
    /// In force, or carried out.
    Accepted,
    /// The checks found errors.
    Rejected,
    /// A reviewer refused it.
    Refused,
}

/// What the DCC confirms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Receipt {
    /// The submission's reference.
    pub reference: SubmissionId,
    /// What kind of file it was.
    pub kind: FileKind,
    /// The file's name as the sender gave it.
    pub file_name: FileName,
    /// SHA-256 of the exact bytes that were received.
    pub file_digest: FileDigest,
    /// Number of bytes received.
    pub length: u64,
    /// The organisation that sent it.
    pub organisation: OrganisationId,
    /// Who signed; none when no signature held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signer: Option<ReceiptSigner>,
    /// Who sent it: whoever asked last for the address to upload it to.
    pub uploader: PersonId,
    /// Who started the submission, if that is somebody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_by: Option<PersonId>,
    /// Who else asked for an address to upload its file to; absent in receipts from before this was told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also_asked: Vec<PersonId>,
    /// How it ended.
    pub outcome: ReceiptOutcome,
    /// When the submission was started.
    pub started_at: UtcTime,
    /// When the file was received whole.
    pub received_at: UtcTime,
    /// When the outcome was decided.
    pub decided_at: UtcTime,
    /// Numbers that belong to the outcome, such as `rows`, `released`, `deleted`, `stayHeld`, `errors`.
    #[serde(default)]
    pub counts: BTreeMap<String, u64>,
}

/// Who signed the file that a receipt is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceiptSigner {
    /// Whom the certificate names.
    pub subject: DistinguishedName,
    /// The certificate's fingerprint.
    pub certificate_sha256: FileDigest,
    /// When the signer says that it was signed.
    pub signing_time: UtcTime,
}

/// A receipt that waits for the signature of the DCC's key.
#[derive(Clone, Debug)]
pub struct UnsignedReceipt {
    content: Vec<u8>,
    attributes: SignedAttributes,
    certificate: Certificate,
}

impl From<&VerifiedSignature> for ReceiptSigner {
    fn from(signature: &VerifiedSignature) -> Self {
        Self {
            subject: signature.subject.clone(),
            certificate_sha256: signature.certificate.sha256(),
            signing_time: signature.signing_time,
        }
    }
}

impl UnsignedReceipt {
    /// For the DCC's receipt certificate, at this time.
    pub fn new(receipt: &Receipt, certificate: &Certificate, now: UtcTime) -> Self {
        // Texts, numbers and a map with text keys: there is nothing in it that JSON cannot say.
        let mut content = serde_json::to_vec_pretty(receipt).unwrap_or_default();
        content.push(b'\n');
        let attributes = SignedAttributes::new(&sha256(&content), certificate, now);
        Self {
            content,
            attributes,
            certificate: certificate.clone(),
        }
    }

    /// The exact bytes to sign with SHA-256.
    pub fn to_be_signed(&self) -> Vec<u8> {
        self.attributes.to_be_signed()
    }

    /// The receipt in DER (`.p7m`). `authorities`: those between the receipt certificate and the anchor.
    pub fn assemble(
        &self,
        authorities: &[Certificate],
        signature: &[u8],
    ) -> Result<Vec<u8>, AssembleError> {
        let chain: Vec<_> = core::iter::once(self.certificate.clone())
            .chain(authorities.iter().cloned())
            .collect();
        self.attributes
            .assemble_enveloping(&chain, signature, &self.content)
    }
}

/// What a receipt says, without asking whether its signature holds: for a page that has it from the service itself.
pub fn read_receipt(bytes: &[u8]) -> Result<Receipt, SignatureDefect> {
    let signature = Signature::parse(bytes)?;
    let content = signature.content().ok_or(SignatureDefect::ContentMissing)?;
    receipt_in(content)
}

fn receipt_in(content: &[u8]) -> Result<Receipt, SignatureDefect> {
    serde_json::from_slice(content).map_err(|_| SignatureDefect::NotCms(NotCms::Unknown))
}

/// Opens a receipt: its content, and who signed it, with the certificates in force at `at` (for a receipt of long ago, the
/// time in it). Revocation is not looked at: a page has no revocation lists.
pub fn verify_receipt(
    anchors: &TrustAnchors,
    purposes: &[KeyPurpose],
    at: UtcTime,
    bytes: &[u8],
) -> Result<(Receipt, VerifiedSignature), SignatureDefect> {
    let signature = Signature::parse(bytes)?;
    let content = signature.content().ok_or(SignatureDefect::ContentMissing)?;
    let digests = ContentDigests::of_content(content);
    let rules = PathRules {
        anchors,
        at,
        purposes,
    };
    let (verified, _) = verify_but_revocation(rules, &signature, &digests)?;
    Ok((receipt_in(content)?, verified))
}
