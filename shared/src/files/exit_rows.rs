//! A million decisions, kept small.

use crate::identifiers::{Eui64, QuarantineEventRef, RequestId};

use super::{Action, ExitRow};

/// The rows of an Exit Quarantine file: 32 bytes each, with event references and originators kept once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExitRows {
    events: Vec<QuarantineEventRef>,
    originators: Vec<Eui64>,
    rows: Vec<Packed>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Packed {
    target: u64,
    counter: u64,
    line: u32,
    /// The index of the event.
    event: u32,
    /// The index of the originator, times two, plus one for `Delete`.
    originator_and_action: u32,
}

impl ExitRows {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The events that the rows name, each once, in the order in which the file first names them.
    pub fn events(&self) -> &[QuarantineEventRef] {
        &self.events
    }

    /// All rows, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = ExitRow> + '_ {
        self.rows.iter().map(|row| self.unpack(row))
    }

    /// The rows of one event, in the order of the file.
    pub fn of_event<'a>(&'a self, event: &QuarantineEventRef) -> impl Iterator<Item = ExitRow> + 'a {
        let index = self.events.iter().position(|known| known == event);
        self.rows.iter().filter(move |row| Some(row.event as usize) == index).map(|row| self.unpack(row))
    }

    fn unpack(&self, row: &Packed) -> ExitRow {
        ExitRow {
            line: u64::from(row.line),
            event: self.events[row.event as usize],
            request: RequestId {
                originator: self.originators[(row.originator_and_action >> 1) as usize],
                target: Eui64::new(row.target),
                counter: row.counter,
            },
            action: if row.originator_and_action & 1 == 0 { Action::Release } else { Action::Delete },
        }
    }
}
