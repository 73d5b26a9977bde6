use super::{Counts, HeldPage, HeldState, SrvCounts};
use crate::identifiers::Srv;

/// Counts communications by service, page by page.
#[derive(Debug, Default)]
pub(super) struct SrvTally(Vec<SrvCounts>);

impl From<Vec<SrvCounts>> for SrvTally {
    /// Goes on from counts in order of service.
    fn from(counts: Vec<SrvCounts>) -> Self {
        Self(counts)
    }
}

impl SrvTally {
    /// Counts a page's rows in the state that `state` says for their position; rows without one are left out.
    pub(super) fn add_page(&mut self, page: &HeldPage, state: impl Fn(usize) -> Option<HeldState>) {
        let mut counts = vec![Counts::default(); page.srvs.len()];
        for (position, row) in page.rows.iter().enumerate() {
            if let Some(state) = state(position) {
                counts[row.srv()].add(state);
            }
        }
        for (srv, counts) in page.srvs.iter().zip(counts) {
            self.add(*srv, counts);
        }
    }

    fn add(&mut self, srv: Srv, counts: Counts) {
        if counts.total() == 0 {
            return;
        }
        match self.0.binary_search_by_key(&srv, |known| known.srv) {
            Ok(at) => self.0[at].counts = self.0[at].counts.plus(counts),
            Err(at) => self.0.insert(at, SrvCounts { srv, counts }),
        }
    }

    /// The counts in order of service.
    pub(super) fn into_counts(self) -> Vec<SrvCounts> {
        self.0
    }
}
