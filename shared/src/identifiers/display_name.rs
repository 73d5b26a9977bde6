use std::fmt;

#[cfg(feature = "openapi")]
use super::cannot_be_seen::unseen;
use super::{cannot_be_seen, stands_by_itself, text_form};

/// What a person or an organisation is called: 1 to 100 characters in one line, as people write it. A comma is a letter like others:
/// `O'Neil-Åberg, Siân`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DisplayName(String);

/// Why a text is no name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DisplayNameError {
    /// Nothing that can be read.
    #[error("has nothing in it that can be read")]
    Empty,
    /// More than 100 characters.
    #[error("has more than 100 characters")]
    TooLong,
    /// A character that cannot be seen.
    #[error("has a character in it that cannot be seen; write it anew")]
    Unseen,
    /// Blanks around it.
    #[error("begins or ends with a blank")]
    Blank,
}

impl DisplayName {
    /// The most characters.
    pub const LONGEST: usize = 100;

    /// Reads a name.
    pub fn parse(text: &str) -> Result<Self, DisplayNameError> {
        if text.chars().any(|c| c.is_control() || cannot_be_seen(c)) {
            return Err(DisplayNameError::Unseen);
        }
        if !text.chars().any(stands_by_itself) {
            return Err(DisplayNameError::Empty);
        }
        if text.trim() != text {
            return Err(DisplayNameError::Blank);
        }
        if text.chars().count() > Self::LONGEST {
            return Err(DisplayNameError::TooLong);
        }
        Ok(Self(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DisplayName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

text_form!(
    DisplayName,
    DisplayNameError,
    "What a person or an organisation is called, in one line",
    "Sian O'Neil, PhD",
    concat!(
        "^[^\\s\\u0000-\\u001f\\u007f-\\u009f\\u0300-\\u036f\\u200c\\u200d\\ufe00-\\ufe0f",
        unseen!(),
        "]([^\\u0000-\\u001f\\u007f-\\u009f",
        unseen!(),
        "]{0,98}[^\\s\\u0000-\\u001f\\u007f-\\u009f",
        unseen!(),
        "])?$"
    )
);
