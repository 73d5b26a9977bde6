//! Defects of an Exit Quarantine file beside what is held.

use super::code::finding_codes;
use super::{Describe, FindingCode};

finding_codes! {}

/// What can be wrong with an Exit Quarantine file beside what is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeldDefect {}

impl Describe for HeldDefect {
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
