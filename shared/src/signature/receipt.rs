//! Receipts: what the DCC confirms about a submission, signed, so that the sender can prove it without the service.
//!
//! A receipt is CMS `SignedData` with the JSON inside (`.p7m`); `openssl cms -verify` opens it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::certificate::Certificate;
use super::certificate_path::PathRules;
use super::key_purpose::KeyPurpose;
use super::name::DistinguishedName;
use super::signed_json::{SignedJson, UnsignedJson, read_unverified};
use super::trust::TrustAnchors;
use super::verify::VerifiedSignature;
use crate::files::FileKind;
use crate::finding::SignatureDefect;
use crate::identifiers::{FileDigest, FileName, OrganisationId, PersonId, SubmissionId};
use crate::instant::UtcTime;
use crate::submission::Decision;

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
    /// The signed decision that the outcome rests on, if it needed a reviewer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<ReceiptDecision>,
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

/// The reviewer's decision that an outcome rests on. The decision itself is a signature of the reviewer's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceiptDecision {
    /// Who decided.
    pub reviewer: PersonId,
    /// What.
    pub decision: Decision,
    /// SHA-256 of the signed decision (`.p7m`).
    pub sha256: FileDigest,
    /// Who signed it: the reviewer's certificate.
    pub signer: ReceiptSigner,
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

impl Receipt {
    /// The receipt, ready to be signed with the key of the DCC's receipt certificate, at this time.
    pub fn unsigned(&self, certificate: &Certificate, now: UtcTime) -> UnsignedJson {
        UnsignedJson::new(self, certificate, now)
    }
}

/// What a receipt in DER says, as the service gives it, without asking whether its signature holds: for a page that has it from the
/// service itself.
pub fn read_receipt(bytes: &[u8]) -> Result<Receipt, SignatureDefect> {
    read_unverified(bytes)
}

/// Opens a receipt: its content, and who signed it, with the certificates in force at `at` (for a receipt of long ago, the
/// time in it). Revocation is not looked at: a page has no revocation lists.
pub fn verify_receipt(
    anchors: &TrustAnchors,
    purposes: &[KeyPurpose],
    at: UtcTime,
    bytes: &[u8],
) -> Result<(Receipt, VerifiedSignature), SignatureDefect> {
    let signed = SignedJson::parse(bytes)?;
    let rules = PathRules {
        anchors,
        at,
        purposes,
    };
    signed.verified(rules)
}
