use time::Duration;

use super::HeldCommunication;
use crate::identifiers::{Eui64, RequestId, Srv};
use crate::instant::UtcTime;

/// How many communications a page holds at most.
pub const PAGE_ROWS: usize = 8_192;

/// Milliseconds after the page's first time take this many bits, the service the others.
const AFTER_BITS: u32 = 48;
const AFTER_MASK: u64 = (1 << AFTER_BITS) - 1;

/// Up to [`PAGE_ROWS`] communications of one event and one originator, in order of Request ID, 24 bytes each.
///
/// A page never changes once it is written: decisions are kept beside it ([`super::PageDecisions`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldPage {
    pub(super) originator: Eui64,
    pub(super) since: UtcTime,
    pub(super) srvs: Vec<Srv>,
    pub(super) rows: Vec<PackedRow>,
}

/// A communication without what it shares with its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PackedRow {
    pub(super) target: u64,
    pub(super) counter: u64,
    /// Position in the table of services (16 bits), milliseconds after `since` (48 bits).
    srv_and_after: u64,
}

impl PackedRow {
    pub(super) const fn new(target: u64, counter: u64, srv: usize, after: u64) -> Self {
        Self {
            target,
            counter,
            srv_and_after: (srv as u64) << AFTER_BITS | after & AFTER_MASK,
        }
    }

    pub(super) const fn key(&self) -> (u64, u64) {
        (self.target, self.counter)
    }

    pub(super) const fn srv(&self) -> usize {
        (self.srv_and_after >> AFTER_BITS) as usize
    }

    pub(super) const fn after(&self) -> u64 {
        self.srv_and_after & AFTER_MASK
    }
}

/// Why communications do not make a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HeldPageError {
    /// None at all.
    #[error("a page holds at least one communication")]
    Empty,
    /// More than [`PAGE_ROWS`].
    #[error("a page holds at most 8,192 communications, not {0}")]
    TooMany(usize),
    /// One of them is of another originator.
    #[error("{0} is not of the page's originator")]
    OtherOriginator(RequestId),
    /// One of them does not come after the one before it.
    #[error("{0} stands out of order or twice")]
    Order(RequestId),
    /// More time lies between two of them than the page can tell (8,900 years).
    #[error("the times of {0} and of the page's first communication are too far apart")]
    TooLate(RequestId),
}

impl HeldPage {
    /// Makes a page of communications that stand in order of Request ID, each once, all of one originator.
    pub fn new(
        originator: Eui64,
        communications: &[HeldCommunication],
    ) -> Result<Self, HeldPageError> {
        let since = communications
            .iter()
            .map(|held| held.quarantined_at)
            .min()
            .ok_or(HeldPageError::Empty)?;
        if communications.len() > PAGE_ROWS {
            return Err(HeldPageError::TooMany(communications.len()));
        }
        let mut srvs: Vec<Srv> = communications.iter().map(|held| held.srv).collect();
        srvs.sort_unstable();
        srvs.dedup();
        let mut rows: Vec<PackedRow> = Vec::with_capacity(communications.len());
        for held in communications {
            let request = held.request;
            if request.originator != originator {
                return Err(HeldPageError::OtherOriginator(request));
            }
            let after = held.quarantined_at.unix_millis() - since.unix_millis();
            let after = u64::try_from(after)
                .ok()
                .filter(|after| *after <= AFTER_MASK)
                .ok_or(HeldPageError::TooLate(request))?;
            let srv = srvs.binary_search(&held.srv).unwrap_or_default();
            let row = PackedRow::new(request.target.value(), request.counter, srv, after);
            if rows.last().is_some_and(|last| last.key() >= row.key()) {
                return Err(HeldPageError::Order(request));
            }
            rows.push(row);
        }
        Ok(Self {
            originator,
            since,
            srvs,
            rows,
        })
    }

    /// Sorts an event's communications and cuts them into pages, in order of Request ID over all pages.
    pub fn paginate(
        originator: Eui64,
        mut communications: Vec<HeldCommunication>,
    ) -> Result<Vec<Self>, HeldPageError> {
        communications.sort_unstable_by_key(|held| (held.request.target, held.request.counter));
        if let Some(pair) = communications
            .windows(2)
            .find(|pair| pair[0].request == pair[1].request)
        {
            return Err(HeldPageError::Order(pair[1].request));
        }
        communications
            .chunks(PAGE_ROWS)
            .map(|chunk| Self::new(originator, chunk))
            .collect()
    }

    /// How many communications it holds: 1 to [`PAGE_ROWS`].
    #[expect(clippy::len_without_is_empty, reason = "a page is never empty")]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// The originator of every communication.
    pub const fn originator(&self) -> Eui64 {
        self.originator
    }

    /// When the first of its communications was held.
    pub const fn since(&self) -> UtcTime {
        self.since
    }

    /// The services on the page, in order.
    pub fn srvs(&self) -> &[Srv] {
        &self.srvs
    }

    /// The communication at a position.
    pub fn get(&self, position: usize) -> Option<HeldCommunication> {
        self.rows.get(position).map(|row| self.unpack(row))
    }

    /// All communications, in order of Request ID.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = HeldCommunication> + '_ {
        self.rows.iter().map(|row| self.unpack(row))
    }

    /// Where a communication stands on the page, if it does.
    pub fn position(&self, request: RequestId) -> Option<usize> {
        if request.originator != self.originator {
            return None;
        }
        let key = (request.target.value(), request.counter);
        self.rows.binary_search_by_key(&key, PackedRow::key).ok()
    }

    fn unpack(&self, row: &PackedRow) -> HeldCommunication {
        let after = i64::try_from(row.after()).expect("48 bits fit");
        HeldCommunication {
            request: RequestId {
                originator: self.originator,
                target: Eui64::new(row.target),
                counter: row.counter,
            },
            srv: self.srvs[row.srv()],
            quarantined_at: self.since.plus(Duration::milliseconds(after)),
        }
    }
}
