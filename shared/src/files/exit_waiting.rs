//! Rows that were read and are not in the table of communications yet.

use super::Action;
use super::exit_rows::RowKey;

/// Rows that wait together. Each meets the table at a place that is in no cache; one after the other in a short loop they
/// wait for memory all at once, where each on its own would hold up the reading.
pub(super) const TOGETHER: usize = 64;

/// A row that waits.
#[derive(Clone, Copy, Debug)]
pub(super) struct WaitingRow {
    pub(super) line: u64,
    pub(super) key: RowKey,
    pub(super) hash: u32,
    pub(super) action: Action,
}

/// The rows that wait, each with its Request ID as the file has it.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    rows: Vec<WaitingRow>,
    requests: Vec<u8>,
    /// Where each Request ID ends.
    ends: Vec<usize>,
}

impl Waiting {
    pub(super) fn push(&mut self, row: WaitingRow, request: &[u8]) {
        self.rows.push(row);
        self.requests.extend_from_slice(request);
        self.ends.push(self.requests.len());
    }

    pub(super) fn is_full(&self) -> bool {
        self.rows.len() >= TOGETHER
    }

    /// Each row with its place among those that wait.
    pub(super) fn rows(&self) -> impl Iterator<Item = (usize, WaitingRow)> + '_ {
        self.rows.iter().copied().enumerate()
    }

    /// The Request ID of the row at this place, as the file has it.
    pub(super) fn request(&self, place: usize) -> &[u8] {
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.requests[start..self.ends[place]]
    }

    pub(super) fn clear(&mut self) {
        self.rows.clear();
        self.requests.clear();
        self.ends.clear();
    }
}
