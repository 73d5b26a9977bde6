use serde::{Deserialize, Serialize};

use super::Period;
use crate::identifiers::{Eui64, PersonId, SrvOrAll, SubmissionId};
use crate::instant::UtcTime;

/// The two levels of one threshold, in communications per period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Limits {
    /// Over this, people are told.
    pub warning: u64,
    /// Over this, the excess is held.
    pub quarantine: u64,
}

/// What a threshold of a User ID counts. A User ID has one standing threshold for each key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ThresholdKey {
    /// The service, or all of the User ID's communications together.
    pub srv: SrvOrAll,
    /// The window.
    pub period: Period,
}

/// A standing row as the User declared it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct DeclaredThreshold {
    /// What is counted.
    #[serde(flatten)]
    pub key: ThresholdKey,
    /// The levels.
    #[serde(flatten)]
    pub limits: Limits,
    /// When it takes effect; absent: on acceptance.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub from: Option<UtcTime>,
}

/// An exception as the User declared it: other levels for an interval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct DeclaredException {
    /// What is counted.
    #[serde(flatten)]
    pub key: ThresholdKey,
    /// The levels.
    #[serde(flatten)]
    pub limits: Limits,
    /// When it starts; absent: on acceptance.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub from: Option<UtcTime>,
    /// The first instant at which it no longer counts.
    pub to: UtcTime,
}

/// The complete statement of one User ID, as one ADT File makes it: what it does not say is no longer so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Statement {
    /// Whose thresholds these are.
    pub user_id: Eui64,
    /// One row for each key.
    pub standing: Vec<DeclaredThreshold>,
    /// Exceptions of one key do not overlap.
    pub exceptions: Vec<DeclaredException>,
}

/// Where a statement came from: who, when, which submission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct StatementOrigin {
    /// The submission that carried it.
    pub submission: SubmissionId,
    /// The signing time inside the signature; statements of a User ID succeed each other in this order.
    pub signed_at: UtcTime,
    /// When it was accepted: the instant that an absent `EffectiveFrom` means.
    pub accepted_at: UtcTime,
    /// The ARO who signed.
    pub signer: PersonId,
    /// Who sent the file.
    pub uploader: PersonId,
    /// The DCC reviewer who accepted it, when the file needed a review.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reviewer: Option<PersonId>,
}
