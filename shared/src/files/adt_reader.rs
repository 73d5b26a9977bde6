//! Reading an ADT file.

use super::adt_check::AdtCheck;
use super::lost_zero::MaybeLostZero;
use super::table::Table;
use super::{AdtRow, Sender};
use crate::finding::Findings;
use crate::instant::UtcTime;
use crate::profile::Profile;

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
    /// Rows whose service may have lost a zero at its end: what is in force tells.
    pub maybe_lost_zeros: Vec<MaybeLostZero>,
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
        let (rows, maybe_lost_zeros) = check.finish(&mut findings);
        AdtReading {
            rows,
            findings,
            row_count,
            maybe_lost_zeros,
        }
    }
}
