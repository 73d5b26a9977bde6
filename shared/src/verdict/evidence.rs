//! What a reviewer looks at, beside the rules that fired.

use serde::{Deserialize, Serialize};

use crate::identifiers::QuarantineEventRef;
use crate::quarantine::SrvCounts;
use crate::risk::{ExitSeen, RaiseSeen, Refusal};
use crate::thresholds::Comparison;

/// What a reviewer looks at. Everything in it is bound by the verdict's digest, so nothing in it may depend on the time of
/// day alone.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Evidence {
    /// Of an ADT File: what it changes, for each User ID, against what is in force.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub comparisons: Vec<Comparison>,
    /// Of an ADT File: every threshold that is raised beyond the factor, alone or with the raises before it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub raises: Vec<RaiseSeen>,
    /// Of an Exit Quarantine File: what it decides, for each event.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub exits: Vec<ExitEvidence>,
    /// Of an Exit Quarantine File: the numbers behind the rules that fired.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub released: Vec<ExitSeen>,
    /// What reviewers refused before of the same bytes, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub refusals: Vec<Refusal>,
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
