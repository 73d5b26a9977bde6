//! Periods in which communications are counted.

use std::fmt;

use crate::identifiers::text_form;

/// A fixed UTC window: the hour, the day, or the week from Monday 00:00.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// `PT1H`.
    Hour,
    /// `P1D`.
    Day,
    /// `P7D`.
    Week,
}

/// Why a text is not a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not one of PT1H, P1D, P7D")]
pub struct PeriodError;

impl Period {
    /// Every period, shortest first.
    pub const ALL: [Self; 3] = [Self::Hour, Self::Day, Self::Week];

    /// Reads the ISO 8601 form.
    pub fn parse(text: &str) -> Result<Self, PeriodError> {
        Self::ALL.into_iter().find(|period| period.as_str() == text).ok_or(PeriodError)
    }

    /// The ISO 8601 form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Hour => "PT1H",
            Self::Day => "P1D",
            Self::Week => "P7D",
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

text_form!(Period, PeriodError, "A period, ISO 8601", "P1D");
