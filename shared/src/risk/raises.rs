//! Which keys a statement raises, from what, and how much that comes to with the raises before it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{AdtCase, Growth, RiskRule};
use crate::identifiers::Eui64;
use crate::instant::UtcTime;
use crate::thresholds::{Change, Period, ThresholdKey};

/// A key that a statement raises further than the profile's factor, by itself or with raises that no reviewer saw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RaiseSeen {
    /// Whose threshold.
    pub user_id: Eui64,
    /// What is counted.
    #[serde(flatten)]
    pub key: ThresholdKey,
    /// [`RiskRule::RaiseOverFactor`] or [`RiskRule::RaiseInSteps`].
    pub rule: RiskRule,
    /// The level that the new one is held to: the one in force, or that the key or its service had before it was
    /// dropped, rounded down.
    pub old: u64,
    /// Present when that is the level of the same service in another period, which is not limited any more.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub held_to: Option<Period>,
    /// The new quarantine threshold.
    pub new: u64,
    /// What the key grew by before, since a reviewer last saw it raised.
    pub growth_before: Growth,
    /// The same with this raise.
    pub growth: Growth,
}

/// What a statement does to one key that it names.
pub(super) struct KeyRaise {
    pub(super) key: ThresholdKey,
    /// The row of the largest product.
    worst: RowRaise,
    /// The largest raise of any row, 1 when there is none.
    raise: Growth,
    /// What the key has grown by after this statement, unless a reviewer sees it as a raise.
    pub(super) product: Growth,
    /// The lowest new standing level.
    pub(super) standing: Option<u64>,
    /// The lowest new level of an exception, `u64::MAX` without any.
    pub(super) lowest_exception: u64,
}

#[derive(Clone, Copy)]
struct RowRaise {
    /// `None` when the row is held to nothing.
    old: Option<u64>,
    held_to: Option<Period>,
    new: u64,
    before: Growth,
    raise: Growth,
}

/// What a key is held to when nothing is in force for it.
#[derive(Clone, Copy)]
struct Remembered {
    level: u64,
    period: Period,
    growth: Growth,
}

impl KeyRaise {
    /// The rule that fires, if any: only what is raised now can fire.
    pub(super) fn fired(&self, factor: u64) -> Option<RiskRule> {
        if self.raise.exceeds(factor) {
            Some(RiskRule::RaiseOverFactor)
        } else if self.raise > Growth::ONE && self.product.exceeds(factor) {
            Some(RiskRule::RaiseInSteps)
        } else {
            None
        }
    }

    pub(super) fn seen(&self, user_id: Eui64, factor: u64) -> Option<RaiseSeen> {
        let rule = self.fired(factor)?;
        Some(RaiseSeen {
            user_id,
            key: self.key,
            rule,
            old: self.worst.old.unwrap_or_default(),
            held_to: self.worst.held_to,
            new: self.worst.new,
            growth_before: self.worst.before,
            growth: self.product,
        })
    }
}

/// Every key that the statement names, in order.
pub(super) fn key_raises(case: &AdtCase<'_>, now: UtcTime) -> Vec<KeyRaise> {
    rows_by_key(case)
        .into_iter()
        .map(|(key, rows)| key_raise(case, key, &rows, now))
        .collect()
}

/// One row that stays or comes: its old level, its new one, and whether it is a standing row.
struct Row {
    old: Option<u64>,
    new: u64,
    standing: bool,
}

fn rows_by_key(case: &AdtCase<'_>) -> BTreeMap<ThresholdKey, Vec<Row>> {
    let standing = case.comparison.thresholds.iter();
    let standing = standing.map(|row| (row.key, row.old, row.new, true));
    let exceptions = case.comparison.exceptions.iter();
    let exceptions = exceptions.map(|row| (row.key, row.old, row.new, false));
    let mut rows = BTreeMap::<_, Vec<_>>::new();
    for (key, old, new, standing) in standing.chain(exceptions) {
        let Some(new) = new else { continue };
        rows.entry(key).or_default().push(Row {
            old: old.map(|old| old.quarantine),
            new: new.quarantine,
            standing,
        });
    }
    rows
}

