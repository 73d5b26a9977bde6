use serde::{Deserialize, Serialize};

use super::{
    DirectoryChange, Machine, MachineScopes, Organisation, OrganisationDetails, Person, PersonRole,
};
use crate::files::UserId;

/// What a change is about, as it was registered when the change was taken up: whoever approves it sees what would become of what, and it is made of
/// nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
// The fields are renamed variant by variant: utoipa does not know `rename_all_fields`.
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum RegisteredBefore {
    /// A person.
    #[serde(rename_all = "camelCase")]
    Person {
        /// What they were called.
        name: String,
        /// What they might do.
        roles: Vec<PersonRole>,
        /// Whom their certificates named.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        signer_subject: Option<String>,
    },
    /// A system.
    Machine {
        /// What it was called.
        name: String,
        /// What it might be let do.
        scopes: MachineScopes,
    },
    /// An organisation.
    #[serde(rename_all = "camelCase")]
    Organisation {
        /// What it was called.
        name: String,
        /// Its User IDs.
        user_ids: Vec<UserId>,
        /// What else was known of it.
        details: OrganisationDetails,
    },
}

impl RegisteredBefore {
    /// What a change is about, of an organisation, its people and its systems as they are; `None`: it is not there yet.
    pub fn find(
        change: &DirectoryChange,
        organisation: Option<&Organisation>,
        (people, machines): (&[Person], &[Machine]),
    ) -> Option<Self> {
        if let Some(id) = change.machine() {
            let machine = machines.iter().find(|machine| machine.id == *id)?;
            return Some(Self::Machine {
                name: machine.name.to_string(),
                scopes: machine.scopes.clone(),
            });
        }
        match change.person() {
            Some(id) => {
                let person = people.iter().find(|person| person.id == *id)?;
                Some(Self::Person {
                    name: person.name.clone(),
                    roles: person.roles.clone(),
                    signer_subject: person.signer_subject.clone(),
                })
            }
            None => organisation.map(|organisation| Self::Organisation {
                name: organisation.name.clone(),
                user_ids: organisation.user_ids.clone(),
                details: organisation.details.clone(),
            }),
        }
    }
}
