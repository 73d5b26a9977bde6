//! How an event comes to be, and how it grows.

use super::srv_tally::SrvTally;
use super::{
    Breach, Counts, DecidedPage, HeldCommunication, HeldEvent, HeldPage, HeldPageError, HeldState,
    QuarantineEvent,
};
use crate::identifiers::{Eui64, OrganisationId, QuarantineEventRef};

/// An event that a report opens or adds to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventGrowth {
    /// The event as it is then.
    pub event: QuarantineEvent,
    /// The pages that are to be written beside those that are there. Those stay as they are: decisions are kept by position on them. So what
    /// is added begins anew, in order of Request ID on its own pages, and stands in no order to the others.
    pub pages: Vec<DecidedPage>,
    /// How many communications are added.
    pub added: u64,
}

/// What an event is by its first report.
#[derive(Clone, Copy, Debug)]
pub(super) struct NewEvent<'a> {
    pub(super) reference: QuarantineEventRef,
    pub(super) user_id: Eui64,
    pub(super) organisation: &'a OrganisationId,
    pub(super) breach: Breach,
}

impl NewEvent<'_> {
    /// The event with what it holds first; `None` where that is nothing.
    pub(super) fn open(
        self,
        held: Vec<HeldCommunication>,
    ) -> Result<Option<EventGrowth>, HeldPageError> {
        let Some(first) = held.iter().map(|held| held.quarantined_at).min() else {
            return Ok(None);
        };
        let event = QuarantineEvent {
            reference: self.reference,
            user_id: self.user_id,
            organisation: self.organisation.clone(),
            breach: self.breach,
            quarantined_at: first,
            pages: 0,
            counts: Counts::default(),
            by_srv: Vec::new(),
            deciding_for: None,
        };
        grow(event, held).map(Some)
    }
}

impl HeldEvent {
    /// The event with more that it holds, none of which is on its pages; `None` where there is nothing to add.
    pub(super) fn grow(
        &self,
        held: Vec<HeldCommunication>,
    ) -> Result<Option<EventGrowth>, HeldPageError> {
        if held.is_empty() {
            return Ok(None);
        }
        grow(self.event.clone(), held).map(Some)
    }
}

fn grow(
    mut event: QuarantineEvent,
    held: Vec<HeldCommunication>,
) -> Result<EventGrowth, HeldPageError> {
    let added = held.len() as u64;
    let earliest = held.iter().map(|held| held.quarantined_at).min();
    let pages = HeldPage::paginate(event.user_id, held)?;
    let pages: Vec<DecidedPage> = (event.pages..)
        .zip(pages)
        .map(|(number, page)| DecidedPage::held(number, page))
        .collect();
    // Reports may come out of order, and deadlines run from the first communication that was held.
    event.quarantined_at = earliest.map_or(event.quarantined_at, |earliest| {
        earliest.min(event.quarantined_at)
    });
    event.counts.held += added;
    let mut tally = SrvTally::from(std::mem::take(&mut event.by_srv));
    for page in &pages {
        tally.add_page(&page.page, |_| Some(HeldState::Held));
    }
    event.by_srv = tally.into_counts();
    event.pages = pages.last().map_or(event.pages, |page| page.number + 1);
    Ok(EventGrowth {
        event,
        pages,
        added,
    })
}