fn key_raise(case: &AdtCase<'_>, key: ThresholdKey, rows: &[Row], now: UtcTime) -> KeyRaise {
    let own = case.account.growth(&key);
    let held_to_nothing = rows.iter().any(|row| row.old.is_none());
    let remembered = held_to_nothing
        .then(|| remembered(case, &key, now))
        .flatten();
    let mut judged = KeyRaise {
        key,
        worst: RowRaise {
            old: None,
            held_to: None,
            new: 0,
            before: own,
            raise: Growth::ONE,
        },
        raise: Growth::ONE,
        product: own,
        standing: None,
        lowest_exception: u64::MAX,
    };
    for row in rows {
        let raise = row_raise(row, key.period, own, remembered);
        let product = raise.before.times(raise.raise);
        if product > judged.product || judged.worst.old.is_none() {
            judged.product = judged.product.max(product);
            judged.worst = raise;
        }
        judged.raise = judged.raise.max(raise.raise);
        if row.standing {
            judged.standing = Some(judged.standing.map_or(row.new, |low| low.min(row.new)));
        } else {
            judged.lowest_exception = judged.lowest_exception.min(row.new);
        }
    }
    judged
}

fn row_raise(row: &Row, period: Period, own: Growth, remembered: Option<Remembered>) -> RowRaise {
    let mut raise = RowRaise {
        old: row.old,
        held_to: None,
        new: row.new,
        before: own,
        raise: Growth::ONE,
    };
    if let Some(old) = row.old {
        raise.raise = Growth::between(old.into(), row.new.into());
    } else if let Some(held) = remembered {
        let (old, new) = (scaled(held.level, period), scaled(row.new, held.period));
        raise.old = Some(u64::try_from(old / hours(held.period)).unwrap_or(u64::MAX));
        raise.held_to = (held.period != period).then_some(held.period);
        raise.before = own.max(held.growth);
        raise.raise = Growth::between(old, new);
    }
    raise
}

/// What a key with nothing in force is held to: the level that it had, or the tightest of the same service in another
/// period, whichever allows less in the same time. Another period that is still limited holds by itself: a key beside it
/// takes nothing away.
fn remembered(case: &AdtCase<'_>, key: &ThresholdKey, now: UtcTime) -> Option<Remembered> {
    let known = Period::ALL.into_iter().filter_map(|period| {
        let other = ThresholdKey { period, ..*key };
        let held = Remembered {
            level: last_level(case, &other)?,
            period,
            growth: case.account.growth(&other),
        };
        Some((other, held))
    });
    let tightest = known.min_by(|(_, a), (_, b)| {
        // Of equal ones the one that stays.
        scaled(a.level, b.period).cmp(&scaled(b.level, a.period))
    });
    let (other, held) = tightest?;
    if other == *key || !stays(case, &other, now) {
        return Some(held);
    }
    case.account.get(key).map(|own| Remembered {
        level: own.level,
        period: key.period,
        growth: own.growth,
    })
}

/// The level that a key had last: what is dropped now, or what the account remembers.
fn last_level(case: &AdtCase<'_>, key: &ThresholdKey) -> Option<u64> {
    let dropped = case.comparison.thresholds.iter();
    let dropped = dropped
        .filter(|row| row.change == Change::Dropped && row.key == *key)
        .find_map(|row| row.old);
    dropped
        .map(|old| old.quarantine)
        .or_else(|| case.account.get(key).map(|known| known.level))
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

/// A level times the length of another period: of two levels and their periods, the products with the other's period
/// compare as their rates do.
fn scaled(level: u64, by: Period) -> u128 {
    u128::from(level) * hours(by)
}

const fn hours(period: Period) -> u128 {
    match period {
        Period::Hour => 1,
        Period::Day => 24,
        Period::Week => 168,
    }
}
