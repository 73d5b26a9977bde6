use serde::{Deserialize, Serialize};

use crate::identifiers::{FileDigest, PersonId, ReviewReason};
use crate::instant::UtcTime;

/// What a DCC reviewer decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// What the file says is to take effect.
    Accept,
    /// Nothing of it takes effect.
    Refuse,
}

/// A reviewer's recorded decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ReviewDecision {
    /// Who decided.
    pub reviewer: PersonId,
    /// What.
    pub decision: Decision,
    /// Why.
    pub reason: ReviewReason,
    /// When.
    pub decided_at: UtcTime,
    /// The digest of the verdict that the reviewer had on the screen. Only that verdict may take effect.
    pub verdict: FileDigest,
}

/// A reviewer's decision that took no effect: when it was to, what was accepted had changed, or the reviewer might decide it no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct VoidDecision {
    /// The decision as it was made.
    pub decision: ReviewDecision,
    /// The reviewer's name at the time.
    pub reviewer: String,
    /// When it was found not to fit any more.
    pub void_since: UtcTime,
    /// What had changed, a sentence each. Holds threshold values: for the organisation and DCC staff only.
    pub changed: Vec<String>,
}
