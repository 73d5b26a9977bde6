//! Reading an ADT file.

use std::collections::BTreeSet;

use super::{AdtRow, Sender};
use crate::finding::{FileDefect, Findings, Place};
use crate::identifiers::{Eui64, SrvOrAll};
use crate::instant::UtcTime;
use crate::profile::Profile;
use crate::thresholds::Period;

/// Reads an ADT file piece by piece.
#[derive(Debug)]
pub struct AdtReader {
    findings: Findings,
}

/// What an ADT file says, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdtReading {
    /// The rows that could be read, in order; a row with an error is not among them.
    pub rows: Vec<AdtRow>,
    /// What is wrong.
    pub findings: Findings,
    /// Rows below the header, those with errors included.
    pub row_count: u64,
}

impl AdtReader {
    /// A reader for a file of this sender that arrives `now`.
    pub fn new(_profile: &Profile, _sender: &Sender, _now: UtcTime) -> Self {
        Self { findings: Findings::new() }
    }

    /// Tells the reader what is in force, so that it can tell `7.1` from a damaged `7.10`.
    #[must_use]
    pub fn with_previous(self, _keys: BTreeSet<(Eui64, SrvOrAll, Period)>) -> Self {
        self
    }

    /// Takes the next bytes of the file.
    pub fn push(&mut self, _bytes: &[u8]) {}

    /// The whole file has been pushed.
    pub fn finish(mut self) -> AdtReading {
        self.findings.add(Place::file(), FileDefect::Empty);
        AdtReading { rows: Vec::new(), findings: self.findings, row_count: 0 }
    }
}
