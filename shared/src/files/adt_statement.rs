//! What an ADT file has stated so far: enough to see what is there twice, what overlaps and what is missing.

use std::collections::{BTreeMap, BTreeSet};

use super::AdtRow;
use crate::identifiers::{Eui64, Srv, SrvOrAll};
use crate::instant::UtcTime;
use crate::period::Period;

type Key = (Eui64, SrvOrAll, Period);

/// The rows so far, by what they are about.
#[derive(Debug, Default)]
pub(super) struct RowsSoFar {
    user_ids: BTreeMap<Eui64, Services>,
    standing: BTreeMap<Key, u64>,
    /// By start: the end and the line. None of one key overlap, so a new one can only touch its neighbours.
    exceptions: BTreeMap<Key, BTreeMap<UtcTime, (UtcTime, u64)>>,
}

#[derive(Debug, Default)]
struct Services {
    named: BTreeSet<Srv>,
    standing: BTreeSet<Srv>,
}

/// The line of the row that a new one is at odds with.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Conflict {
    /// Another standing row of the same key.
    Standing(u64),
    /// An exception of the same key that overlaps.
    Exception(u64),
}

impl RowsSoFar {
    /// The file names this User ID.
    pub(super) fn name(&mut self, user_id: Eui64) {
        self.user_ids.entry(user_id).or_default();
    }

    /// The file has a row for this service, whatever else is wrong with it.
    pub(super) fn see(&mut self, user_id: Eui64, srv: Srv, standing: bool) {
        let services = self.user_ids.entry(user_id).or_default();
        services.named.insert(srv);
        if standing {
            services.standing.insert(srv);
        }
    }

    /// Adds a row, unless it is at odds with an earlier one.
    pub(super) fn add(&mut self, row: &AdtRow, now: UtcTime) -> Option<Conflict> {
        let key = (row.user_id, row.srv, row.period);
        let Some(to) = row.to else {
            if let Some(line) = self.standing.get(&key) {
                return Some(Conflict::Standing(*line));
            }
            self.standing.insert(key, row.line);
            return None;
        };
        let from = row.from.unwrap_or(now);
        let others = self.exceptions.entry(key).or_default();
        // The last that starts before this one ends is the only one that can reach into it.
        if let Some((_, (end, line))) = others.range(..to).next_back()
            && *end > from
        {
            return Some(Conflict::Exception(*line));
        }
        others.insert(from, (to, row.line));
        None
    }

    /// The User IDs that the file names.
    pub(super) fn user_ids(&self) -> impl Iterator<Item = Eui64> + '_ {
        self.user_ids.keys().copied()
    }

    /// Whether the file has a row for this service.
    pub(super) fn names(&self, user_id: Eui64, srv: Srv) -> bool {
        self.user_ids
            .get(&user_id)
            .is_some_and(|services| services.named.contains(&srv))
    }

    /// Whether the file has a standing row for this service.
    pub(super) fn has_standing(&self, user_id: Eui64, srv: Srv) -> bool {
        self.user_ids
            .get(&user_id)
            .is_some_and(|services| services.standing.contains(&srv))
    }
}
