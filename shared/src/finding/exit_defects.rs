//! Defects of the content of an Exit Quarantine file.

use super::code::finding_codes;
use super::{Describe, FindingCode};
use crate::identifiers::Eui64;

finding_codes! {
    ACTION = Error "unknown-action", "A value is neither Release nor Delete",
        "Each communication is either released or deleted. Leave a row out to keep its communication held.";
    FOREIGN_REQUEST = Error "foreign-request", "A communication is of another User",
        "The originator of the Request ID is not a User ID of your organisation, so you cannot decide about it.";
}

/// What can be wrong with the content of an Exit Quarantine file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExitDefect {
    /// Neither `Release` nor `Delete`; the one that may be meant.
    UnknownAction(Option<&'static str>),
    /// The originator is not a User ID of the sender.
    ForeignRequest(Eui64),
}

impl Describe for ExitDefect {
    fn code(&self) -> &'static FindingCode {
        match self {
            Self::UnknownAction(_) => &ACTION,
            Self::ForeignRequest(_) => &FOREIGN_REQUEST,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::UnknownAction(_) => "The value is neither Release nor Delete.".to_owned(),
            Self::ForeignRequest(originator) => {
                format!("The originator {originator} is not a User ID of your organisation.")
            }
        }
    }

    fn remedy(&self) -> String {
        match self {
            Self::UnknownAction(Some(meant)) => format!("Write {meant}, exactly so."),
            Self::UnknownAction(None) => {
                "Write Release or Delete, or remove the row to keep it held.".to_owned()
            }
            Self::ForeignRequest(_) => "Remove the row.".to_owned(),
        }
    }
}
