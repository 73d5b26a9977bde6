//! What was released and deleted lately: the account that the next exit file is held to.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use time::Duration;

use crate::identifiers::{Eui64, OrganisationId, SrvOrAll};
use crate::instant::UtcTime;
use crate::quarantine::ExitCheck;
use crate::thresholds::Period;

/// How many communications are released, altogether and by service.
pub type ReleaseCounts = BTreeMap<SrvOrAll, u64>;

/// What a file releases and deletes, by all whose account it counts on; who has nothing to count is left out.
pub type Releases = BTreeMap<Releaser, ExitCounts>;

/// Whose releases are counted together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case", tag = "kind", content = "id")]
pub enum Releaser {
    /// A User ID, whose thresholds say what it may release.
    User(Eui64),
    /// An organisation with all its User IDs, for the profile's numbers.
    Organisation(OrganisationId),
}

/// What one file, or several in a row, decided.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ExitCounts {
    /// How many communications are released.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, u64>))]
    pub released: ReleaseCounts,
    /// How many are deleted; only an organisation's are counted.
    #[serde(skip_serializing_if = "is_zero", default)]
    pub deleted: u64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's form")]
const fn is_zero(count: &u64) -> bool {
    *count == 0
}

impl ExitCounts {
    /// How many of a service, or of all together, are released.
    pub fn released(&self, srv: SrvOrAll) -> u64 {
        self.released.get(&srv).copied().unwrap_or_default()
    }

    fn add(&mut self, more: &Self) {
        for (srv, count) in &more.released {
            let sum = self.released.entry(*srv).or_default();
            *sum = sum.saturating_add(*count);
        }
        self.deleted = self.deleted.saturating_add(more.deleted);
    }

    fn parts(&self) -> usize {
        self.released.len() + usize::from(self.deleted > 0)
    }
}

/// What a file of this organisation decides: for each User ID what it releases, altogether and by service; for the
/// organisation what it releases and deletes altogether.
pub fn releases(check: &ExitCheck, organisation: &OrganisationId) -> Releases {
    let mut releases = Releases::new();
    let mut count = |releaser: Releaser, more: ExitCounts| {
        if more != ExitCounts::default() {
            releases.entry(releaser).or_default().add(&more);
        }
    };
    let release = |srv: SrvOrAll, count: u64| ExitCounts {
        released: (count > 0).then_some((srv, count)).into_iter().collect(),
        deleted: 0,
    };
    for event in &check.events {
        let user = Releaser::User(event.user_id);
        count(user.clone(), release(SrvOrAll::All, event.counts.release));
        for srv in &event.by_srv {
            count(user.clone(), release(srv.srv.into(), srv.counts.release));
        }
    }
    let altogether = ExitCounts {
        deleted: check.counts.delete,
        ..release(SrvOrAll::All, check.counts.release)
    };
    count(Releaser::Organisation(organisation.clone()), altogether);
    releases
}

/// What was released and deleted in the longest period, file by file.
///
/// It does not grow without end: where there would be more than [`Released::MOST_ENTRIES`], those closest in time become
/// one. That counts as if all of it was at the later instant, so never too little.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = Vec<ReleasedEntry>))]
#[serde(from = "Vec<ReleasedEntry>", into = "Vec<ReleasedEntry>")]
pub struct Released(Vec<ReleasedEntry>);

/// What was decided at an instant, or since the entry before it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ReleasedEntry {
    /// The instant.
    pub at: UtcTime,
    /// What.
    #[serde(flatten)]
    pub counts: ExitCounts,
}

impl From<Vec<ReleasedEntry>> for Released {
    fn from(mut entries: Vec<ReleasedEntry>) -> Self {
        entries.sort_by_key(|entry| entry.at);
        Self(entries)
    }
}

impl From<Released> for Vec<ReleasedEntry> {
    fn from(released: Released) -> Self {
        released.0
    }
}

impl Released {
    /// Entries that are kept apart. A file has up to 46 accounts and one transaction of 4 MB for them.
    pub const MOST_ENTRIES: usize = 256;
    /// Numbers that are kept apart, each with the name of a service beside it; one entry may have more.
    pub const MOST_NUMBERS: usize = 1_024;

    /// The entries, earliest first.
    pub fn entries(&self) -> &[ReleasedEntry] {
        &self.0
    }

    /// What was decided in the span of this length that ends now. What a faster clock recorded counts, too.
    pub fn within(&self, period: Period, now: UtcTime) -> ExitCounts {
        let start = now.plus(-period.length());
        let mut sum = ExitCounts::default();
        for entry in self.0.iter().filter(|entry| entry.at > start) {
            sum.add(&entry.counts);
        }
        sum
    }

    /// The account with what one more file decides at `now`.
    ///
    /// What left the longest period is kept for a day more: a clock that runs ahead by less makes nothing forgotten.
    #[must_use]
    pub fn plus(&self, more: &ExitCounts, now: UtcTime) -> Self {
        let kept_since = now.plus(-(Period::Week.length() + Duration::days(1)));
        let entries = self.0.iter().filter(|entry| entry.at > kept_since);
        let mut entries: Vec<_> = entries.cloned().collect();
        let position = entries.partition_point(|entry| entry.at < now);
        match entries.get_mut(position) {
            Some(known) if known.at == now => known.counts.add(more),
            _ => entries.insert(
                position,
                ReleasedEntry {
                    at: now,
                    counts: more.clone(),
                },
            ),
        }
        while is_too_large(&entries) {
            merge_closest(&mut entries);
        }
        Self(entries)
    }
}

fn is_too_large(entries: &[ReleasedEntry]) -> bool {
    let numbers: usize = entries.iter().map(|entry| entry.counts.parts()).sum();
    entries.len() > Released::MOST_ENTRIES
        || (numbers > Released::MOST_NUMBERS && entries.len() > 1)
}

/// Merges the two neighbours that are closest in time, of several the earliest.
fn merge_closest(entries: &mut Vec<ReleasedEntry>) {
    let gaps = entries.windows(2).map(|pair| pair[1].at.since(pair[0].at));
    if let Some((position, _)) = gaps.enumerate().min_by_key(|(_, gap)| *gap) {
        let earlier = entries.remove(position);
        entries[position].counts.add(&earlier.counts);
    }
}
