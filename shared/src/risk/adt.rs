use super::steps::raised_in_steps;
use super::{RiskRule, RuleFired};
use crate::finding::grouped;
use crate::profile::RiskRules;
use crate::thresholds::{Change, Comparison, ExceptionChange, Limits, LowestLately, ThresholdKey};

/// The rules that an ADT File fires, from the comparisons of its User IDs with what is in force.
///
/// The comparisons must have been made with the factor of the same profile. `lately` gives what stood in the profile's
/// days before, for the User IDs that have a past.
pub fn adt_risks(
    comparisons: &[Comparison],
    lately: &[LowestLately],
    rules: &RiskRules,
) -> Vec<RuleFired> {
    let mut fired: Vec<_> = comparisons
        .iter()
        .flat_map(|comparison| {
            let lately = lately
                .iter()
                .find(|lately| lately.user_id == comparison.user_id);
            [
                first_statement(comparison),
                raised(comparison, rules.max_increase_factor),
                lately.and_then(|lately| raised_in_steps(comparison, lately, rules)),
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

/// A row, standing or exception, whose quarantine threshold is raised.
pub(super) struct Raise {
    pub(super) key: ThresholdKey,
    pub(super) old: Limits,
    pub(super) new: Limits,
}

/// The raises that are, or are not, beyond the factor by themselves.
pub(super) fn raises(comparison: &Comparison, big: bool) -> impl Iterator<Item = Raise> {
    let standing = comparison
        .thresholds
        .iter()
        .map(|row| (row.big, row.key, row.old, row.new));
    let exceptions = comparison
        .exceptions
        .iter()
        .map(|row| (row.big, row.key, row.old, row.new));
    standing
        .chain(exceptions)
        .filter(move |row| row.0 == big)
        .filter_map(|(_, key, old, new)| {
            let (old, new) = (old?, new?);
            (new.quarantine > old.quarantine).then_some(Raise { key, old, new })
        })
}

fn raised(comparison: &Comparison, factor: u64) -> Option<RuleFired> {
    let raises: Vec<_> = raises(comparison, true).collect();
    let levels = |raise: &Raise| (raise.old.quarantine, raise.new.quarantine);
    let most = raises
        .iter()
        .max_by(|a, b| by_factor(levels(a), levels(b)))?;
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

/// Compares `new / old` of two raises (old, new) without dividing, so that a raise from 0 is the largest of all.
pub(super) fn by_factor(a: (u64, u64), b: (u64, u64)) -> std::cmp::Ordering {
    let (left, right) = (
        u128::from(a.1) * u128::from(b.0),
        u128::from(b.1) * u128::from(a.0),
    );
    let from_nothing = (a.0 == 0).cmp(&(b.0 == 0));
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

pub(super) fn service(key: &ThresholdKey) -> String {
    key.srv
        .srv()
        .map_or_else(|| "all services together".to_owned(), |srv| srv.to_string())
}

pub(super) fn plural(count: usize, one: &str, many: &str) -> String {
    if count == 1 {
        format!("1 {one}")
    } else {
        format!("{} {many}", grouped(count as u64))
    }
}
