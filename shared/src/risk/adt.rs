use super::{RiskRule, RuleFired};
use crate::finding::grouped;
use crate::profile::RiskRules;
use crate::thresholds::{Change, Comparison, ExceptionChange, Limits, ThresholdKey};

/// The rules that an ADT File fires, from the comparisons of its User IDs with what is in force.
///
/// The comparisons must have been made with the factor of the same profile.
pub fn adt_risks(comparisons: &[Comparison], rules: &RiskRules) -> Vec<RuleFired> {
    let mut fired: Vec<_> = comparisons
        .iter()
        .flat_map(|comparison| {
            [
                first_statement(comparison),
                raised(comparison, rules.max_increase_factor),
                threshold_dropped(comparison),
                exception_dropped(comparison),
            ]
        })
        .flatten()
        .collect();
    fired.sort_by_key(|fired| fired.rule);
    fired
}

fn first_statement(comparison: &Comparison) -> Option<RuleFired> {
    comparison.first.then(|| {
        let user_id = comparison.user_id;
        RuleFired::new(
            RiskRule::FirstStatement,
            format!("These are the first thresholds of User ID {user_id}."),
        )
        .with("userId", user_id)
    })
}

/// A row, standing or exception, whose quarantine threshold is raised by more than the factor.
struct Raise {
    key: ThresholdKey,
    old: Limits,
    new: Limits,
}

fn raised(comparison: &Comparison, factor: u64) -> Option<RuleFired> {
    let standing = comparison
        .thresholds
        .iter()
        .filter(|row| row.big && row.change == Change::Raised)
        .filter_map(|row| {
            Some(Raise {
                key: row.key,
                old: row.old?,
                new: row.new?,
            })
        });
    let exceptions = comparison
        .exceptions
        .iter()
        .filter(|row| row.big)
        .filter_map(|row| {
            Some(Raise {
                key: row.key,
                old: row.old?,
                new: row.new?,
            })
        });
    let raises: Vec<_> = standing.chain(exceptions).collect();
    let most = raises.iter().max_by(|a, b| by_factor(a, b))?;
    let user_id = comparison.user_id;
    let (old, new) = (most.old.quarantine, most.new.quarantine);
    let message = format!(
        "User ID {user_id}: {} raised to more than {factor} times the old one. The largest: {} in {}, from {} to {}.",
        plural(
            raises.len(),
            "quarantine threshold is",
            "quarantine thresholds are"
        ),
        service(&most.key),
        most.key.period.in_words(),
        grouped(old),
        grouped(new),
    );
    let fired = RuleFired::new(RiskRule::RaiseOverFactor, message)
        .with("userId", user_id)
        .with("rows", raises.len())
        .with("factor", factor);
    Some(fired.with_key(&most.key).with("old", old).with("new", new))
}

/// Compares `new / old` without dividing, so that a raise from 0 is the largest of all.
fn by_factor(a: &Raise, b: &Raise) -> std::cmp::Ordering {
    let (left, right) = (
        u128::from(a.new.quarantine) * u128::from(b.old.quarantine),
        u128::from(b.new.quarantine) * u128::from(a.old.quarantine),
    );
    let from_nothing = (a.old.quarantine == 0).cmp(&(b.old.quarantine == 0));
    from_nothing.then(left.cmp(&right))
}

fn threshold_dropped(comparison: &Comparison) -> Option<RuleFired> {
    let mut dropped = comparison
        .thresholds
        .iter()
        .filter(|row| row.change == Change::Dropped);
    let first = dropped.next()?;
    let rows = 1 + dropped.count();
    let user_id = comparison.user_id;
    let message = format!(
        "User ID {user_id}: {} dropped, so nothing limits what they counted. The first: {} in {}.",
        plural(rows, "threshold is", "thresholds are"),
        service(&first.key),
        first.key.period.in_words(),
    );
    let fired = RuleFired::new(RiskRule::ThresholdDropped, message)
        .with("userId", user_id)
        .with("rows", rows);
    Some(fired.with_key(&first.key))
}

fn exception_dropped(comparison: &Comparison) -> Option<RuleFired> {
    let mut dropped = comparison
        .exceptions
        .iter()
        .filter(|row| row.change == ExceptionChange::Dropped);
    let first = dropped.next()?;
    let rows = 1 + dropped.count();
    let user_id = comparison.user_id;
    let message = format!(
        "User ID {user_id}: {} dropped or cut short. The first: {} in {}, until {}.",
        plural(rows, "exception is", "exceptions are"),
        service(&first.key),
        first.key.period.in_words(),
        first.to,
    );
    let fired = RuleFired::new(RiskRule::ExceptionDropped, message)
        .with("userId", user_id)
        .with("rows", rows);
    Some(fired.with_key(&first.key).with("to", first.to))
}

fn service(key: &ThresholdKey) -> String {
    key.srv
        .srv()
        .map_or_else(|| "all services together".to_owned(), |srv| srv.to_string())
}

fn plural(count: usize, one: &str, many: &str) -> String {
    if count == 1 {
        format!("1 {one}")
    } else {
        format!("{} {many}", grouped(count as u64))
    }
}
