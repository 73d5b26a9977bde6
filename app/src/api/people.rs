//! Who is signed in.

use serde::Deserialize;

/// The answer of `GET /me`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Me {
    /// The person.
    pub person: PersonOfMe,
    /// Their organisation.
    pub organisation: OrganisationOfMe,
}

/// The person who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PersonOfMe {
    /// Their identifier at the issuer.
    pub id: String,
    /// What to call them.
    pub name: String,
    /// Their roles.
    pub roles: Vec<String>,
}

/// The organisation of the person who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrganisationOfMe {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub name: String,
}

impl Me {
    /// True for people of the DCC, who see other pages.
    pub fn is_dcc_staff(&self) -> bool {
        self.organisation.id == "dcc"
    }
}
