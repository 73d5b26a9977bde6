//! Defects of a file as such: its encoding, its shape, its columns.

use super::code::finding_codes;
use super::{Describe, FindingCode};

finding_codes! {
    EMPTY = Error "empty-file", "The file is empty",
        "A file needs a header row and at least one row below it. An empty one is often an export that failed.";
}

/// What can be wrong with a file as such.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileDefect {
    /// No byte, or nothing but a byte-order mark and blank lines.
    Empty,
}

impl Describe for FileDefect {
    fn code(&self) -> &'static FindingCode {
        match self {
            Self::Empty => &EMPTY,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::Empty => "The file is empty.".to_owned(),
        }
    }

    fn remedy(&self) -> String {
        match self {
            Self::Empty => "Export the file again, and look whether it has rows before you choose it.".to_owned(),
        }
    }
}
