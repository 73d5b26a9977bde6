use std::fmt;

use time::Duration;

use crate::identifiers::text_form;
use crate::instant::UtcTime;

const HOUR_MILLIS: i64 = 3_600_000;
const DAY_MILLIS: i64 = 24 * HOUR_MILLIS;
const WEEK_MILLIS: i64 = 7 * DAY_MILLIS;
/// The Unix epoch was a Thursday; weeks start on Mondays.
const FIRST_MONDAY_MILLIS: i64 = 4 * DAY_MILLIS;

/// The time over which communications are counted against a threshold.
///
/// Periods are fixed windows of UTC, not sliding ones: the hour, the day, the week from Monday 00:00. So the DCC counts.
/// The rules of risk for releases are stricter on purpose: they count in any span as long as a period, wherever it
/// starts ([`Released`](crate::risk::Released)), for in fixed windows twice as much passes around the end of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// `PT1H`
    Hour,
    /// `P1D`
    Day,
    /// `P7D`
    Week,
}

/// Why a text is not a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not one of PT1H (an hour), P1D (a day), P7D (a week from Monday)")]
pub struct PeriodError;

/// One counting window: from `start` up to, but not including, `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first instant inside.
    pub start: UtcTime,
    /// The first instant after it.
    pub end: UtcTime,
}

impl Window {
    /// Whether an instant lies in the window.
    pub fn contains(&self, at: UtcTime) -> bool {
        self.start <= at && at < self.end
    }
}

impl Period {
    /// All periods, shortest first.
    pub const ALL: [Self; 3] = [Self::Hour, Self::Day, Self::Week];

    /// Reads the ISO 8601 form that files use. Only the exact text counts: `P1W` or `pt1h` is refused, so
    /// that one period has one spelling.
    pub fn parse(text: &str) -> Result<Self, PeriodError> {
        Self::ALL
            .into_iter()
            .find(|period| period.as_str() == text)
            .ok_or(PeriodError)
    }

    /// The form in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Hour => "PT1H",
            Self::Day => "P1D",
            Self::Week => "P7D",
        }
    }

    /// The form in a sentence: "an hour".
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Hour => "an hour",
            Self::Day => "a day",
            Self::Week => "a week",
        }
    }

    /// How long the window is.
    pub const fn length(self) -> Duration {
        Duration::milliseconds(self.millis())
    }

    /// The window that holds an instant.
    pub fn window(self, at: UtcTime) -> Window {
        let anchor = if matches!(self, Self::Week) {
            FIRST_MONDAY_MILLIS
        } else {
            0
        };
        let into = (at.unix_millis() - anchor).rem_euclid(self.millis());
        let start = at.plus(Duration::milliseconds(-into));
        Window {
            start,
            end: start.plus(self.length()),
        }
    }

    const fn millis(self) -> i64 {
        match self {
            Self::Hour => HOUR_MILLIS,
            Self::Day => DAY_MILLIS,
            Self::Week => WEEK_MILLIS,
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

text_form!(
    Period,
    PeriodError,
    "A counting period, ISO 8601",
    "P1D",
    "^(PT1H|P1D|P7D)$"
);
