//! The rows of a file that names each communication once.

use std::hash::BuildHasher;

use hashbrown::DefaultHashBuilder;

use super::communication_index::RowIndex;
use super::communication_row::CommunicationRow;
use super::communication_rows::{CommunicationRows, RowKey};
use super::communication_waiting::{Waiting, WaitingRow};
use crate::finding::{CommunicationDefect, Findings, Place};
use crate::identifiers::{QuarantineEventRef, RequestId};

/// Collects rows, and finds those whose communication is there already.
#[derive(Debug)]
pub(super) struct CommunicationsOnce<R: CommunicationRow> {
    rows: CommunicationRows<R>,
    /// The rows by communication.
    seen: RowIndex,
    hasher: DefaultHashBuilder,
    waiting: Waiting<R::Details>,
    /// The column of the Request ID, by its name.
    column: &'static str,
}

impl<R: CommunicationRow> CommunicationsOnce<R> {
    pub(super) fn new(column: &'static str) -> Self {
        Self {
            rows: CommunicationRows::default(),
            seen: RowIndex::default(),
            hasher: DefaultHashBuilder::default(),
            waiting: Waiting::default(),
            column,
        }
    }

    /// Makes room for so many rows: else the table is built anew each time it doubles.
    pub(super) fn reserve(&mut self, rows: u64) {
        let rows = usize::try_from(rows).unwrap_or_default();
        self.rows.reserve(rows);
        self.seen.reserve(rows);
    }

    /// The rows. Only what was settled is among them.
    pub(super) fn finish(mut self) -> CommunicationRows<R> {
        self.rows.seal();
        self.rows
    }

    pub(super) fn key(&mut self, event: QuarantineEventRef, request: RequestId) -> RowKey {
        self.rows.key(event, request)
    }

    /// Lets a row wait for its turn at the table. `request`: its Request ID as the file has it; none: as Sluice writes it, too.
    pub(super) fn wait(
        &mut self,
        key: RowKey,
        details: R::Details,
        request: Option<&[u8]>,
        findings: &mut Findings,
    ) {
        let hash = self.hash(key);
        let row = WaitingRow { key, hash, details };
        self.waiting.push(row, request);
        if self.waiting.is_full() {
            self.settle(findings);
        }
    }

    /// Adds the rows that wait, and reports those whose communication is there already.
    pub(super) fn settle(&mut self, findings: &mut Findings) {
        let waiting = std::mem::take(&mut self.waiting);
        self.seen.touch(waiting.rows().map(|(row, _)| row.hash));
        for (waiting, text) in waiting.rows() {
            if let Some(first) = self.add(waiting) {
                let first = self.rows.row(first);
                let row = self.rows.row_of_key(&waiting.key, waiting.details);
                let written = || row.request().to_string().into_bytes();
                let request = text.map_or_else(written, <[u8]>::to_vec);
                let place = Place::line(row.line()).column(self.column);
                let duplicate = CommunicationDefect::Duplicate {
                    first: first.line(),
                    differs: row.difference(&first),
                };
                findings.add(place.bytes(&request), duplicate);
            }
        }
        self.waiting = waiting;
        self.waiting.clear();
    }

    /// Adds a row that waited, unless its communication is there already: then the index of that one.
    fn add(&mut self, row: &WaitingRow<R::Details>) -> Option<u32> {
        let rows = &self.rows;
        let first = self
            .seen
            .add(row.hash, rows.next(), |other| rows.key_at(other) == row.key);
        if first.is_none() {
            self.rows.push(&row.key, row.details);
        }
        first
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "half of a hash tells a million communications apart; the rows decide"
    )]
    fn hash(&self, key: RowKey) -> u32 {
        self.hasher.hash_one(key) as u32
    }
}
