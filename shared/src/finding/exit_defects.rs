//! Defects of the content of an Exit Quarantine file.

use super::code::finding_codes;
use super::{Describe, FindingCode};

finding_codes! {}

/// What can be wrong with the content of an Exit Quarantine file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExitDefect {}

impl Describe for ExitDefect {
    fn code(&self) -> &'static FindingCode {
        match *self {}
    }

    fn message(&self) -> String {
        match *self {}
    }

    fn remedy(&self) -> String {
        match *self {}
    }
}
