//! The communications of one event, kept small: 100,000 of them are 3.2 MB.

use super::SentRows;
use sluice_shared::identifiers::{Eui64, RequestId, Srv};
use sluice_shared::instant::UtcTime;
use sluice_shared::quarantine::{HeldCommunication, HeldState};

/// One communication, as rows show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Communication {
    pub request: RequestId,
    /// What it asks for.
    pub srv: Srv,
    pub quarantined_at: UtcTime,
    /// Where it stands at the service.
    pub state: HeldState,
}

/// All communications of an event, in the service's order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeldTable {
    originators: Vec<Eui64>,
    srvs: Vec<Srv>,
    rows: Vec<Packed>,
    sent: SentRows,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Packed {
    target: u64,
    counter: u64,
    quarantined_at: i64,
    originator: u16,
    srv: u16,
    state: HeldState,
}

impl HeldTable {
    /// Adds a communication after those that are there.
    pub fn push(&mut self, held: &HeldCommunication, state: HeldState) {
        let originator = place(&mut self.originators, held.request.originator);
        let srv = place(&mut self.srvs, held.srv);
        self.rows.push(Packed {
            target: held.request.target.value(),
            counter: held.request.counter,
            quarantined_at: held.quarantined_at.unix_millis(),
            originator,
            srv,
            state,
        });
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The communication at a place.
    ///
    /// # Panics
    /// When the place is not below [`HeldTable::len`].
    pub fn get(&self, row: usize) -> Communication {
        let packed = &self.rows[row];
        Communication {
            request: RequestId {
                originator: self.originators[usize::from(packed.originator)],
                target: Eui64::new(packed.target),
                counter: packed.counter,
            },
            srv: self.srvs[usize::from(packed.srv)],
            quarantined_at: UtcTime::from_unix_millis(packed.quarantined_at),
            state: packed.state,
        }
    }

    /// Where the communication at a place stands.
    pub fn state(&self, row: usize) -> HeldState {
        self.rows[row].state
    }

    /// What was sent of the rows, and is not settled.
    pub fn sent(&self) -> &SentRows {
        &self.sent
    }

    /// Says what was sent.
    pub fn set_sent(&mut self, sent: SentRows) {
        self.sent = sent;
    }

    /// Whether the communication at a place can be decided: it is held, and no decision about it was sent.
    pub fn is_open(&self, row: usize) -> bool {
        self.state(row) == HeldState::Held && self.sent.get(row).is_none()
    }

    /// The services that occur, in order.
    pub fn srvs(&self) -> Vec<Srv> {
        let mut srvs = self.srvs.clone();
        srvs.sort_unstable();
        srvs
    }

    /// How many can still be decided.
    pub fn open(&self) -> usize {
        (0..self.len()).filter(|row| self.is_open(*row)).count()
    }
}

/// The place of a value that occurs in few kinds; an event has one originator and a handful of services.
fn place<T: PartialEq>(known: &mut Vec<T>, value: T) -> u16 {
    let place = known
        .iter()
        .position(|other| *other == value)
        .unwrap_or_else(|| {
            known.push(value);
            known.len() - 1
        });
    u16::try_from(place).unwrap_or(u16::MAX)
}
