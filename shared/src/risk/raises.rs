//! Which keys a statement raises, from what, and how much that comes to with the raises before it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::held_to::{Held, ended_beside, hours, remembered, scaled};
use super::{AdtCase, Growth, RiskRule};
use crate::identifiers::Eui64;
use crate::instant::UtcTime;
use crate::thresholds::{ComparedRow, Period, ThresholdKey};

/// A row that raises its key further than the profile's factor, by itself or with raises that no reviewer saw.
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
    /// When it starts; absent: on acceptance.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub starts: Option<UtcTime>,
    /// Present when it is that of an exception: its last instant. A standing threshold has none.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub exception_until: Option<UtcTime>,
    /// What the key grew by before, since a reviewer last saw it raised.
    pub growth_before: Growth,
    /// The same with this raise.
    pub growth: Growth,
}

/// What a statement does to one key that it names.
pub(super) struct KeyRaise {
    pub(super) key: ThresholdKey,
    /// What its rows come to, standing thresholds first.
    rows: Vec<RaisedRow>,
    /// What the key has grown by after this statement, unless a reviewer sees it as a raise.
    pub(super) product: Growth,
    /// The lowest new standing level.
    pub(super) standing: Option<u64>,
    /// The lowest new level of an exception.
    pub(super) exception: Option<u64>,
}

/// A row, with what its new level comes to beside each one that it is held to.
struct RaisedRow {
    new: u64,
    /// When it starts; `None`: on acceptance. As declared, so that what a reviewer sees does not change as that passes.
    starts: Option<UtcTime>,
    /// Whether it says what counts from acceptance on, and for good.
    stands_at_once: bool,
    /// The end of the exception that it is.
    until: Option<UtcTime>,
    /// The gravest first.
    steps: Vec<Step>,
}

impl RaisedRow {
    /// Whether a rule of raises fires of it, so that a reviewer sees its new level as a raise.
    fn is_shown(&self) -> bool {
        self.steps.iter().any(|step| step.rule.is_some())
    }
}

/// A new level beside one that it is held to.
struct Step {
    old: Held,
    product: Growth,
    rule: Option<RiskRule>,
}

impl Step {
    fn new(old: Held, new: u64, period: Period, factor: u64) -> Self {
        let raise = Growth::between(scaled(old.level, period), scaled(new, old.period));
        let product = old.growth.times(raise);
        // Only what is raised now can fire.
        let rule = if raise.exceeds(factor) {
            Some(RiskRule::RaiseOverFactor)
        } else if raise > Growth::ONE && product.exceeds(factor) {
            Some(RiskRule::RaiseInSteps)
        } else {
            None
        };
        Self { old, product, rule }
    }

    fn gravity(&self) -> (bool, bool, Growth) {
        let over = self.rule == Some(RiskRule::RaiseOverFactor);
        (over, self.rule.is_some(), self.product)
    }
}

impl KeyRaise {
    fn new(key: ThresholdKey, own: Growth) -> Self {
        Self {
            key,
            rows: Vec::new(),
            product: own,
            standing: None,
            exception: None,
        }
    }

    /// What the key has grown by once a reviewer accepted the statement.
    ///
    /// A raise that the reviewer saw of what stands from acceptance on is a new beginning. One of an exception, which passes, or of a
    /// threshold that starts later, is none for what stands until then: it only does not add. What no rule fired of counts on,
    /// whatever else was shown: else a raise of the year 9000, seen, would hide each raise of today. Only what lets no more through than
    /// the level that the reviewer saw for what stands begins anew with it.
    pub(super) fn after_review(&self, own: Growth) -> Growth {
        let (shown, unseen): (Vec<_>, Vec<_>) = self.rows.iter().partition(|row| row.is_shown());
        let at_once = shown.iter().filter(|row| row.stands_at_once);
        let accepted = at_once.map(|row| row.new).min();
        let before = accepted.map_or(own, |_| Growth::ONE);
        let counts_on = unseen
            .iter()
            .filter(|row| accepted.is_none_or(|accepted| row.new > accepted));
        let steps = counts_on.flat_map(|row| &row.steps);
        steps.map(|step| step.product).fold(before, Growth::max)
    }

    /// What a reviewer is shown of it: each row of which a rule of raises fires, by its gravest step.
    pub(super) fn seen(&self, user_id: Eui64) -> impl Iterator<Item = RaiseSeen> + '_ {
        self.rows
            .iter()
            .filter_map(move |row| self.row_seen(user_id, row))
    }

    fn row_seen(&self, user_id: Eui64, row: &RaisedRow) -> Option<RaiseSeen> {
        let step = row.steps.first()?;
        let old = scaled(step.old.level, self.key.period) / hours(step.old.period);
        Some(RaiseSeen {
            user_id,
            key: self.key,
            rule: step.rule?,
            old: u64::try_from(old).unwrap_or(u64::MAX),
            held_to: (step.old.period != self.key.period).then_some(step.old.period),
            new: row.new,
            starts: row.starts,
            exception_until: row.until,
            growth_before: step.old.growth,
            growth: step.product,
        })
    }
}

/// Every key that the statement names, in order.
pub(super) fn key_raises(case: &AdtCase<'_>, now: UtcTime, factor: u64) -> Vec<KeyRaise> {
    rows_by_key(case)
        .into_iter()
        .map(|(key, rows)| key_raise(case, key, &rows, now, factor))
        .collect()
}

fn rows_by_key(case: &AdtCase<'_>) -> BTreeMap<ThresholdKey, Vec<ComparedRow>> {
    let mut rows = BTreeMap::<_, Vec<_>>::new();
    for row in case.comparison.rows() {
        rows.entry(row.key).or_default().push(row);
    }
    rows
}

fn key_raise(
    case: &AdtCase<'_>,
    key: ThresholdKey,
    rows: &[ComparedRow],
    now: UtcTime,
    factor: u64,
) -> KeyRaise {
    let own = case.account.growth(&key);
    let mut raise = KeyRaise::new(key, own);
    let remembered = remembered(case, &key);
    let ended = ended_beside(case, &key, now);
    for row in rows {
        let Some(new) = row.new.map(|new| new.quarantine) else {
            continue;
        };
        let in_force = row.old.map(|old| Held {
            level: old.quarantine,
            period: key.period,
            growth: own,
        });
        let beside = ended.iter().filter(|ended| match in_force {
            Some(old) => ended.now && ended.held.is_tighter_than(&old),
            None => true,
        });
        let beside = beside.map(|ended| ended.held);
        let held = in_force.or(remembered).into_iter().chain(beside);
        let mut steps: Vec<_> = held
            .map(|held| Step::new(held, new, key.period, factor))
            .collect();
        steps.sort_by_key(|step| std::cmp::Reverse(step.gravity()));
        let lowest = if row.until.is_none() {
            &mut raise.standing
        } else {
            &mut raise.exception
        };
        *lowest = Some(lowest.map_or(new, |low| low.min(new)));
        let products = steps.iter().map(|step| step.product);
        raise.product = products.fold(raise.product, Growth::max);
        raise.rows.push(RaisedRow {
            new,
            starts: row.from,
            stands_at_once: row.until.is_none() && row.starts_after(now).is_none(),
            until: row.until,
            steps,
        });
    }
    raise
}
