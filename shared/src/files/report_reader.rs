//! Reading a Report File.

use super::ReportRows;
use super::report_check::ReportRowCheck;
use super::table::Table;
use crate::finding::Findings;
use crate::instant::UtcTime;
use crate::profile::Profile;

/// Bytes of a short row: three EUI-64s, a breach and a time alone take 110, and room for too many rows costs nothing until it is used.
const SHORT_ROW_BYTES: u64 = 112;

/// Reads a Report File piece by piece, and checks all that can be checked without knowing what is held, and whose the User IDs are.
#[derive(Debug)]
pub struct ReportReader(Table<ReportRowCheck>);

/// What a Report File says, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportReading {
    /// The rows that could be read, in order; a row with an error is not among them. All rows of an event have one User ID and one breach.
    pub rows: ReportRows,
    /// What is wrong.
    pub findings: Findings,
    /// Rows below the header, those with errors included.
    pub row_count: u64,
}

impl ReportReader {
    /// A reader for a file that was received then, by the clock of whoever reads: no communication is held from a later time.
    pub fn new(profile: &Profile, received_at: UtcTime) -> Self {
        let check = ReportRowCheck::new(profile, received_at);
        Self(Table::new(check, &profile.files))
    }

    /// Makes room at once for the rows of a file of so many bytes, where its length is known. The file may still be shorter or longer.
    #[must_use]
    pub fn expecting(mut self, bytes: u64) -> Self {
        let rows = (bytes / SHORT_ROW_BYTES).min(self.0.limits.max_rows);
        self.0.check.reserve(rows);
        self
    }

    /// Takes the next bytes of the file; how they are cut makes no difference.
    pub fn push(&mut self, bytes: &[u8]) {
        self.0.push(bytes);
    }

    /// The whole file has been pushed.
    pub fn finish(mut self) -> ReportReading {
        self.0.finish();
        let Table {
            check,
            findings,
            row_count,
            ..
        } = self.0;
        ReportReading {
            rows: check.finish(),
            findings,
            row_count,
        }
    }
}
