//! Which keys a statement raises, from what, and how much that comes to with the raises before it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::held_to::{Held, ended_beside, hours, remembered, scaled};
use super::{AdtCase, Growth, RiskRule};
use crate::identifiers::Eui64;
use crate::instant::UtcTime;
use crate::thresholds::{Period, ThresholdKey};

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
    /// What its rows come to, the gravest first.
    steps: Vec<Step>,
    /// What the key has grown by after this statement, unless a reviewer sees it as a raise.
    pub(super) product: Growth,
    /// The lowest new standing level.
    pub(super) standing: Option<u64>,
    /// The lowest new level of an exception.
    pub(super) exception: Option<u64>,
}

/// A new level beside one that it is held to.
struct Step {
    old: Held,
    new: u64,
    /// The end of the exception that it is the level of.
    until: Option<UtcTime>,
    product: Growth,
    rule: Option<RiskRule>,
}

impl Step {
    fn new(old: Held, row: &Row, period: Period, factor: u64) -> Self {
        let (new, until) = (row.new, row.until);
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
        Self {
            old,
            new,
            until,
            product,
            rule,
        }
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
            steps: Vec::new(),
            product: own,
            standing: None,
            exception: None,
        }
    }

    /// What the key has grown by once a reviewer accepted the statement. What the reviewer saw of a standing threshold is a
    /// new beginning. What was shown of an exception alone, which passes, is none for what stands: it only does not add.
    pub(super) fn after_review(&self, own: Growth) -> Growth {
        let shown = |step: &&Step| step.rule.is_some();
        if self
            .steps
            .iter()
            .any(|step| shown(&step) && step.until.is_none())
        {
            return Growth::ONE;
        }
        let unseen = self.steps.iter().filter(|step| !shown(step));
        unseen.map(|step| step.product).fold(own, Growth::max)
    }

    /// What a reviewer is shown of it: the gravest raise of what stands, and the gravest of its exceptions.
    pub(super) fn seen(&self, user_id: Eui64) -> impl Iterator<Item = RaiseSeen> + '_ {
        let gravest = |of_exception: bool| {
            let steps = self.steps.iter();
            let mut steps = steps.filter(move |step| step.until.is_some() == of_exception);
            steps.next()
        };
        let steps = [gravest(false), gravest(true)].into_iter().flatten();
        steps.filter_map(move |step| self.step_seen(user_id, step))
    }

    fn step_seen(&self, user_id: Eui64, step: &Step) -> Option<RaiseSeen> {
        let old = scaled(step.old.level, self.key.period) / hours(step.old.period);
        Some(RaiseSeen {
            user_id,
            key: self.key,
            rule: step.rule?,
            old: u64::try_from(old).unwrap_or(u64::MAX),
            held_to: (step.old.period != self.key.period).then_some(step.old.period),
            new: step.new,
            exception_until: step.until,
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

/// One row that stays or comes: its old level, its new one, and the end of an exception.
struct Row {
    old: Option<u64>,
    new: u64,
    until: Option<UtcTime>,
}

fn rows_by_key(case: &AdtCase<'_>) -> BTreeMap<ThresholdKey, Vec<Row>> {
    let mut rows = BTreeMap::<_, Vec<_>>::new();
    for (key, old, new, until) in case.comparison.rows() {
        let Some(new) = new else { continue };
        rows.entry(key).or_default().push(Row {
            old: old.map(|old| old.quarantine),
            new: new.quarantine,
            until,
        });
    }
    rows
}

fn key_raise(
    case: &AdtCase<'_>,
    key: ThresholdKey,
    rows: &[Row],
    now: UtcTime,
    factor: u64,
) -> KeyRaise {
    let own = case.account.growth(&key);
    let mut raise = KeyRaise::new(key, own);
    let remembered = remembered(case, &key);
    let ended = ended_beside(case, &key, now);
    for row in rows {
        let in_force = row.old.map(|level| Held {
            level,
            period: key.period,
            growth: own,
        });
        let beside = ended.iter().filter(|ended| match in_force {
            Some(old) => ended.now && ended.held.is_tighter_than(&old),
            None => true,
        });
        let beside = beside.map(|ended| ended.held);
        let held = in_force.or(remembered).into_iter().chain(beside);
        raise
            .steps
            .extend(held.map(|held| Step::new(held, row, key.period, factor)));
        let lowest = if row.until.is_none() {
            &mut raise.standing
        } else {
            &mut raise.exception
        };
        *lowest = Some(lowest.map_or(row.new, |low| low.min(row.new)));
    }
    let products = raise.steps.iter().map(|step| step.product);
    raise.product = products.fold(own, Growth::max);
    raise
        .steps
        .sort_by_key(|step| std::cmp::Reverse(step.gravity()));
    raise
}
