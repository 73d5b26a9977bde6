use serde::{Deserialize, Serialize};

use super::PersonRef;
use crate::identifiers::{Eui64, OrganisationId, UserRole};
use crate::instant::UtcTime;
use crate::thresholds::{HistoryEntry, InForce, UserThresholds};

/// The thresholds of one User ID: item of `GET /thresholds`, answer of `GET /thresholds/{userId}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct UserThresholdsView {
    /// The User ID.
    pub user_id: Eui64,
    /// Its roles; with the table of services they say which thresholds it needs.
    pub roles: Vec<UserRole>,
    /// Whose it is.
    pub organisation: OrganisationId,
    /// That organisation's name.
    pub organisation_name: String,
    /// The instant that `in_force` is about.
    pub at: UtcTime,
    /// What counts at that instant, exceptions applied, in order of service and period.
    pub in_force: Vec<InForce>,
    /// What stands now and later, the exceptions, and where they came from; absent before the first statement.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub thresholds: Option<UserThresholds>,
    /// Who signed, sent and, if so, reviewed the statement accepted last.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub people: Vec<PersonRef>,
}

/// One accepted statement: item of `GET /thresholds/{userId}/history`, latest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct HistoryView {
    /// Who, when, which submission, and what it changed.
    #[serde(flatten)]
    pub entry: HistoryEntry,
    /// The names of the people in it.
    pub people: Vec<PersonRef>,
}
