//! Reading an ADT file.

use std::collections::BTreeSet;

use super::adt_check::AdtCheck;
use super::table::Table;
use super::{AdtRow, Sender};
use crate::finding::Findings;
use crate::identifiers::{Eui64, SrvOrAll};
use crate::instant::UtcTime;
use crate::profile::Profile;
use crate::thresholds::Period;

/// Reads an ADT file piece by piece, and checks all that can be checked without knowing what is in force.
#[derive(Debug)]
pub struct AdtReader(Table<AdtCheck>);

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
    pub fn new(profile: &Profile, sender: &Sender, now: UtcTime) -> Self {
        let mut limits = profile.files.clone();
        limits.max_rows = limits.max_rows.min(profile.adt.max_rows);
        Self(Table::new(
            AdtCheck::new(&profile.adt, sender, now),
            &limits,
        ))
    }

    /// Tells the reader what is in force, so that it can tell `7.1` from a damaged `7.10`.
    #[must_use]
    pub fn with_previous(mut self, keys: BTreeSet<(Eui64, SrvOrAll, Period)>) -> Self {
        self.0.check.set_previous(keys);
        self
    }

    /// Takes the next bytes of the file; how they are cut makes no difference.
    pub fn push(&mut self, bytes: &[u8]) {
        self.0.push(bytes);
    }

    /// The whole file has been pushed.
    pub fn finish(mut self) -> AdtReading {
        self.0.finish();
        let Table {
            check,
            mut findings,
            row_count,
            ..
        } = self.0;
        let rows = check.finish(&mut findings);
        AdtReading {
            rows,
            findings,
            row_count,
        }
    }
}
