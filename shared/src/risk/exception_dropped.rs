//! An exception with time left is not named any more, or for less time.

use super::wording::{plural, service};
use super::{RiskRule, RuleFired};
use crate::thresholds::{Comparison, ExceptionChange};

pub(super) fn exception_dropped(comparison: &Comparison) -> Option<RuleFired> {
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
        service(first.key.srv),
        first.key.period.in_words(),
        first.to.in_words(),
    );
    let fired = RuleFired::new(RiskRule::ExceptionDropped, message)
        .with("userId", user_id)
        .with("rows", rows);
    Some(fired.with_key(&first.key).with("to", first.to))
}
