use serde::{Deserialize, Serialize};

use crate::instant::UtcTime;
use crate::profile::Profile;

/// Answer of `GET /profile`: what the service checks by, so that a page judges by the same limits and the same clock.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ServiceProfile {
    /// Limits and rule settings that are in force, under the names that the profile's file has (with hyphens).
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub profile: Profile,
    /// The service's clock when it answered.
    pub now: UtcTime,
}
