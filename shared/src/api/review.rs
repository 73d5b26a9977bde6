use serde::{Deserialize, Serialize};

use super::{SubmissionDetail, SubmissionSummary};
use crate::directory::ReviewBar;
use crate::finding::Finding;
use crate::identifiers::{FileDigest, QuarantineEventRef};
use crate::instant::UtcTime;
use crate::quarantine::SrvCounts;
use crate::risk::RuleFired;
use crate::submission::{Decision, ReviewReason};
use crate::thresholds::Comparison;

/// A submission that waits for a reviewer: item of `GET /reviews`, oldest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ReviewItem {
    /// The submission; its `rules` say by name why it waits.
    pub submission: SubmissionSummary,
    /// Since when it waits.
    pub since: UtcTime,
    /// Why whoever asks may not decide it; absent: they may.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub barred: Option<ReviewBar>,
}

/// Answer of `GET /reviews/{id}`: everything that a decision rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ReviewEvidence {
    /// The submission: uploader, signer, digest, times, and the version that a decision names.
    pub submission: SubmissionDetail,
    /// The rules that fired, with what they saw.
    pub rules: Vec<RuleFired>,
    /// The signature and its certificate path; absent if it was not kept.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub signature: Option<SignatureEvidence>,
    /// The findings, warnings only: a file with errors is rejected before.
    pub findings: Vec<Finding>,
    /// For an ADT File: what it changes, for each User ID, against what is in force now.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub comparisons: Vec<Comparison>,
    /// For an Exit Quarantine File: what it decides, for each event.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub exits: Vec<ExitEvidence>,
    /// The organisation's last submissions of the same kind, latest first.
    pub earlier: Vec<SubmissionSummary>,
    /// Why whoever asks may not decide it; absent: they may.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub barred: Option<ReviewBar>,
}

/// What an Exit Quarantine File decides in one event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ExitEvidence {
    /// The event.
    pub event: QuarantineEventRef,
    /// How many of each service it releases and deletes, and how many stay held.
    pub by_srv: Vec<SrvCounts>,
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

/// Body of `POST /reviews/{id}/decision`. Answer: [`SubmissionDetail`], or a problem with status 409.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReviewRequest {
    /// What is decided.
    pub decision: Decision,
    /// Why. The sender reads it.
    pub reason: ReviewReason,
    /// The version of the submission that the reviewer looked at.
    pub version: u64,
}
