//! A million decisions, kept small.

use hashbrown::HashMap;

use crate::identifiers::{Eui64, QuarantineEventRef, RequestId};

use super::{Action, ExitRow};

/// The rows of an Exit Quarantine file: 32 bytes each, with event references and originators kept once.
#[derive(Clone, Debug, Default)]
pub struct ExitRows {
    events: Vec<QuarantineEventRef>,
    event_indexes: HashMap<QuarantineEventRef, u32>,
    originators: Vec<Eui64>,
    rows: Vec<Packed>,
}

/// A communication within one [`ExitRows`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct RowKey {
    pub(super) target: u64,
    pub(super) counter: u64,
    /// Its place among the events of the rows.
    pub(super) event: u32,
    /// Its place among the originators of the rows.
    pub(super) originator: u32,
}

#[derive(Clone, Copy, Debug)]
struct Packed {
    key: RowKey,
    /// The line, times two, plus one for `Delete`.
    line_and_action: u64,
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

    /// The rows of one event, in the order of the file. Looks at every row: for each event in turn use [`ExitRows::by_event`].
    pub fn of_event<'a>(
        &'a self,
        event: &QuarantineEventRef,
    ) -> impl Iterator<Item = ExitRow> + 'a {
        let index = self
            .events
            .iter()
            .zip(0..)
            .find(|(known, _)| *known == event)
            .map(|(_, index)| index);
        self.rows
            .iter()
            .filter(move |row| Some(row.key.event) == index)
            .map(|row| self.unpack(row))
    }

    /// The rows event by event, in the order of [`ExitRows::events`]. Takes 4 bytes a row while it lives.
    pub fn by_event(&self) -> RowsByEvent<'_> {
        let mut starts = vec![0_usize; self.events.len() + 1];
        for row in &self.rows {
            starts[row.key.event as usize + 1] += 1;
        }
        for event in 1..starts.len() {
            starts[event] += starts[event - 1];
        }
        let mut next = starts.clone();
        let mut order = vec![0_u32; self.rows.len()];
        for (row, index) in self.rows.iter().zip(0_u32..) {
            let place = &mut next[row.key.event as usize];
            order[*place] = index;
            *place += 1;
        }
        RowsByEvent {
            rows: self,
            starts,
            order,
        }
    }

    pub(super) fn key(&mut self, event: QuarantineEventRef, request: RequestId) -> RowKey {
        RowKey {
            target: request.target.value(),
            counter: request.counter,
            event: self.intern_event(event),
            originator: self.intern_originator(request.originator),
        }
    }

    pub(super) fn reserve(&mut self, rows: usize) {
        self.rows.reserve_exact(rows);
    }

    /// The index of the row that is added next.
    pub(super) fn next(&self) -> u32 {
        u32::try_from(self.rows.len()).unwrap_or(u32::MAX)
    }

    pub(super) fn push(&mut self, line: u64, key: &RowKey, action: Action) {
        let line_and_action = line << 1 | u64::from(action == Action::Delete);
        self.rows.push(Packed {
            key: *key,
            line_and_action,
        });
    }

    pub(super) fn row(&self, index: u32) -> ExitRow {
        self.unpack(&self.rows[index as usize])
    }

    pub(super) fn key_at(&self, index: u32) -> RowKey {
        self.rows[index as usize].key
    }

    pub(super) fn request(&self, key: &RowKey) -> RequestId {
        RequestId {
            originator: self.originators[key.originator as usize],
            target: Eui64::new(key.target),
            counter: key.counter,
        }
    }

    /// No row follows: gives back what was reserved for more.
    pub(super) fn seal(&mut self) {
        self.event_indexes = HashMap::new();
    }

    fn intern_event(&mut self, event: QuarantineEventRef) -> u32 {
        // Rows of one event mostly stand together.
        if let Some(last) = self.rows.last().map(|row| row.key.event)
            && self.events[last as usize] == event
        {
            return last;
        }
        let next = u32::try_from(self.events.len()).unwrap_or(u32::MAX);
        let index = *self.event_indexes.entry(event).or_insert(next);
        if index == next {
            self.events.push(event);
        }
        index
    }

    fn intern_originator(&mut self, originator: Eui64) -> u32 {
        // As few as an organisation has User IDs, so there is nothing to gain from a map.
        let known = self
            .originators
            .iter()
            .position(|known| *known == originator);
        let index = known.unwrap_or_else(|| {
            self.originators.push(originator);
            self.originators.len() - 1
        });
        u32::try_from(index).unwrap_or(u32::MAX)
    }

    fn unpack(&self, row: &Packed) -> ExitRow {
        ExitRow {
            line: row.line_and_action >> 1,
            event: self.events[row.key.event as usize],
            request: self.request(&row.key),
            action: if row.line_and_action & 1 == 0 {
                Action::Release
            } else {
                Action::Delete
            },
        }
    }
}

impl PartialEq for ExitRows {
    fn eq(&self, other: &Self) -> bool {
        self.rows.len() == other.rows.len() && self.iter().eq(other.iter())
    }
}

impl Eq for ExitRows {}

/// Collects rows, without looking for one that is there twice.
impl FromIterator<ExitRow> for ExitRows {
    fn from_iter<I: IntoIterator<Item = ExitRow>>(rows: I) -> Self {
        let mut all = Self::default();
        for row in rows {
            let key = all.key(row.event, row.request);
            all.push(row.line, &key, row.action);
        }
        all.seal();
        all
    }
}

/// The rows of an Exit Quarantine file, event by event.
#[derive(Debug)]
pub struct RowsByEvent<'a> {
    rows: &'a ExitRows,
    starts: Vec<usize>,
    order: Vec<u32>,
}

impl<'a> RowsByEvent<'a> {
    /// Each event with its rows, in the order of the file.
    pub fn iter(
        &self,
    ) -> impl Iterator<
        Item = (
            QuarantineEventRef,
            impl ExactSizeIterator<Item = ExitRow> + '_,
        ),
    > + '_ {
        let rows: &'a ExitRows = self.rows;
        rows.events
            .iter()
            .zip(self.starts.windows(2))
            .map(move |(event, range)| {
                (
                    *event,
                    self.order[range[0]..range[1]]
                        .iter()
                        .map(move |index| rows.row(*index)),
                )
            })
    }
}
