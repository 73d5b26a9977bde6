use serde::{Deserialize, Serialize};

use crate::identifiers::{FileDigest, PersonId};
use crate::instant::UtcTime;

/// What a DCC reviewer decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// What the file says is to take effect.
    Accept,
    /// Nothing of it takes effect.
    Refuse,
}

/// Why a reviewer decided so: 3 to 2,000 characters, without leading or trailing blanks. The sender reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String))]
#[serde(try_from = "String", into = "String")]
pub struct ReviewReason(String);

/// Why a text is no reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReviewReasonError {
    /// Fewer than 3 characters.
    #[error("say in at least 3 characters why: the sender reads it")]
    TooShort,
    /// More than 2,000 characters.
    #[error("keep the reason to 2,000 characters")]
    TooLong,
    /// A control character other than a line break or a tab.
    #[error("the reason holds a control character; write it as plain text")]
    Control,
}

impl ReviewReason {
    /// Reads a reason, leaving out blanks around it.
    pub fn parse(text: &str) -> Result<Self, ReviewReasonError> {
        let text = text.trim();
        let length = text.chars().count();
        if length < 3 {
            return Err(ReviewReasonError::TooShort);
        }
        if length > 2_000 {
            return Err(ReviewReasonError::TooLong);
        }
        if text
            .chars()
            .any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        {
            return Err(ReviewReasonError::Control);
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

/// A reviewer's recorded decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ReviewDecision {
    /// Who decided.
    pub reviewer: PersonId,
    /// What.
    pub decision: Decision,
    /// Why.
    pub reason: ReviewReason,
    /// When.
    pub decided_at: UtcTime,
    /// The digest of the verdict that the reviewer had on the screen. Only that verdict may take effect.
    pub verdict: FileDigest,
}

/// A reviewer's decision to accept that took no effect, since what was accepted had changed when it was to take effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct VoidDecision {
    /// The decision as it was made.
    pub decision: ReviewDecision,
    /// The reviewer's name at the time.
    pub reviewer: String,
    /// When it was found not to fit any more.
    pub void_since: UtcTime,
    /// What had changed, a sentence each. Holds threshold values: for the organisation and DCC staff only.
    pub changed: Vec<String>,
}
