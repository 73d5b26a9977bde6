//! Defects of a date and time, whichever file has it.

use super::code::finding_codes;
use super::{Describe, FindingCode};
use crate::instant::UtcTime;

finding_codes! {
    DATE_FORM = Error "date-form", "A date is not in the right form",
        "Dates and times are written as 2026-11-03T14:05:00Z: year first, and Z for UTC.";
    DATE_NOT_UTC = Error "date-not-utc", "A time is not in UTC",
        "Times are in UTC and end in Z. In British summer time UTC is one hour behind the clock.";
    DATE_IMPOSSIBLE = Error "date-impossible", "A date does not exist",
        "There is no such day or time, such as 30 February or 25 o'clock.";
    DATE_TOO_FINE = Error "date-too-fine", "A time is finer than a millisecond",
        "Times are kept to the millisecond: three digits after the point at most.";
}

/// What can be wrong with a date and time by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InstantDefect {
    /// Not RFC 3339.
    Form {
        /// The instant that it means, if that can be told.
        meant: Option<UtcTime>,
        /// Whether the value could be left empty.
        or_empty: bool,
    },
    /// An offset that is not UTC's; the same instant in UTC.
    NotUtc(Option<UtcTime>),
    /// No such day or time; the instant that it means, if that can be told.
    Impossible(Option<UtcTime>),
    /// More than three digits of a second's fraction.
    TooFine,
}

impl Describe for InstantDefect {
    fn code(&self) -> &'static FindingCode {
        match self {
            Self::Form { .. } => &DATE_FORM,
            Self::NotUtc(_) => &DATE_NOT_UTC,
            Self::Impossible(_) => &DATE_IMPOSSIBLE,
            Self::TooFine => &DATE_TOO_FINE,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::Form { .. } => "The value is not a date and time in the right form.",
            Self::NotUtc(_) => "The time is not in UTC.",
            Self::Impossible(_) => "There is no such date or time.",
            Self::TooFine => "The time is finer than a millisecond.",
        }
        .to_owned()
    }

    fn remedy(&self) -> String {
        match self {
            Self::Form {
                meant: Some(meant), ..
            }
            | Self::Impossible(Some(meant)) => format!("Write {meant}."),
            Self::NotUtc(Some(meant)) => format!("Write {meant}, which is the same time in UTC."),
            Self::Form { or_empty, .. } => format!(
                "Write date and time in UTC as YYYY-MM-DDThh:mm:ssZ{}.",
                if *or_empty {
                    ", or leave the value empty if you mean none"
                } else {
                    ""
                }
            ),
            Self::NotUtc(None) => "Convert it to UTC, and end it in Z.".to_owned(),
            Self::Impossible(None) => "Correct the date or the time.".to_owned(),
            Self::TooFine => "Leave out the digits after the millisecond.".to_owned(),
        }
    }
}
