use serde::{Deserialize, Serialize};

#[cfg(feature = "openapi")]
use super::review_reason::PATTERN;
use super::review_reason::ReviewReason;
use super::{ReviewReasonError, text_schema};

/// What a reviewer asks the sender of a submission, or what is answered: 3 to 2,000 characters, without leading or trailing blanks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ReviewMessage(String);

/// Why a text is no question and no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReviewMessageError {
    /// Fewer than 3 characters that can be read.
    #[error("write at least 3 characters: others read it")]
    TooShort,
    /// More than 2,000 characters.
    #[error("keep it to 2,000 characters")]
    TooLong,
    /// A character that cannot be seen.
    #[error("it holds a character that cannot be seen (U+{:04X}); write it as plain text", u32::from(*.0))]
    Control(char),
}

impl ReviewMessage {
    /// Reads a message, leaving out blanks around it. What text it may be is as for the reason of a decision.
    pub fn parse(text: &str) -> Result<Self, ReviewMessageError> {
        match ReviewReason::parse(text) {
            Ok(reason) => Ok(Self(reason.into())),
            Err(ReviewReasonError::TooShort) => Err(ReviewMessageError::TooShort),
            Err(ReviewReasonError::TooLong) => Err(ReviewMessageError::TooLong),
            Err(ReviewReasonError::Control(hidden)) => Err(ReviewMessageError::Control(hidden)),
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ReviewMessage {
    type Error = ReviewMessageError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<ReviewMessage> for String {
    fn from(message: ReviewMessage) -> Self {
        message.0
    }
}

text_schema!(
    ReviewMessage,
    "What a reviewer asks the sender of a submission, or what is answered: 3 to 2,000 characters, without leading or trailing blanks.",
    "Which campaign is the raise for, and until when?",
    PATTERN
);
