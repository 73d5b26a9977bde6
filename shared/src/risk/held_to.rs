//! What a new level is held to: the one in force, or what is remembered of the key and of its service.

use super::{AdtCase, Growth};
use crate::instant::UtcTime;
use crate::thresholds::{Change, Period, ThresholdKey};

/// A level that a new one is held to.
#[derive(Clone, Copy)]
pub(super) struct Held {
    pub(super) level: u64,
    pub(super) period: Period,
    /// What it had grown by.
    pub(super) growth: Growth,
}

impl Held {
    pub(super) fn is_tighter_than(&self, other: &Self) -> bool {
        scaled(self.level, other.period) < scaled(other.level, self.period)
    }
}

/// A limit of a service in another period that does not limit any more.
pub(super) struct Ended {
    pub(super) held: Held,
    /// Whether it ends with this statement, or ended before.
    pub(super) now: bool,
}

/// What a key is held to because the same service was limited more tightly in other periods, and is not any more:
/// otherwise a reviewer who accepts that a period is given up would not see what the one in its place lets through. One
/// that stays limits by itself, and a key beside it takes nothing away.
///
/// There may be two, and the looser one may have grown further: each is held against the key.
pub(super) fn ended_beside(case: &AdtCase<'_>, key: &ThresholdKey, now: UtcTime) -> Vec<Ended> {
    let other_periods = Period::ALL
        .into_iter()
        .filter(|period| *period != key.period);
    let others = other_periods.filter_map(|period| {
        let other = ThresholdKey { period, ..*key };
        Some((remembered(case, &other)?, stays(case, &other, now)))
    });
    let (staying, ended): (Vec<_>, Vec<_>) = others.partition(|(_, stays)| *stays);
    let dropped = |held: &Held| {
        case.comparison.thresholds.iter().any(|row| {
            row.change == Change::Dropped && row.key.srv == key.srv && row.key.period == held.period
        })
    };
    ended
        .into_iter()
        .map(|(held, _)| held)
        .filter(|held| staying.iter().all(|(stays, _)| held.is_tighter_than(stays)))
        .map(|held| Ended {
            held,
            now: dropped(&held),
        })
        .collect()
}

/// The level that a key has, or had last, with its growth.
pub(super) fn remembered(case: &AdtCase<'_>, key: &ThresholdKey) -> Option<Held> {
    let in_force = case.comparison.thresholds.iter();
    let in_force = in_force
        .filter(|row| row.key == *key)
        .find_map(|row| row.old);
    let level = in_force
        .map(|old| old.quarantine)
        .or_else(|| case.account.get(key).map(|known| known.level))?;
    Some(Held {
        level,
        period: key.period,
        growth: case.account.growth(key),
    })
}

/// Whether the key limits from acceptance on: it is named, and either stands now or starts at once.
fn stays(case: &AdtCase<'_>, key: &ThresholdKey, now: UtcTime) -> bool {
    let stands = case
        .current
        .is_some_and(|current| current.standing_at(key, now).is_some());
    case.comparison.thresholds.iter().any(|row| {
        row.key == *key && row.new.is_some() && (stands || row.from.is_none_or(|from| from <= now))
    })
}

/// A level times the length of a period, in hours: two levels compare as their rates do when each is scaled by the
/// period of the other.
pub(super) fn scaled(level: u64, by: Period) -> u128 {
    u128::from(level) * hours(by)
}

pub(super) const fn hours(period: Period) -> u128 {
    match period {
        Period::Hour => 1,
        Period::Day => 24,
        Period::Week => 168,
    }
}
