//! A threshold that was in force is not named any more.

use super::wording::{plural, service};
use super::{RiskRule, RuleFired};
use crate::thresholds::{Change, Comparison};

pub(super) fn threshold_dropped(comparison: &Comparison) -> Option<RuleFired> {
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
        service(first.key.srv),
        first.key.period.in_words(),
    );
    let fired = RuleFired::new(RiskRule::ThresholdDropped, message)
        .with("userId", user_id)
        .with("rows", rows);
    Some(fired.with_key(&first.key))
}
