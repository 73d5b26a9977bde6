//! Defects of signatures.

use super::code::finding_codes;
use super::{Describe, FindingCode};

finding_codes! {}

/// What can be wrong with signatures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignatureDefect {}

impl Describe for SignatureDefect {
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
