use serde::{Deserialize, Serialize};

#[cfg(feature = "openapi")]
use super::review_reason::PATTERN;
use super::review_reason::ReviewReason;
use super::{ReviewReasonError, text_schema};

/// Why somebody asks for a change of the directory, or refuses one: 3 to 2,000 characters, without leading or trailing blanks. It stays with the
/// change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ChangeReason(String);

/// Why a text is no reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChangeReasonError {
    /// Fewer than 3 characters that can be read.
    #[error("say in at least 3 characters why: it stays with the change, for whoever asks later")]
    TooShort,
    /// More than 2,000 characters.
    #[error("keep the reason to 2,000 characters")]
    TooLong,
    /// A character that cannot be seen.
    #[error("the reason holds a character that cannot be seen (U+{:04X}); write it as plain text", u32::from(*.0))]
    Control(char),
}

impl ChangeReason {
    /// Reads a reason, leaving out blanks around it. What text it may be is as for a reviewer's.
    pub fn parse(text: &str) -> Result<Self, ChangeReasonError> {
        match ReviewReason::parse(text) {
            Ok(reason) => Ok(Self(reason.into())),
            Err(ReviewReasonError::TooShort) => Err(ChangeReasonError::TooShort),
            Err(ReviewReasonError::TooLong) => Err(ChangeReasonError::TooLong),
            Err(ReviewReasonError::Control(hidden)) => Err(ChangeReasonError::Control(hidden)),
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ChangeReason {
    type Error = ChangeReasonError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<ChangeReason> for String {
    fn from(reason: ChangeReason) -> Self {
        reason.0
    }
}

text_schema!(
    ChangeReason,
    "Why a change of the directory is asked for: 3 to 2,000 characters, without leading or trailing blanks. It stays with the change.",
    "Joins the settlement team on Monday.",
    PATTERN
);
