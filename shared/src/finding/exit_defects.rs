//! Defects of the content of an Exit Quarantine file.

use super::code::finding_codes;
use super::{Describe, FindingCode};
use crate::identifiers::{Eui64, QuarantineEventRefError, RequestIdError};

finding_codes! {
    EVENT_REF = Error "event-reference-form", "A value is not a quarantine event reference",
        "The reference of a quarantine event is 1 to 20 digits, exactly as the report has it. It is text: a spreadsheet that takes it for a number loses digits.";
    REQUEST_ID = Error "request-id-form", "A value is not a Request ID",
        "A Request ID is two EUI-64s and a counter joined by colons: originator, target, counter. Copy it from the report.";
    DIGITS_LOST = Warning "digits-perhaps-lost", "A long number ends in zeros",
        "Spreadsheets keep 15 digits of a number and put zeros for the rest. Compare the value with the report.";
    ACTION = Error "unknown-action", "A value is neither Release nor Delete",
        "Each communication is either released or deleted. Leave a row out to keep its communication held.";
    FOREIGN_REQUEST = Error "foreign-request", "A communication is of another User",
        "The originator of the Request ID is not a User ID of your organisation, so you cannot decide about it.";
    DUPLICATE = Error "duplicate-communication", "A communication is there twice",
        "Each communication is decided once. Of two rows, nobody can say which counts.";
}

/// What can be wrong with the content of an Exit Quarantine file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExitDefect {
    /// Not a quarantine event reference.
    EventRefForm(QuarantineEventRefError),
    /// Not a Request ID.
    RequestIdForm(RequestIdError),
    /// Seventeen digits or more, with zeros from the sixteenth on.
    DigitsPerhapsLost,
    /// Neither `Release` nor `Delete`; the one that may be meant.
    UnknownAction(Option<&'static str>),
    /// The originator is not a User ID of the sender.
    ForeignRequest(Eui64),
    /// The communication is on an earlier line already.
    Duplicate {
        /// That line.
        first: u64,
        /// Whether both rows say the same.
        same_action: bool,
    },
}

impl Describe for ExitDefect {
    fn code(&self) -> &'static FindingCode {
        match self {
            Self::EventRefForm(_) => &EVENT_REF,
            Self::RequestIdForm(_) => &REQUEST_ID,
            Self::DigitsPerhapsLost => &DIGITS_LOST,
            Self::UnknownAction(_) => &ACTION,
            Self::ForeignRequest(_) => &FOREIGN_REQUEST,
            Self::Duplicate { .. } => &DUPLICATE,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::EventRefForm(error) => format!("The value {error}."),
            Self::RequestIdForm(error) => format!("The value {error}."),
            Self::DigitsPerhapsLost => {
                "The number ends in zeros: a spreadsheet may have lost its last digits.".to_owned()
            }
            Self::UnknownAction(_) => "The value is neither Release nor Delete.".to_owned(),
            Self::ForeignRequest(originator) => {
                format!("The originator {originator} is not a User ID of your organisation.")
            }
            Self::Duplicate {
                first,
                same_action: true,
            } => format!("The communication is already on line {first}."),
            Self::Duplicate {
                first,
                same_action: false,
            } => {
                format!("The communication is already on line {first}, with the other action.")
            }
        }
    }

    fn remedy(&self) -> String {
        match self {
            Self::EventRefForm(_) => "Copy the reference from the report, as text.".to_owned(),
            Self::RequestIdForm(_) => "Copy the Request ID from the report.".to_owned(),
            Self::DigitsPerhapsLost => "Compare it with the report.".to_owned(),
            Self::UnknownAction(Some(meant)) => format!("Write {meant}, exactly so."),
            Self::UnknownAction(None) => {
                "Write Release or Delete, or remove the row to keep it held.".to_owned()
            }
            Self::ForeignRequest(_) => "Remove the row.".to_owned(),
            Self::Duplicate { .. } => "Remove one of the two rows.".to_owned(),
        }
    }
}
