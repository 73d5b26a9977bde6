use std::fmt;

use super::{Eui64, Eui64Error, text_form};

/// A range of EUI-64s, both ends in it: what was allocated to an organisation. Written `FIRST/LAST`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Eui64Range {
    first: Eui64,
    last: Eui64,
}

/// Why a text is no range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Eui64RangeError {
    /// Not two of them.
    #[error("does not have a first and a last EUI-64 with / between them")]
    Ends,
    /// An end is no EUI-64.
    #[error("has an end that {0}")]
    End(Eui64Error),
    /// It ends before it begins.
    #[error("ends before it begins")]
    Backwards,
}

impl Eui64Range {
    /// Reads the text form.
    pub fn parse(text: &str) -> Result<Self, Eui64RangeError> {
        let (first, last) = text.split_once('/').ok_or(Eui64RangeError::Ends)?;
        let end = |text| Eui64::parse(text).map_err(Eui64RangeError::End);
        let (first, last) = (end(first)?, end(last)?);
        if first > last {
            return Err(Eui64RangeError::Backwards);
        }
        Ok(Self { first, last })
    }

    /// Whether this one is in it.
    pub fn contains(self, id: Eui64) -> bool {
        (self.first..=self.last).contains(&id)
    }
}

impl fmt::Display for Eui64Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.first, self.last)
    }
}

text_form!(
    Eui64Range,
    Eui64RangeError,
    "A range of EUI-64s, the first and the last",
    "90-B3-D5-1F-30-00-00-00/90-B3-D5-1F-30-FF-FF-FF",
    "^([0-9A-Fa-f]{2}(-[0-9A-Fa-f]{2}){7}|[0-9A-Fa-f]{16})/([0-9A-Fa-f]{2}(-[0-9A-Fa-f]{2}){7}|[0-9A-Fa-f]{16})$"
);
