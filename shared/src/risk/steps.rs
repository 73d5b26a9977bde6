use super::adt::{Raise, by_factor, plural, raises, service};
use super::{RiskRule, RuleFired};
use crate::finding::grouped;
use crate::profile::RiskRules;
use crate::thresholds::{Comparison, LowestLately};

/// A raise that is within the factor by itself, and beyond it together with those before it.
///
/// Exceptions are held to what stood, too: otherwise an exception could be raised in steps above a standing
/// threshold that never moves.
pub(super) fn raised_in_steps(
    comparison: &Comparison,
    lately: &LowestLately,
    rules: &RiskRules,
) -> Option<RuleFired> {
    let factor = rules.max_increase_factor;
    let beyond = |raise: Raise| {
        let lowest = lately.get(&raise.key)?;
        let most = u128::from(lowest) * u128::from(factor);
        (u128::from(raise.new.quarantine) > most).then_some((raise, lowest))
    };
    let raises: Vec<_> = raises(comparison, false).filter_map(beyond).collect();
    let (most, lowest) = raises.iter().max_by(|(a, low_a), (b, low_b)| {
        by_factor((*low_a, a.new.quarantine), (*low_b, b.new.quarantine))
    })?;
    let user_id = comparison.user_id;
    let (old, new) = (most.old.quarantine, most.new.quarantine);
    let days = rules.raise_window_days;
    let message = format!(
        "User ID {user_id}: {} raised in steps, together to more than {factor} times the lowest of the last {days} days. \
         The largest: {} in {}, from {} by way of {} to {}.",
        plural(
            raises.len(),
            "quarantine threshold is",
            "quarantine thresholds are"
        ),
        service(&most.key),
        most.key.period.in_words(),
        grouped(*lowest),
        grouped(old),
        grouped(new),
    );
    let fired = RuleFired::new(RiskRule::RaiseInSteps, message)
        .with("userId", user_id)
        .with("rows", raises.len())
        .with("factor", factor)
        .with("days", days);
    Some(
        fired
            .with_key(&most.key)
            .with("lowest", lowest)
            .with("old", old)
            .with("new", new),
    )
}
