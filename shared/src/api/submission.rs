use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::detail_fields::DetailFields;
use super::{DecisionSignature, PersonRef};
use crate::files::FileKind;
use crate::finding::Findings;
use crate::identifiers::{
    Eui64, FileDigest, FileName, OrganisationId, ServiceRequestRef, SubmissionId,
};
use crate::instant::UtcTime;
use crate::review::{QuestionCount, ReviewQuestion};
use crate::risk::RiskRule;
use crate::submission::{StateName, SubmissionState};
use crate::verdict::FileEffect;

/// A submission in a list. Holds no threshold value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SubmissionSummary {
    /// Its reference.
    pub reference: SubmissionId,
    /// Which file it is.
    pub kind: FileKind,
    /// The file's name on the sender's machine.
    pub file_name: FileName,
    /// Bytes of what was uploaded.
    pub length: u64,
    /// Whose it is.
    pub organisation: OrganisationId,
    /// That organisation's name.
    pub organisation_name: String,
    /// Who sent it: whoever asked last for the address to upload its file to.
    pub uploader: PersonRef,
    /// The ARO who signed it; absent until the signature was verified.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub signer: Option<PersonRef>,
    /// Where it stands.
    pub state: StateName,
    /// When it was started.
    pub started_at: UtcTime,
    /// When its file arrived.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub received_at: Option<UtcTime>,
    /// When it was settled.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub settled_at: Option<UtcTime>,
    /// How many errors were found.
    pub errors: u64,
    /// How many warnings were found.
    pub warnings: u64,
    /// The rules of risk that fired, by name only.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub rules: Vec<RiskRule>,
    /// The earlier submission that it corrects.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub replaces: Option<SubmissionId>,
    /// The later submission that corrects it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub replaced_by: Option<SubmissionId>,
    /// Whether it was sent to be checked only: nothing of it takes effect.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub check_only: bool,
    /// Why the service cannot go on with it for now.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub stopped: Option<Stopped>,
    /// What reviewers asked about it; absent: nothing, or it waits no longer.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub questions: Option<QuestionCount>,
}

/// A submission that the service cannot judge by a fault of its own. It goes on by itself once that is mended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Stopped {
    /// Since when.
    pub since: UtcTime,
    /// Why, in a sentence. Nothing is wrong with the file.
    pub reason: String,
}

/// Answer of `GET /submissions/{id}`. Holds threshold values where rules fired.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", from = "DetailFields")]
pub struct SubmissionDetail {
    /// What lists show.
    #[serde(flatten)]
    pub summary: SubmissionSummary,
    /// Where it stands, with times, rules and the reviewer's decision.
    pub progress: SubmissionState,
    /// SHA-256 of what was uploaded.
    pub sha256: FileDigest,
    /// The service-management request that it belongs to.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub service_request: Option<ServiceRequestRef>,
    /// Who started it, if that is not who sent it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub started_by: Option<PersonRef>,
    /// Who else asked for an address to upload its file to.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub also_asked: Vec<PersonRef>,
    /// When it was checked for the first time.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub checked_at: Option<UtcTime>,
    /// Who signed, with which certificate, when; absent until the signature was verified.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub signature: Option<SignerView>,
    /// How many findings of each code there are; the findings have their own route.
    pub findings: FindingsSummary,
    /// What the file says, once it was read without an error.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub effect: Option<FileEffect>,
    /// The name of the reviewer who decided, if one did.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reviewer: Option<PersonRef>,
    /// How that decision was signed; then it can be downloaded.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub decision_signature: Option<DecisionSignature>,
    /// Whether there is a receipt to download.
    pub receipt: bool,
    /// Changes with every change of the submission.
    pub version: u64,
    /// Whether storage has what was uploaded, as far as is recorded: then it can be downloaded.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub file_kept: bool,
    /// Whether what was uploaded is the signature with the file inside (`.p7m`): the two come as one then.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub enveloping: bool,
    /// The digest of the last verdict on it; a reviewer's decision names the one that it is about.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub verdict: Option<FileDigest>,
    /// For each User ID of an accepted ADT File, the file that was accepted for it since.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub superseded: Vec<Superseded>,
    /// What reviewers asked about it, and what was answered.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub asked: Vec<ReviewQuestion>,
}

/// Where to fetch the file that was sent: answer of `GET /submissions/{id}/file`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SentFile {
    /// Where to `GET` it, without any header: the very version that was judged, as an attachment.
    pub url: String,
    /// Until when storage gives it.
    pub expires_at: UtcTime,
    /// The name that it had on the sender's machine.
    pub file_name: FileName,
    /// Its bytes.
    pub length: u64,
    /// Its SHA-256.
    pub sha256: FileDigest,
}

/// What an accepted ADT File says of a User ID gave way to what a later one says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Superseded {
    /// The User ID.
    pub user_id: Eui64,
    /// The submission that was accepted last for it.
    pub by: SubmissionId,
    /// When it was accepted.
    pub accepted_at: UtcTime,
}

impl Superseded {
    /// What to do to have the thresholds of the earlier file back.
    pub const REMEDY: &'static str = "Sending this file again changes nothing. To put its thresholds back, sign it again and send it.";

    /// The fact in a sentence.
    pub fn in_words(&self) -> String {
        format!(
            "For User ID {}, submission {} was accepted later, on {}, and is what counts.",
            self.user_id,
            self.by,
            self.accepted_at.in_words()
        )
    }
}

/// The verified signer of a submission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SignerView {
    /// The certificate's subject (RFC 4514).
    pub subject: String,
    /// SHA-256 of the certificate, DER.
    pub certificate_sha256: FileDigest,
    /// The signing time inside the signature.
    pub signing_time: UtcTime,
}

/// How many findings there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct FindingsSummary {
    /// Of severity error.
    pub errors: u64,
    /// Of severity warning.
    pub warnings: u64,
    /// By code.
    pub counts: BTreeMap<String, u64>,
    /// How many are kept one by one.
    pub kept: u64,
}

impl From<&Findings> for FindingsSummary {
    fn from(findings: &Findings) -> Self {
        Self {
            errors: findings.errors,
            warnings: findings.warnings,
            counts: findings.counts.clone(),
            kept: findings.findings.len() as u64,
        }
    }
}
