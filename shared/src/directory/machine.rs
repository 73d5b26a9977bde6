use serde::{Deserialize, Serialize};

use super::{MachineScopes, PersonRef};
use crate::identifiers::{ClientId, DisplayName, OrganisationId};
use crate::instant::UtcTime;

/// The most systems of an organisation, stopped ones and all.
pub const MOST_MACHINES: usize = 100;

/// A registered system of an organisation: it signs in by client credentials, for which the identity provider knows it by its client id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Machine {
    /// Its client id at the identity provider. It never comes back for another system.
    pub id: ClientId,
    /// What it is called.
    pub name: DisplayName,
    /// Whose it is.
    pub organisation: OrganisationId,
    /// What it may be let do. A token of its may say less, and never more.
    pub scopes: MachineScopes,
    /// When it was registered.
    pub registered_at: UtcTime,
    /// Who asked for that.
    pub registered_by: PersonRef,
    /// That it was stopped, for good.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub stopped: Option<StoppedMachine>,
}

/// That a system was stopped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct StoppedMachine {
    /// When.
    pub at: UtcTime,
    /// By whom.
    pub by: PersonRef,
}

impl PersonRef {
    /// A system, where somebody is named who may be a person or a system: its name tells it from people.
    pub fn of_machine(id: &ClientId, name: &DisplayName) -> Self {
        Self {
            id: id.as_person_id().clone(),
            name: format!("{name} (system)"),
        }
    }
}

impl From<&Machine> for PersonRef {
    fn from(machine: &Machine) -> Self {
        Self::of_machine(&machine.id, &machine.name)
    }
}
