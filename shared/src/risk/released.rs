use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::identifiers::{Eui64, OrganisationId, SrvOrAll};
use crate::instant::UtcTime;
use crate::quarantine::ExitCheck;
use crate::thresholds::Period;

/// How many communications are released, altogether and by service.
pub type ReleaseCounts = BTreeMap<SrvOrAll, u64>;

/// What a file releases, by all whose account it counts on; who releases nothing is left out.
pub type Releases = BTreeMap<Releaser, ReleaseCounts>;

/// Whose releases are counted together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Releaser {
    /// A User ID, whose thresholds say what it may release.
    User(Eui64),
    /// An organisation with all its User IDs, for the profile's number.
    Organisation(OrganisationId),
}

/// What a file of this organisation releases: for each User ID altogether and by service, for the organisation
/// altogether.
pub fn releases(check: &ExitCheck, organisation: &OrganisationId) -> Releases {
    let mut releases = Releases::new();
    let mut count = |releaser: Releaser, srv: SrvOrAll, more: u64| {
        if more > 0 {
            *releases
                .entry(releaser)
                .or_default()
                .entry(srv)
                .or_default() += more;
        }
    };
    for event in &check.events {
        let user = Releaser::User(event.user_id);
        count(user.clone(), SrvOrAll::All, event.counts.release);
        for srv in &event.by_srv {
            count(user.clone(), srv.srv.into(), srv.counts.release);
        }
    }
    count(
        Releaser::Organisation(organisation.clone()),
        SrvOrAll::All,
        check.counts.release,
    );
    releases
}

/// What was released so far in the current window of each period: the account that the next file is held to.
///
/// There is one window for each period; the next one takes its place. So the account stays small for ever.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Released(BTreeMap<Period, ReleasedWindow>);

/// What was released since the start of a window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReleasedWindow {
    /// The window's first instant.
    pub start: UtcTime,
    /// How many since then.
    pub counts: ReleaseCounts,
}

impl ReleasedWindow {
    /// How many of a service, or of all together.
    pub fn count(&self, srv: SrvOrAll) -> u64 {
        self.counts.get(&srv).copied().unwrap_or_default()
    }
}

impl Released {
    /// The window of a period that something released at `now` falls into, with what it holds so far.
    ///
    /// A clock that is behind the one that opened the latest window counts in that window: otherwise it would open
    /// the earlier one anew, with nothing in it.
    pub fn window(&self, period: Period, now: UtcTime) -> ReleasedWindow {
        let start = period.window(now).start;
        match self.0.get(&period) {
            Some(known) if known.start >= start => known.clone(),
            _ => ReleasedWindow {
                start,
                counts: ReleaseCounts::new(),
            },
        }
    }

    /// The account with what one more file releases at `now`.
    #[must_use]
    pub fn plus(&self, more: &ReleaseCounts, now: UtcTime) -> Self {
        let windows = Period::ALL.into_iter().map(|period| {
            let mut window = self.window(period, now);
            for (srv, count) in more {
                let sum = window.counts.entry(*srv).or_default();
                *sum = sum.saturating_add(*count);
            }
            (period, window)
        });
        Self(windows.collect())
    }
}
