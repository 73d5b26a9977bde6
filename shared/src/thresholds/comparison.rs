use serde::{Deserialize, Serialize};

use super::{
    DeclaredException, DeclaredThreshold, Limits, Statement, ThresholdKey, UserThresholds,
};
use crate::identifiers::Eui64;
use crate::instant::UtcTime;

/// What becomes of the quarantine threshold of one key; when that stays, of its warning threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// More is let through than before.
    Raised,
    /// Less is let through than before.
    Lowered,
    /// Both levels stay.
    Same,
    /// Nothing was in force for this key.
    New,
    /// The key was in force and is not named any more: nothing limits it.
    Dropped,
}

/// What becomes of one exception.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ExceptionChange {
    /// It is new.
    Added,
    /// It stays for all the time that is left of it, with the same levels.
    Kept,
    /// It stays for all the time that is left of it, with other levels.
    Changed,
    /// Some or all of the time that is left of it is no longer covered.
    Dropped,
}

/// One key, before and after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ComparedThreshold {
    /// What is counted.
    #[serde(flatten)]
    pub key: ThresholdKey,
    /// The levels before: of all that stands in the time of the new row, those with the lowest quarantine threshold.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub old: Option<Limits>,
    /// The levels after.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub new: Option<Limits>,
    /// What that is.
    pub change: Change,
    /// New quarantine threshold over old, to three decimals; absent when there is no old one or it is 0.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub factor: Option<f64>,
    /// Whether a person should look twice: raised by more than the profile's factor, or dropped.
    pub big: bool,
    /// When the new row takes effect; absent: on acceptance.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub from: Option<UtcTime>,
}

/// One exception, before and after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ComparedException {
    /// What is counted.
    #[serde(flatten)]
    pub key: ThresholdKey,
    /// When it starts; absent: on acceptance.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub from: Option<UtcTime>,
    /// The first instant at which it no longer counts.
    pub to: UtcTime,
    /// The levels in force in that time before: the lowest quarantine threshold of them.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub old: Option<Limits>,
    /// Its levels after; absent when it is dropped.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub new: Option<Limits>,
    /// What that is.
    pub change: ExceptionChange,
    /// New quarantine threshold over old, to three decimals; absent when there is no old one or it is 0.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub factor: Option<f64>,
    /// Whether a person should look twice.
    pub big: bool,
}

/// What a standing threshold and an exception have in common, before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ComparedRow {
    /// What is counted.
    pub key: ThresholdKey,
    /// The levels before.
    pub old: Option<Limits>,
    /// The levels after; none of what is dropped.
    pub new: Option<Limits>,
    /// When it starts; none: on acceptance.
    pub from: Option<UtcTime>,
    /// The end of an exception; a standing threshold has none.
    pub until: Option<UtcTime>,
}

impl ComparedRow {
    /// When it starts, if that is later than `now`.
    pub fn starts_after(&self, now: UtcTime) -> Option<UtcTime> {
        self.from.filter(|from| *from > now)
    }
}

/// A statement beside what is in force.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Comparison {
    /// Whose thresholds.
    pub user_id: Eui64,
    /// Whether this is the first statement of the User ID.
    pub first: bool,
    /// In order of key.
    pub thresholds: Vec<ComparedThreshold>,
    /// In order of key and start.
    pub exceptions: Vec<ComparedException>,
}

impl Comparison {
    /// Every row, standing thresholds first.
    pub fn rows(&self) -> impl Iterator<Item = ComparedRow> + '_ {
        let standing = self.thresholds.iter().map(|row| ComparedRow {
            key: row.key,
            old: row.old,
            new: row.new,
            from: row.from,
            until: None,
        });
        let exceptions = self.exceptions.iter().map(|row| ComparedRow {
            key: row.key,
            old: row.old,
            new: row.new,
            from: row.from,
            until: Some(row.to),
        });
        standing.chain(exceptions)
    }

    /// How many rows are marked for a second look.
    pub fn big_changes(&self) -> usize {
        self.thresholds.iter().filter(|row| row.big).count()
            + self.exceptions.iter().filter(|row| row.big).count()
    }
}

/// Sets a new statement beside what is in force at `now`.
///
/// `factor` is the profile's: a quarantine threshold raised to more than `factor` times the old one is big.
pub fn compare(
    current: Option<&UserThresholds>,
    new: &Statement,
    now: UtcTime,
    factor: u64,
) -> Comparison {
    let mut thresholds: Vec<_> = new
        .standing
        .iter()
        .map(|row| compare_standing(current, row, now, factor))
        .collect();
    let mut exceptions: Vec<_> = new
        .exceptions
        .iter()
        .map(|row| compare_exception(current, row, now, factor))
        .collect();
    if let Some(current) = current {
        thresholds.extend(dropped_keys(current, new, now));
        exceptions.extend(dropped_exceptions(current, new, now));
    }
    thresholds.sort_by(|a, b| (&a.key, a.from).cmp(&(&b.key, b.from)));
    exceptions.sort_by(|a, b| (&a.key, a.from, a.to).cmp(&(&b.key, b.from, b.to)));
    Comparison {
        user_id: new.user_id,
        first: current.is_none(),
        thresholds,
        exceptions,
    }
}

