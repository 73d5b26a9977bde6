use serde::{Deserialize, Serialize};

#[cfg(feature = "openapi")]
use super::cannot_be_seen::unseen;
use super::{cannot_be_seen, stands_by_itself, text_schema};

/// Why a reviewer decided so: 3 to 2,000 characters, without leading or trailing blanks. The sender reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ReviewReason(String);

/// Why a text is no reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReviewReasonError {
    /// Fewer than 3 characters that can be read.
    #[error("say in at least 3 characters why: the sender reads it")]
    TooShort,
    /// More than 2,000 characters.
    #[error("keep the reason to 2,000 characters")]
    TooLong,
    /// A control character other than a line break or a tab, or one that cannot be seen.
    #[error("the reason holds a character that cannot be seen (U+{:04X}); write it as plain text", u32::from(*.0))]
    Control(char),
}

impl ReviewReason {
    /// Reads a reason, leaving out blanks around it.
    pub fn parse(text: &str) -> Result<Self, ReviewReasonError> {
        let text = text.trim();
        if text.chars().count() > 2_000 {
            return Err(ReviewReasonError::TooLong);
        }
        if let Some(hidden) = text
            .chars()
            .find(|c| (c.is_control() && !matches!(c, '\n' | '\r' | '\t')) || cannot_be_seen(*c))
        {
            return Err(ReviewReasonError::Control(hidden));
        }
        if text.chars().filter(|c| stands_by_itself(*c)).count() < 3 {
            return Err(ReviewReasonError::TooShort);
        }
        Ok(Self(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ReviewReason {
    type Error = ReviewReasonError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<ReviewReason> for String {
    fn from(reason: ReviewReason) -> Self {
        reason.0
    }
}

/// What the `OpenAPI` document says of a reason.
#[cfg(feature = "openapi")]
pub(super) const PATTERN: &str = concat!(
    "^[^\\s\\u0000-\\u001f\\u007f-\\u009f\\u0300-\\u036f\\u200c\\u200d\\ufe00-\\ufe0f",
    unseen!(),
    "][^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f",
    unseen!(),
    "]{0,998}[^\\s\\u0000-\\u001f\\u007f-\\u009f\\u0300-\\u036f\\u200c\\u200d\\ufe00-\\ufe0f",
    unseen!(),
    "][^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f",
    unseen!(),
    "]{0,998}[^\\s\\u0000-\\u001f\\u007f-\\u009f\\u0300-\\u036f\\u200c\\u200d\\ufe00-\\ufe0f",
    unseen!(),
    "]$"
);

text_schema!(
    ReviewReason,
    "Why a reviewer decided so: 3 to 2,000 characters, without leading or trailing blanks. The sender reads it.",
    "Forecast seen and agreed.",
    PATTERN
);
