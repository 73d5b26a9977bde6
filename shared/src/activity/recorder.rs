use std::fmt;

use serde::{Deserialize, Serialize};

/// The function that wrote a record. Each has rights on partitions of its own, so that none writes in the name of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Recorder {
    /// The one that answers Users.
    Api,
    /// The one that answers DCC staff.
    Review,
    /// The one that checks and records what they send.
    Intake,
}

impl Recorder {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Api, Self::Review, Self::Intake];

    /// Its name, as in a key and in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Review => "review",
            Self::Intake => "intake",
        }
    }

    /// Where something was done, for people.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Api => "Entrance of Users",
            Self::Review => "Entrance of DCC staff",
            Self::Intake => "The service itself",
        }
    }
}

impl fmt::Display for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
