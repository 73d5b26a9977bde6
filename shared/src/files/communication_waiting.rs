//! Rows that were read and are not in the table of communications yet.

use std::ops::Range;

use super::communication_rows::RowKey;

/// Rows that wait together. Each meets the table at a place that is in no cache; one after the other in a short loop they
/// wait for memory all at once, where each on its own would hold up the reading.
pub(super) const TOGETHER: usize = 64;

/// A row that waits.
#[derive(Clone, Copy, Debug)]
pub(super) struct WaitingRow<D> {
    pub(super) key: RowKey,
    pub(super) hash: u32,
    pub(super) details: D,
}

/// The rows that wait, each with its Request ID as the file has it.
#[derive(Debug)]
pub(super) struct Waiting<D> {
    rows: Vec<(WaitingRow<D>, Range<usize>)>,
    /// The Request IDs that the file writes otherwise than Sluice does.
    texts: Vec<u8>,
}

impl<D> Default for Waiting<D> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            texts: Vec::new(),
        }
    }
}

impl<D> Waiting<D> {
    /// Adds a row with its Request ID as the file has it; none: as Sluice writes it, too.
    pub(super) fn push(&mut self, row: WaitingRow<D>, request: Option<&[u8]>) {
        let start = self.texts.len();
        self.texts.extend_from_slice(request.unwrap_or_default());
        self.rows.push((row, start..self.texts.len()));
    }

    pub(super) fn is_full(&self) -> bool {
        self.rows.len() >= TOGETHER
    }

    /// Each row with its Request ID as the file has it; none: as Sluice writes it, too.
    pub(super) fn rows(&self) -> impl Iterator<Item = (&WaitingRow<D>, Option<&[u8]>)> + '_ {
        self.rows.iter().map(|(row, text)| {
            let request = Some(&self.texts[text.clone()]);
            (row, request.filter(|request| !request.is_empty()))
        })
    }

    pub(super) fn clear(&mut self) {
        self.rows.clear();
        self.texts.clear();
    }
}
