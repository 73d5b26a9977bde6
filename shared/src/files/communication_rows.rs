//! A million rows that each name a held communication, kept small.

use hashbrown::HashMap;

use super::communication_row::CommunicationRow;
use crate::identifiers::{Eui64, QuarantineEventRef, RequestId};

/// The rows of a file, each of one held communication: 24 bytes each and their details, with event references and originators kept once.
#[derive(Clone, Debug)]
pub struct CommunicationRows<R: CommunicationRow> {
    events: Vec<QuarantineEventRef>,
    event_indexes: HashMap<QuarantineEventRef, u32>,
    originators: Vec<Eui64>,
    originator_indexes: HashMap<Eui64, u32>,
    rows: Vec<Packed<R::Details>>,
}

/// A communication within the rows of one file.
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
struct Packed<D> {
    key: RowKey,
    details: D,
}

impl<R: CommunicationRow> CommunicationRows<R> {
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
    pub fn iter(&self) -> impl Iterator<Item = R> + '_ {
        self.rows.iter().map(|row| self.unpack(row))
    }

    /// The rows of one event, in the order of the file. Looks at every row: for each event in turn use [`CommunicationRows::by_event`].
    pub fn of_event<'a>(&'a self, event: &QuarantineEventRef) -> impl Iterator<Item = R> + 'a {
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

    /// The rows event by event, in the order of [`CommunicationRows::events`]. Takes 4 bytes a row while it lives.
    pub fn by_event(&self) -> RowsByEvent<'_, R> {
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

    pub(super) fn push(&mut self, key: &RowKey, details: R::Details) {
        self.rows.push(Packed { key: *key, details });
    }

    pub(super) fn row(&self, index: u32) -> R {
        self.unpack(&self.rows[index as usize])
    }

    /// A row of this communication, whether or not it is among these.
    pub(super) fn row_of_key(&self, key: &RowKey, details: R::Details) -> R {
        self.unpack(&Packed { key: *key, details })
    }

    pub(super) fn key_at(&self, index: u32) -> RowKey {
        self.rows[index as usize].key
    }

    fn request(&self, key: &RowKey) -> RequestId {
        RequestId {
            originator: self.originators[key.originator as usize],
            target: Eui64::new(key.target),
            counter: key.counter,
        }
    }

    /// No row follows: gives back what was reserved for more.
    pub(super) fn seal(&mut self) {
        self.event_indexes = HashMap::new();
        self.originator_indexes = HashMap::new();
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
        if let Some(last) = self.rows.last().map(|row| row.key.originator)
            && self.originators[last as usize] == originator
        {
            return last;
        }
        let next = u32::try_from(self.originators.len()).unwrap_or(u32::MAX);
        let index = *self.originator_indexes.entry(originator).or_insert(next);
        if index == next {
            self.originators.push(originator);
        }
        index
    }

    fn unpack(&self, row: &Packed<R::Details>) -> R {
        let event = self.events[row.key.event as usize];
        R::unpack(event, self.request(&row.key), row.details)
    }
}

impl<R: CommunicationRow> Default for CommunicationRows<R> {
    fn default() -> Self {
        Self {
            events: Vec::new(),
            event_indexes: HashMap::new(),
            originators: Vec::new(),
            originator_indexes: HashMap::new(),
            rows: Vec::new(),
        }
    }
}

impl<R: CommunicationRow> PartialEq for CommunicationRows<R> {
    fn eq(&self, other: &Self) -> bool {
        self.rows.len() == other.rows.len() && self.iter().eq(other.iter())
    }
}

impl<R: CommunicationRow + Eq> Eq for CommunicationRows<R> {}

/// Collects rows, without looking for one that is there twice.
impl<R: CommunicationRow> FromIterator<R> for CommunicationRows<R> {
    fn from_iter<I: IntoIterator<Item = R>>(rows: I) -> Self {
        let mut all = Self::default();
        for row in rows {
            let key = all.key(row.event(), row.request());
            all.push(&key, row.details());
        }
        all.seal();
        all
    }
}

/// The rows of a file, event by event.
#[derive(Debug)]
pub struct RowsByEvent<'a, R: CommunicationRow> {
    rows: &'a CommunicationRows<R>,
    starts: Vec<usize>,
    order: Vec<u32>,
}

impl<'a, R: CommunicationRow> RowsByEvent<'a, R> {
    /// Each event with its rows, in the order of the file.
    pub fn iter(
        &self,
    ) -> impl Iterator<Item = (QuarantineEventRef, impl ExactSizeIterator<Item = R> + '_)> + '_
    {
        let rows: &'a CommunicationRows<R> = self.rows;
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