fn compare_standing(
    current: Option<&UserThresholds>,
    row: &DeclaredThreshold,
    now: UtcTime,
    factor: u64,
) -> ComparedThreshold {
    let from = row.from.map_or(now, |from| from.max(now));
    let old = current.and_then(|current| lowest_standing(current, &row.key, from, None));
    ComparedThreshold {
        key: row.key,
        old,
        new: Some(row.limits),
        change: change(old, row.limits),
        factor: ratio(old, row.limits),
        big: old.is_some_and(|old| is_big(old, row.limits, factor)),
        from: row.from,
    }
}

fn compare_exception(
    current: Option<&UserThresholds>,
    row: &DeclaredException,
    now: UtcTime,
    factor: u64,
) -> ComparedException {
    let from = row.from.map_or(now, |from| from.max(now));
    let kept = current.and_then(|current| {
        current
            .exceptions
            .iter()
            .find(|old| old.key == row.key && old.from.max(now) == from && old.to == row.to)
    });
    let old = kept
        .map(|old| old.limits)
        .or_else(|| current.and_then(|current| lowest_in_force(current, row, from)));
    let change = match kept {
        Some(kept) if kept.limits == row.limits => ExceptionChange::Kept,
        Some(_) => ExceptionChange::Changed,
        None => ExceptionChange::Added,
    };
    ComparedException {
        key: row.key,
        from: row.from,
        to: row.to,
        old,
        new: Some(row.limits),
        change,
        factor: ratio(old, row.limits),
        big: old.is_some_and(|old| is_big(old, row.limits, factor)),
    }
}

/// Keys in force, or to be in force, that the new statement does not name.
fn dropped_keys(current: &UserThresholds, new: &Statement, now: UtcTime) -> Vec<ComparedThreshold> {
    let mut keys: Vec<_> = current
        .standing
        .iter()
        .filter(|old| old.until.is_none_or(|until| until > now))
        .map(|old| &old.key)
        .filter(|key| !new.standing.iter().any(|row| row.key == **key))
        .collect();
    keys.dedup();
    keys.into_iter()
        .map(|key| ComparedThreshold {
            key: *key,
            old: lowest_standing(current, key, now, None),
            new: None,
            change: Change::Dropped,
            factor: None,
            big: true,
            from: None,
        })
        .collect()
}

/// Exceptions with time left of which the new statement leaves some uncovered.
fn dropped_exceptions(
    current: &UserThresholds,
    new: &Statement,
    now: UtcTime,
) -> Vec<ComparedException> {
    current
        .exceptions
        .iter()
        .filter(|old| old.to > now)
        .filter(|old| {
            !new.exceptions.iter().any(|row| {
                let from = row.from.map_or(now, |from| from.max(now));
                row.key == old.key && from <= old.from.max(now) && row.to >= old.to
            })
        })
        .map(|old| ComparedException {
            key: old.key,
            from: Some(old.from),
            to: old.to,
            old: Some(old.limits),
            new: None,
            change: ExceptionChange::Dropped,
            factor: None,
            big: true,
        })
        .collect()
}

/// Of all that stands for a key from `from` up to `to`, the levels that let the least through.
///
/// The lowest, so that a planned lowering cannot be undone unseen by restating today's higher level.
fn lowest_standing(
    current: &UserThresholds,
    key: &ThresholdKey,
    from: UtcTime,
    to: Option<UtcTime>,
) -> Option<Limits> {
    current
        .standing
        .iter()
        .filter(|old| old.key == *key)
        .filter(|old| {
            old.until.is_none_or(|until| until > from) && to.is_none_or(|to| old.from < to)
        })
        .map(|old| old.limits)
        .min_by_key(|limits| limits.quarantine)
}

/// The lowest levels in force in the time of a new exception, earlier exceptions included.
fn lowest_in_force(
    current: &UserThresholds,
    row: &DeclaredException,
    from: UtcTime,
) -> Option<Limits> {
    let overlapping = current
        .exceptions
        .iter()
        .filter(|old| old.key == row.key && old.to > from && old.from < row.to)
        .map(|old| old.limits);
    overlapping
        .chain(lowest_standing(current, &row.key, from, Some(row.to)))
        .min_by_key(|limits| limits.quarantine)
}

fn change(old: Option<Limits>, new: Limits) -> Change {
    let Some(old) = old else { return Change::New };
    match (new.quarantine, new.warning).cmp(&(old.quarantine, old.warning)) {
        std::cmp::Ordering::Greater => Change::Raised,
        std::cmp::Ordering::Less => Change::Lowered,
        std::cmp::Ordering::Equal => Change::Same,
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a factor is shown and compared, never counted with"
)]
fn ratio(old: Option<Limits>, new: Limits) -> Option<f64> {
    let old = old.filter(|old| old.quarantine > 0)?;
    let factor = new.quarantine as f64 / old.quarantine as f64;
    // As it is shown, and short enough to be the same number wherever its JSON is read.
    Some((factor * 1000.0).round() / 1000.0)
}

fn is_big(old: Limits, new: Limits, factor: u64) -> bool {
    new.quarantine > old.quarantine
        && u128::from(new.quarantine) > u128::from(old.quarantine) * u128::from(factor)
}
