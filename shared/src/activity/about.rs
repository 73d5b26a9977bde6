use std::fmt;

use serde::{Deserialize, Serialize};

use crate::identifiers::{
    ChangeRequestId, ClientId, Eui64, OrganisationId, PersonId, QuarantineEventRef, SubmissionId,
};

/// What an act was about: which thing, and nothing of what is in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", content = "id", rename_all = "kebab-case")]
pub enum About {
    /// A submission.
    Submission(SubmissionId),
    /// A User ID.
    UserId(Eui64),
    /// A quarantine event.
    QuarantineEvent(QuarantineEventRef),
    /// A change of the directory.
    Change(ChangeRequestId),
    /// A person.
    Person(PersonId),
    /// A system.
    System(ClientId),
    /// An organisation: its people, or what it has altogether.
    Organisation(OrganisationId),
}

impl About {
    /// Reads the value of a route's parameter; `None` for what is no identifier, which a record does not repeat.
    pub fn of_parameter(name: &str, value: &str) -> Option<Self> {
        match name {
            "id" => value.parse().ok().map(Self::Submission),
            "userId" => value.parse().ok().map(Self::UserId),
            "ref" => value.parse().ok().map(Self::QuarantineEvent),
            "request" => value.parse().ok().map(Self::Change),
            "organisation" => value.parse().ok().map(Self::Organisation),
            _ => None,
        }
    }

    /// What kind of thing it is, for people.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Submission(_) => "Submission",
            Self::UserId(_) => "User ID",
            Self::QuarantineEvent(_) => "Quarantine event",
            Self::Change(_) => "Change",
            Self::Person(_) => "Person",
            Self::System(_) => "System",
            Self::Organisation(_) => "Organisation",
        }
    }

    /// What it is called.
    pub fn identifier(&self) -> String {
        match self {
            Self::Submission(id) => id.to_string(),
            Self::UserId(id) => id.to_string(),
            Self::QuarantineEvent(reference) => reference.to_string(),
            Self::Change(id) => id.to_string(),
            Self::Person(id) => id.to_string(),
            Self::System(id) => id.to_string(),
            Self::Organisation(id) => id.to_string(),
        }
    }
}

/// As in a list: `Submission 4F7K-2M9Q-XW3T-8HBD`.
impl fmt::Display for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind(), self.identifier())
    }
}
