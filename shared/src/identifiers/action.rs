use std::fmt;

use super::text_form;

/// What is to become of a held communication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// It is processed; written `Release` in files, `release` in the API.
    Release,
    /// It is deleted; written `Delete` in files, `delete` in the API.
    Delete,
}

/// Why a text is not an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not one of release, delete")]
pub struct ActionError;

impl Action {
    /// Reads the API's form, `release` or `delete`.
    pub fn parse(text: &str) -> Result<Self, ActionError> {
        match text {
            "release" => Ok(Self::Release),
            "delete" => Ok(Self::Delete),
            _ => Err(ActionError),
        }
    }

    /// As it stands in an Exit Quarantine file.
    pub const fn in_file(self) -> &'static str {
        match self {
            Self::Release => "Release",
            Self::Delete => "Delete",
        }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Release => "release",
            Self::Delete => "delete",
        })
    }
}

text_form!(
    Action,
    ActionError,
    "What is to become of a held communication",
    "release",
    "^(release|delete)$"
);
