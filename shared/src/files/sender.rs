//! Who sends a file.

use serde::{Deserialize, Serialize};

use crate::identifiers::{Eui64, OrganisationId, UserRole};

/// The organisation that sends a file, and its User IDs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Sender {
    /// The organisation.
    pub organisation: OrganisationId,
    /// Its User IDs.
    pub user_ids: Vec<UserId>,
}

/// A User ID, and the roles in which it acts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UserId {
    /// The EUI-64.
    pub id: Eui64,
    /// Its roles.
    pub roles: Vec<UserRole>,
}

impl Sender {
    /// The User ID of this organisation with this EUI-64.
    pub fn user_id(&self, id: Eui64) -> Option<&UserId> {
        self.user_ids.iter().find(|user_id| user_id.id == id)
    }
}
