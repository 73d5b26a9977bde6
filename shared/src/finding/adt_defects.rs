//! Defects of the content of an ADT file.

use super::code::finding_codes;
use super::{Describe, FindingCode};

finding_codes! {}

/// What can be wrong with the content of an ADT file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AdtDefect {}

impl Describe for AdtDefect {
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
