use serde::{Deserialize, Serialize};

use super::PersonRole;

/// The roles that somebody is given: at least one, each once, in the order in which pages list them. To be registered without any is to
/// be removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<PersonRole>", into = "Vec<PersonRole>")]
pub struct GivenRoles(Vec<PersonRole>);

/// Why a list of roles gives none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("choose at least one role; to take all of them away, remove the person")]
pub struct NoRoles;

impl GivenRoles {
    /// These roles.
    pub fn parse(roles: &[PersonRole]) -> Result<Self, NoRoles> {
        let named = PersonRole::ALL.into_iter();
        let once: Vec<_> = named.filter(|role| roles.contains(role)).collect();
        if once.is_empty() {
            Err(NoRoles)
        } else {
            Ok(Self(once))
        }
    }

    /// The roles.
    pub fn as_slice(&self) -> &[PersonRole] {
        &self.0
    }

    /// Whether this one is among them.
    pub fn has(&self, role: PersonRole) -> bool {
        self.0.contains(&role)
    }
}

impl From<PersonRole> for GivenRoles {
    fn from(role: PersonRole) -> Self {
        Self(vec![role])
    }
}

impl TryFrom<Vec<PersonRole>> for GivenRoles {
    type Error = NoRoles;

    fn try_from(roles: Vec<PersonRole>) -> Result<Self, Self::Error> {
        Self::parse(&roles)
    }
}

impl From<GivenRoles> for Vec<PersonRole> {
    fn from(roles: GivenRoles) -> Self {
        roles.0
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for GivenRoles {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ArrayBuilder::new()
            .items(utoipa::openapi::Ref::from_schema_name("PersonRole"))
            .min_items(Some(1))
            .description(Some("Roles, each once"))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for GivenRoles {
    fn schemas(
        schemas: &mut Vec<(
            String,
            utoipa::openapi::RefOr<utoipa::openapi::schema::Schema>,
        )>,
    ) {
        let role = <PersonRole as utoipa::PartialSchema>::schema();
        schemas.push(("PersonRole".to_owned(), role));
    }
}
