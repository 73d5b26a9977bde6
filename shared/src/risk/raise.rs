//! A quarantine threshold is raised beyond the profile's factor, at once or in steps that no reviewer saw.

use super::wording::{plural, service, when};
use super::{Growth, RaiseSeen, RiskRule, RuleFired};
use crate::finding::grouped;
use crate::profile::RiskRules;

/// Raises that are beyond the factor by themselves.
pub(super) fn raised_over_factor(seen: &[RaiseSeen], rules: &RiskRules) -> Option<RuleFired> {
    let rule = RiskRule::RaiseOverFactor;
    let (rows, most) = largest(seen, rule)?;
    let (user_id, factor) = (most.user_id, rules.max_increase_factor);
    let before = if most.growth_before == Growth::ONE {
        String::new()
    } else {
        let times = most.growth_before.in_words();
        format!(", after raises to {times} times without a review")
    };
    let message = format!(
        "User ID {user_id}: {} raised to more than {factor} times the old one. The largest: {}{before}.",
        thresholds_are(rows),
        levels(most),
    );
    Some(facts(RuleFired::new(rule, message), rows, most, factor))
}

/// Raises that are within the factor by themselves, and beyond it together with those before them, however long ago.
pub(super) fn raised_in_steps(seen: &[RaiseSeen], rules: &RiskRules) -> Option<RuleFired> {
    let rule = RiskRule::RaiseInSteps;
    let (rows, most) = largest(seen, rule)?;
    let (user_id, factor) = (most.user_id, rules.max_increase_factor);
    let message = format!(
        "User ID {user_id}: {} raised in steps, together to more than {factor} times the level that a reviewer last \
         saw. The largest: {}, after raises to {} times without a review.",
        thresholds_are(rows),
        levels(most),
        most.growth_before.in_words(),
    );
    let fired = facts(RuleFired::new(rule, message), rows, most, factor);
    Some(fired.with("growthBefore", most.growth_before))
}

fn largest(seen: &[RaiseSeen], rule: RiskRule) -> Option<(usize, &RaiseSeen)> {
    let of_rule = || seen.iter().filter(|raise| raise.rule == rule);
    // Of equal ones the first.
    let most = of_rule().rev().max_by_key(|raise| raise.growth)?;
    Some((of_rule().count(), most))
}

fn thresholds_are(rows: usize) -> String {
    plural(rows, "quarantine threshold is", "quarantine thresholds are")
}

/// "7.2 in a day, from 200 to 500".
fn levels(raise: &RaiseSeen) -> String {
    let (key, new) = (&raise.key, grouped(raise.new));
    let old = grouped(raise.old);
    let from = raise.held_to.map_or_else(
        || format!("from {old}"),
        |period| {
            format!(
                "from what its threshold in {} came to, {old},",
                period.in_words()
            )
        },
    );
    let when = when(raise.starts, raise.exception_until);
    format!(
        "{} in {}, {from} to {new}{when}",
        service(key.srv),
        key.period.in_words()
    )
}

fn facts(fired: RuleFired, rows: usize, most: &RaiseSeen, factor: u64) -> RuleFired {
    fired
        .with("userId", most.user_id)
        .with("rows", rows)
        .with("factor", factor)
        .with_key(&most.key)
        .with("old", most.old)
        .with("new", most.new)
}
