//! Defects of what names a held communication, event reference and Request ID, whichever file has them.

use super::code::finding_codes;
use super::{Describe, FindingCode};
use crate::identifiers::{ExchangedFile, QuarantineEventRefError, RequestIdError};

finding_codes! {
    EVENT_REF = Error "event-reference-form", "A value is not a quarantine event reference",
        "The reference of a quarantine event is 1 to 20 digits, exactly as the report has it. It is text: a spreadsheet that takes it for a number loses digits.";
    REQUEST_ID = Error "request-id-form", "A value is not a Request ID",
        "A Request ID is two EUI-64s and a counter joined by colons: originator, target, counter. Copy it from the report.";
    DIGITS_LOST = Warning "digits-perhaps-lost", "A long number ends in zeros",
        "Spreadsheets keep 15 digits of a number and put zeros for the rest. Compare the value with the report.";
    DUPLICATE = Error "duplicate-communication", "A communication is there twice",
        "A file names each communication of an event once. Of two rows, nobody can say which counts.";
}

/// What can be wrong with the name of a held communication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CommunicationDefect {
    /// Not a quarantine event reference.
    EventRefForm(QuarantineEventRefError, ExchangedFile),
    /// Not a Request ID.
    RequestIdForm(RequestIdError, ExchangedFile),
    /// Seventeen digits or more, with zeros from the sixteenth on.
    DigitsPerhapsLost(ExchangedFile),
    /// The communication is on an earlier line already.
    Duplicate {
        /// That line.
        first: u64,
        /// How the second row differs from that one.
        differs: RowsDiffer,
    },
}

/// How two rows of one communication differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowsDiffer {
    /// In nothing.
    No,
    /// In the action.
    Action,
    /// In what is reported of the communication.
    Details,
}

impl Describe for CommunicationDefect {
    fn code(&self) -> &'static FindingCode {
        match self {
            Self::EventRefForm(..) => &EVENT_REF,
            Self::RequestIdForm(..) => &REQUEST_ID,
            Self::DigitsPerhapsLost(_) => &DIGITS_LOST,
            Self::Duplicate { .. } => &DUPLICATE,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::EventRefForm(error, _) => format!("The value {error}."),
            Self::RequestIdForm(error, _) => format!("The value {error}."),
            Self::DigitsPerhapsLost(_) => {
                "The number ends in zeros: a spreadsheet may have lost its last digits.".to_owned()
            }
            Self::Duplicate { first, differs } => {
                let how = match differs {
                    RowsDiffer::No => "",
                    RowsDiffer::Action => ", with the other action",
                    RowsDiffer::Details => ", with other details",
                };
                format!("The communication is already on line {first}{how}.")
            }
        }
    }

    fn remedy(&self) -> String {
        match self {
            Self::EventRefForm(_, file) => {
                format!("Copy the reference from {}, as text.", source(*file))
            }
            Self::RequestIdForm(_, file) => format!("Copy the Request ID from {}.", source(*file)),
            Self::DigitsPerhapsLost(file) => format!("Compare it with {}.", source(*file)),
            Self::Duplicate { .. } => "Remove one of the two rows.".to_owned(),
        }
    }
}

/// Where whoever writes the file finds the right value.
const fn source(file: ExchangedFile) -> &'static str {
    match file {
        ExchangedFile::Report => "the system that holds the communication",
        ExchangedFile::Adt | ExchangedFile::ExitQuarantine => "the report",
    }
}
