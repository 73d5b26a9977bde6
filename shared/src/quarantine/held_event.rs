use std::collections::HashMap;
use std::hash::BuildHasher;

use serde::{Deserialize, Serialize};

use super::held_json::PageJson;
use super::srv_tally::SrvTally;
use super::{HeldPage, HeldState, PageDecisions, PageShare, QuarantineEvent, SrvCounts};
use crate::identifiers::{QuarantineEventRef, SubmissionId};

/// A quarantine event with what it holds: what an Exit Quarantine File is checked against.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldEvent {
    /// The event.
    pub event: QuarantineEvent,
    /// All its pages, in order.
    pub pages: Vec<DecidedPage>,
}

/// A page and what was decided about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "PageJson", into = "PageJson")]
pub struct DecidedPage {
    /// Its number in the event, from 0.
    pub number: u32,
    /// What it holds.
    pub page: HeldPage,
    /// What was decided.
    pub decisions: PageDecisions,
    /// By whom; used to say who decided, and to recognise a submission's own earlier try. May be left empty where
    /// nothing is decided, or where nobody needs to know.
    pub shares: Vec<PageShare>,
}

/// Where the check finds events.
///
/// A reference that is not there is unknown to the sender: an event of another organisation is, too.
pub trait HeldEvents {
    /// The event with this reference.
    fn find(&self, reference: &QuarantineEventRef) -> Option<&HeldEvent>;
}

impl HeldEvents for [HeldEvent] {
    fn find(&self, reference: &QuarantineEventRef) -> Option<&HeldEvent> {
        self.iter().find(|held| held.event.reference == *reference)
    }
}

impl<S: BuildHasher> HeldEvents for HashMap<QuarantineEventRef, HeldEvent, S> {
    fn find(&self, reference: &QuarantineEventRef) -> Option<&HeldEvent> {
        self.get(reference)
    }
}

impl HeldEvent {
    /// How many communications of each service stand where, counted from the pages, in order of service.
    pub fn count_by_srv(&self) -> Vec<SrvCounts> {
        let mut tally = SrvTally::default();
        for page in &self.pages {
            tally.add_page(&page.page, |position| Some(page.decisions.get(position)));
        }
        tally.into_counts()
    }
}

impl DecidedPage {
    /// A page of which nothing is decided.
    pub fn held(number: u32, page: HeldPage) -> Self {
        let decisions = PageDecisions::held(page.len());
        Self {
            number,
            page,
            decisions,
            shares: Vec::new(),
        }
    }

    /// What one submission recorded on this page, if it did.
    pub fn share_of(&self, submission: SubmissionId) -> Option<&PageShare> {
        self.shares
            .iter()
            .find(|share| share.submission == submission)
    }

    /// Who decided the row at a position, if that is known.
    pub fn share_for(&self, position: usize) -> Option<&PageShare> {
        self.shares
            .iter()
            .find(|share| share.decisions.get(position) != HeldState::Held)
    }
}
