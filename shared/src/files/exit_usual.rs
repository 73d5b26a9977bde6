//! The usual row of an Exit Quarantine file, read at once.

use super::Action;
use super::communication_rows::RowKey;
use super::communication_usual::{UsualStart, after_line_end};
use crate::identifiers::{Eui64, QuarantineEventRef};

/// What usual rows are.
#[derive(Debug, Default)]
pub(super) struct UsualRows(UsualStart);

/// A usual row.
#[derive(Clone, Copy, Debug)]
pub(super) struct UsualRow {
    pub(super) key: RowKey,
    pub(super) action: Action,
    /// Its bytes, with its line end.
    pub(super) length: usize,
}

impl UsualRows {
    /// The longest usual row, without its line end.
    pub(super) const LONGEST: usize = UsualStart::LONGEST + 8;

    /// From now on a usual row has the event and the originator of this one, which was read the long way and has nothing odd.
    pub(super) fn follow(&mut self, key: &RowKey, event: QuarantineEventRef, originator: Eui64) {
        self.0.follow(key, event, originator);
    }

    /// The row that `data` starts with, if it is a usual one and all of it is there.
    pub(super) fn usual_row(&self, data: &[u8]) -> Option<UsualRow> {
        let (key, rest) = self.0.communication(data)?;
        let (action, rest) = if let Some(rest) = rest.strip_prefix(b",Release") {
            (Action::Release, rest)
        } else {
            (Action::Delete, rest.strip_prefix(b",Delete")?)
        };
        let rest = after_line_end(rest)?;
        Some(UsualRow {
            key,
            action,
            length: data.len() - rest.len(),
        })
    }
}
