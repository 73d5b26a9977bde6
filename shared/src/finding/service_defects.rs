//! Defects of a Service Reference Variant, whichever file has it.

use super::code::finding_codes;
use super::{Describe, FindingCode};
use crate::identifiers::Srv;

finding_codes! {
    SERVICE_DATE = Error "service-became-date", "A spreadsheet turned a service into a date",
        "Spreadsheets take 1.1.1 for the first of January 2001. Format the column as text before you enter or import the values.";
    TRAILING_ZERO = Error "trailing-zero-lost", "A spreadsheet took a zero away: 7.10 became 7.1",
        "To a spreadsheet 7.10 and 7.1 are one number; here they are two services. Format the column as text, and enter the value again.";
    SERVICE_FORM = Error "service-form", "A value is not a Service Reference Variant",
        "Services are written as two or three numbers joined by points, such as 7.2 or 6.15.1; ALL stands for the User ID's total.";
    UNKNOWN_SERVICE = Error "unknown-service", "There is no such service",
        "No service has this Service Reference Variant. Look it up in the list of services.";
    NON_CRITICAL = Error "non-critical-service", "The service is not critical",
        "Thresholds are set, and communications held, for critical services: those that can affect supply.";
}

/// What can be wrong with a Service Reference Variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServiceDefect {
    /// A date where a service belongs; the service that it may have been.
    BecameDate(Option<Srv>),
    /// The last zero of a service went.
    TrailingZeroLost {
        /// What is written.
        written: Srv,
        /// What was meant.
        meant: Srv,
    },
    /// Not a Service Reference Variant.
    Form {
        /// Whether `ALL` could stand there instead.
        or_all: bool,
    },
    /// Not in the table of services.
    Unknown(Srv),
    /// Neither critical nor allowed by the profile; its name.
    NonCritical(Srv, String),
}

impl Describe for ServiceDefect {
    fn code(&self) -> &'static FindingCode {
        match self {
            Self::BecameDate(_) => &SERVICE_DATE,
            Self::TrailingZeroLost { .. } => &TRAILING_ZERO,
            Self::Form { .. } => &SERVICE_FORM,
            Self::Unknown(_) => &UNKNOWN_SERVICE,
            Self::NonCritical(..) => &NON_CRITICAL,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::BecameDate(Some(meant)) => {
                format!("This is a date: a spreadsheet made it from {meant}.")
            }
            Self::BecameDate(None) => "This is a date, not a Service Reference Variant.".to_owned(),
            Self::TrailingZeroLost { written, meant } => {
                format!("A spreadsheet took a zero away: {written} looks like {meant} here.")
            }
            Self::Form { .. } => "The value is not a Service Reference Variant.".to_owned(),
            Self::Unknown(srv) => format!("There is no service {srv}."),
            Self::NonCritical(srv, name) => format!("{srv} {name} is not a critical service."),
        }
    }

    fn remedy(&self) -> String {
        match self {
            Self::BecameDate(Some(meant)) => {
                format!("Format the column as text, and enter {meant} again.")
            }
            Self::BecameDate(None) => {
                "Format the column as text, and enter the service again.".to_owned()
            }
            Self::TrailingZeroLost { meant, .. } => {
                format!("Format the column as text, and enter {meant}, if that is what you mean.")
            }
            Self::Form { or_all } => format!(
                "Write it as two or three numbers joined by points, such as 6.15.1{}.",
                if *or_all { ", or ALL" } else { "" }
            ),
            Self::Unknown(_) => "Look the service up in Help, and correct the value.".to_owned(),
            Self::NonCritical(..) => "Remove the row.".to_owned(),
        }
    }
}
