use std::fmt;

use time::Duration;

use crate::identifiers::text_form;
use crate::instant::UtcTime;

/// A day, of UTC, as in `2026-11-03`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(UtcTime);

/// The text is no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not a day like 2026-11-03")]
pub struct DayError;

impl Day {
    /// Reads it.
    pub fn parse(text: &str) -> Result<Self, DayError> {
        if text.len() != "2026-11-03".len() {
            return Err(DayError);
        }
        let beginning = UtcTime::parse(&format!("{text}T00:00:00Z"));
        beginning.map(Self).map_err(|_| DayError)
    }

    /// Its first instant.
    pub const fn begins(self) -> UtcTime {
        self.0
    }

    /// The first instant after it.
    pub fn ends(self) -> UtcTime {
        self.0.plus(Duration::DAY)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.to_string();
        f.pad(text.split('T').next().unwrap_or_default())
    }
}

text_form!(
    Day,
    DayError,
    "A day, of UTC",
    "2026-11-03",
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
);
