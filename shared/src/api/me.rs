use serde::{Deserialize, Serialize};

use crate::directory::{
    Asker, Entrance, MachineScope, Organisation, Permission, PersonRef, PersonRole,
    RegisteredCertificates, SignInFreshness,
};
use crate::files::UserId;
use crate::identifiers::OrganisationId;

/// An organisation, as its own people and DCC staff see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrganisationView {
    /// Its short name.
    pub id: OrganisationId,
    /// The name to show.
    pub name: String,
    /// Its User IDs.
    pub user_ids: Vec<UserId>,
}

impl From<&Organisation> for OrganisationView {
    fn from(organisation: &Organisation) -> Self {
        Self {
            id: organisation.id.clone(),
            name: organisation.name.clone(),
            user_ids: organisation.user_ids.clone(),
        }
    }
}

/// Answer of `GET /me`: who asks, and what they may do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Me {
    /// The person, or the system.
    pub person: PersonRef,
    /// What the person is registered for.
    pub roles: Vec<PersonRole>,
    /// What a system is let do, by its registration and by its token.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub scopes: Vec<MachineScope>,
    /// Where the person belongs.
    pub organisation: OrganisationView,
    /// Whether the person is DCC staff, who see every organisation.
    pub dcc: bool,
    /// Where the person is answered: `staff` below `/api/dcc`, `users` below `/api`.
    pub entrance: Entrance,
    /// What the roles allow, or a system's scopes.
    pub permissions: Vec<Permission>,
    /// How long the sign-in is good for what takes effect.
    pub sign_in: SignInFreshness,
    /// For an ARO, a reviewer or a DCC administrator: the subject (RFC 4514) that the person's signing certificates must carry.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub signer_subject: Option<String>,
    /// Those that the person registered: by them alone they sign.
    #[serde(skip_serializing_if = "RegisteredCertificates::is_empty", default)]
    pub certificates: RegisteredCertificates,
    /// For DCC staff at their entrance: all organisations, so that a page can show names and roles of User IDs.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub organisations: Vec<OrganisationView>,
}

impl Me {
    /// The answer for somebody of an organisation.
    pub fn new(asker: &Asker, organisation: &Organisation, sign_in: SignInFreshness) -> Self {
        let person = asker.person();
        Self {
            person: asker.into(),
            roles: asker.roles(),
            scopes: asker.scopes(),
            organisation: organisation.into(),
            dcc: asker.is_dcc(),
            entrance: asker.entrance(),
            permissions: Permission::ALL
                .into_iter()
                .filter(|permission| asker.may(*permission))
                .collect(),
            sign_in,
            signer_subject: person.and_then(|person| person.signer_subject.clone()),
            certificates: person
                .map(|person| person.certificates.clone())
                .unwrap_or_default(),
            organisations: Vec::new(),
        }
    }

    /// Whether the person may do what a route needs.
    pub fn may(&self, permission: Permission) -> bool {
        self.permissions.contains(&permission)
    }
}
