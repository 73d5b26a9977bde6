use serde::{Deserialize, Serialize};

use super::{Permission, Person, Route};

/// Where the API is asked. Behind each entrance stands a function of its own, with rights of its own: that of Users reaches no list
/// that goes across organisations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Entrance {
    /// That of Users' people.
    Users,
    /// That of DCC staff.
    Staff,
}

impl Entrance {
    /// Both. That of staff comes first: its paths begin as those of Users do.
    pub const ALL: [Self; 2] = [Self::Staff, Self::Users];

    /// The one at which a person is answered.
    pub fn for_person(person: &Person) -> Self {
        if person.is_dcc() {
            Self::Staff
        } else {
            Self::Users
        }
    }

    /// What stands between the API's address and the path of a route. No route begins like that.
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Users => "",
            Self::Staff => "/dcc",
        }
    }

    /// Whether a route is there: one that nobody may ask who belongs here is not. What anybody may ask, signed in or not, is at
    /// that of Users.
    pub fn has(self, route: &Route) -> bool {
        match (route.permission, route.permission.roles()) {
            (Permission::Anyone, _) => self == Self::Users,
            (_, None) => true,
            (_, Some(roles)) => {
                let of_staff = self == Self::Staff;
                roles.iter().any(|role| role.is_dcc() == of_staff)
            }
        }
    }
}
