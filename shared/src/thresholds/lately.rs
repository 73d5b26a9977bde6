use std::collections::BTreeMap;

use super::{Comparison, HistoryEntry, ThresholdKey};
use crate::identifiers::Eui64;
use crate::instant::UtcTime;

/// For each key of a User ID, the lowest quarantine threshold that stood lately: what a raise is held to, so that
/// several small ones are no smaller than one large one.
///
/// What a reviewer accepted is a new beginning for its keys: what stood before no longer counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LowestLately {
    /// Whose thresholds.
    pub user_id: Eui64,
    levels: BTreeMap<ThresholdKey, u64>,
}

/// A level and the time in which it stood.
struct Stood {
    quarantine: u64,
    from: UtcTime,
    until: Option<UtcTime>,
    reviewed: bool,
}

impl LowestLately {
    /// What stood from `since` to `now`. `history` is newest first, and reaches back to an entry that
    /// [tells all](HistoryEntry::tells_all_since) since then, or to the first of all.
    pub fn of(user_id: Eui64, history: &[HistoryEntry], since: UtcTime, now: UtcTime) -> Self {
        let mut stood = BTreeMap::<ThresholdKey, Vec<Stood>>::new();
        for entry in history.iter().rev() {
            succeed(&mut stood, entry);
        }
        let levels = stood.into_iter().filter_map(|(key, rows)| {
            let lately: Vec<_> = rows
                .iter()
                .filter(|row| row.from <= now && row.until.is_none_or(|until| until > since))
                .collect();
            let begins = lately.iter().rposition(|row| row.reviewed).unwrap_or(0);
            let lowest = lately[begins..].iter().map(|row| row.quarantine).min()?;
            Some((key, lowest))
        });
        Self {
            user_id,
            levels: levels.collect(),
        }
    }

    /// The lowest level of a key; `None` if nothing stood.
    pub fn get(&self, key: &ThresholdKey) -> Option<u64> {
        self.levels.get(key).copied()
    }
}

impl HistoryEntry {
    /// Whether this entry and those after it tell all that stood from `since` on. An entry whose rows start later
    /// leaves earlier rows standing until then, and only the entries before it know those.
    pub fn tells_all_since(&self, since: UtcTime) -> bool {
        let started = |changes: &Comparison| {
            changes
                .thresholds
                .iter()
                .all(|row| row.new.is_none() || row.from.is_none_or(|from| from <= since))
        };
        self.origin.accepted_at <= since && started(&self.changes)
    }
}

/// Lets a statement take over from what stood: the same rule as in `UserThresholds`, with the past kept.
fn succeed(stood: &mut BTreeMap<ThresholdKey, Vec<Stood>>, entry: &HistoryEntry) {
    let accepted = entry.origin.accepted_at;
    let declared: BTreeMap<_, _> = entry
        .changes
        .thresholds
        .iter()
        .filter_map(|row| {
            let from = row.from.map_or(accepted, |from| from.max(accepted));
            Some((row.key, (row.new?.quarantine, from)))
        })
        .collect();
    for (key, rows) in &mut *stood {
        let ends = declared.get(key).map_or(accepted, |(_, from)| *from);
        rows.retain(|row| row.from < ends);
        if let Some(last) = rows.last_mut() {
            last.until = Some(last.until.map_or(ends, |until| until.min(ends)));
        }
    }
    for (key, (quarantine, from)) in declared {
        stood.entry(key).or_default().push(Stood {
            quarantine,
            from,
            until: None,
            reviewed: entry.origin.reviewer.is_some(),
        });
    }
}
