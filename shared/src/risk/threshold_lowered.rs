//! A quarantine threshold is lowered to nothing, or by so much that everyday communications would be held.

use super::wording::{plural, service, when};
use super::{AdtCase, RiskRule, RuleFired};
use crate::finding::grouped;
use crate::profile::RiskRules;
use crate::thresholds::ThresholdKey;

/// A row that is lowered too far.
struct Lowered {
    key: ThresholdKey,
    when: String,
    old: u64,
    new: u64,
}

/// A key that was left out and is declared again is held to the level that it had, as for raises.
pub(super) fn threshold_lowered(case: &AdtCase<'_>, rules: &RiskRules) -> Option<RuleFired> {
    let factor = rules.max_decrease_factor;
    let comparison = case.comparison;
    let lowered: Vec<_> = comparison
        .rows()
        .filter_map(|row| {
            let key = row.key;
            let old = row.old.map(|old| old.quarantine);
            let old = old.or_else(|| case.account.get(&key).map(|known| known.level))?;
            let new = row.new?.quarantine;
            is_far(old, new, factor).then(|| Lowered {
                key,
                when: when(row.from, row.until),
                old,
                new,
            })
        })
        .collect();
    // The lowest in proportion; of equal ones the first.
    let most = lowered.iter().min_by(|a, b| {
        let (left, right) = (
            u128::from(a.new) * u128::from(b.old),
            u128::from(b.new) * u128::from(a.old),
        );
        left.cmp(&right)
    })?;
    let user_id = comparison.user_id;
    let message = format!(
        "User ID {user_id}: {} lowered to 0 or to less than a part in {factor}, so that what was usual would be held. \
         The most: {} in {}, from {} to {}{}.",
        plural(
            lowered.len(),
            "quarantine threshold is",
            "quarantine thresholds are"
        ),
        service(most.key.srv),
        most.key.period.in_words(),
        grouped(most.old),
        grouped(most.new),
        most.when,
    );
    let fired = RuleFired::new(RiskRule::ThresholdLowered, message)
        .with("userId", user_id)
        .with("rows", lowered.len())
        .with("factor", factor)
        .with_key(&most.key);
    Some(fired.with("old", most.old).with("new", most.new))
}

/// To 0 is always too far, unless it was 0.
fn is_far(old: u64, new: u64, factor: u64) -> bool {
    u128::from(new) * u128::from(factor) < u128::from(old)
}
