//! Reading an Exit Quarantine file.

use super::exit_check::ExitRowCheck;
use super::table::Table;
use super::{Action, ExitRow, ExitRows, Sender};
use crate::finding::Findings;
use crate::profile::Profile;

/// Bytes of a short row: two EUI-64s alone take 46, and room for too many rows costs nothing until it is used.
const SHORT_ROW_BYTES: u64 = 64;

/// Reads an Exit Quarantine file piece by piece, and checks all that can be checked without knowing what is held.
#[derive(Debug)]
pub struct ExitReader(Table<ExitRowCheck>);

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
    pub fn new(profile: &Profile, sender: &Sender) -> Self {
        Self(Table::new(ExitRowCheck::new(sender), &profile.files))
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
    pub fn finish(mut self) -> ExitReading {
        self.0.finish();
        let Table {
            check,
            findings,
            row_count,
            ..
        } = self.0;
        let rows = check.finish();
        let releases = |row: &ExitRow| row.action == Action::Release;
        let release = rows.iter().filter(releases).count() as u64;
        let delete = rows.len() as u64 - release;
        ExitReading {
            rows,
            findings,
            row_count,
            release,
            delete,
        }
    }
}
