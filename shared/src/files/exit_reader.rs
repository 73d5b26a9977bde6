//! Reading an Exit Quarantine file.

use super::{ExitRows, Sender};
use crate::finding::{FileDefect, Findings, Place};
use crate::profile::Profile;

/// Reads an Exit Quarantine file piece by piece.
#[derive(Debug)]
pub struct ExitReader {
    findings: Findings,
}

/// What an Exit Quarantine file says, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExitReading {
    /// The rows that could be read, in order; a row with an error is not among them.
    pub rows: ExitRows,
    /// What is wrong.
    pub findings: Findings,
    /// Rows below the header, those with errors included.
    pub row_count: u64,
    /// Rows among `rows` that say `Release`.
    pub release: u64,
    /// Rows among `rows` that say `Delete`.
    pub delete: u64,
}

impl ExitReader {
    /// A reader for a file of this sender.
    pub fn new(_profile: &Profile, _sender: &Sender) -> Self {
        Self { findings: Findings::new() }
    }

    /// Takes the next bytes of the file.
    pub fn push(&mut self, _bytes: &[u8]) {}

    /// The whole file has been pushed.
    pub fn finish(mut self) -> ExitReading {
        self.findings.add(Place::file(), FileDefect::Empty);
        ExitReading { rows: ExitRows::default(), findings: self.findings, row_count: 0, release: 0, delete: 0 }
    }
}
