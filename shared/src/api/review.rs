use serde::{Deserialize, Serialize};

use super::{PersonRef, SignerView, SubmissionDetail, SubmissionSummary};
use crate::directory::ReviewBar;
use crate::finding::Finding;
use crate::identifiers::{FileDigest, ReviewMessage};
use crate::instant::UtcTime;
use crate::review::{Assignment, ReviewQuestion};
use crate::risk::{RiskLevel, RuleFired};
use crate::submission::{ReviewDecision, VoidDecision};
use crate::verdict::{Evidence, ReviewedVerdict};

/// A submission that waits for a reviewer: item of `GET /reviews`, oldest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ReviewItem {
    /// The submission; its `rules` say by name why it waits.
    pub submission: SubmissionSummary,
    /// Since when it waits.
    pub since: UtcTime,
    /// How high its risk is, by the rules that stopped it.
    pub risk: RiskLevel,
    /// Who has it in hand; absent: nobody.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub assigned: Option<Assignment>,
    /// How many decisions on it took no effect, since what they were about had changed.
    #[serde(default)]
    pub void: usize,
    /// Why whoever asks may not decide it; absent: they may.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub barred: Option<ReviewBar>,
}

/// Answer of `GET /reviews/{id}`: everything that a decision rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ReviewEvidence {
    /// The submission: uploader, signer, digest and times.
    pub submission: SubmissionDetail,
    /// The rules that fired, with what they saw.
    pub rules: Vec<RuleFired>,
    /// How high the risk is, by these rules.
    pub risk: RiskLevel,
    /// Who has it in hand; absent: nobody, or it is settled.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub assigned: Option<Assignment>,
    /// The signature and its certificate path; absent if it was not kept.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub signature: Option<SignatureEvidence>,
    /// The findings, warnings only: a file with errors is rejected before.
    pub findings: Vec<Finding>,
    /// What the file changes or decides, the raises in it, and earlier refusals of the same bytes.
    pub evidence: Evidence,
    /// The digest of all that a decision rests on; the decision names it.
    pub verdict: FileDigest,
    /// Decisions to accept that took no effect, since what was accepted had changed. Oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub void: Vec<VoidDecision>,
    /// The organisation's last submissions of the same kind, latest first.
    pub earlier: Vec<SubmissionSummary>,
    /// Why whoever asks may not decide it; absent: they may.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub barred: Option<ReviewBar>,
}

impl<'a> From<&'a ReviewEvidence> for ReviewedVerdict<'a> {
    fn from(shown: &'a ReviewEvidence) -> Self {
        Self {
            rules: &shown.rules,
            effect: shown.submission.effect.as_ref(),
            evidence: &shown.evidence,
        }
    }
}

/// Answer of `POST /reviews/{id}/assignment`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ReviewAssigned {
    /// Who has the submission now; absent: nobody.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub assigned: Option<Assignment>,
}

/// Body of `POST /reviews/{id}/questions`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AskQuestion {
    /// How many questions whoever asks has seen: the number of this one. The same again is one question.
    pub number: u32,
    /// What is asked. The sender's organisation reads it.
    pub text: ReviewMessage,
}

/// Body of `POST /submissions/{id}/answers`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AnswerQuestion {
    /// The number of the question.
    pub number: u32,
    /// What is answered. DCC staff read it.
    pub text: ReviewMessage,
}

/// All that was asked about a submission, and answered: answer of whoever asks or answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ReviewQuestions {
    /// In the order in which they were asked.
    pub questions: Vec<ReviewQuestion>,
}

/// A decision of a reviewer on a submission: item of `GET /review-decisions`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct DecidedReview {
    /// The submission, as it stands now.
    pub submission: SubmissionSummary,
    /// What was decided, by whom, why and when.
    pub decision: ReviewDecision,
    /// Who decided, by their name at the time.
    pub reviewer: PersonRef,
    /// Since when it counts no more, as what it was about had changed; absent: it counts.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub void_since: Option<UtcTime>,
}

/// A verified signature, as far as people look at it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SignatureEvidence {
    /// How it was made: "ECDSA P-256 with SHA-256".
    pub algorithm: String,
    /// The signing time inside it.
    pub signing_time: UtcTime,
    /// When it was verified.
    pub verified_at: UtcTime,
    /// The certificate path, from the signer's to the trust anchor.
    pub path: Vec<CertificateView>,
}

/// A certificate, as far as people look at it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CertificateView {
    /// Its subject (RFC 4514).
    pub subject: String,
    /// Its issuer (RFC 4514).
    pub issuer: String,
    /// Its serial number, hexadecimal.
    pub serial: String,
    /// The first instant at which it is valid.
    pub not_before: UtcTime,
    /// The last instant at which it is valid.
    pub not_after: UtcTime,
    /// SHA-256 of it, DER.
    pub sha256: FileDigest,
}

/// How a reviewer's decision was signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct DecisionSignature {
    /// SHA-256 of the signed decision (`.p7m`).
    pub sha256: FileDigest,
    /// By whom, with which certificate, when.
    pub signer: SignerView,
}
