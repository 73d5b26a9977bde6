//! Nothing was ever in force for a User ID, so there is nothing to hold its thresholds to.

use super::{RiskRule, RuleFired};
use crate::thresholds::Comparison;

pub(super) fn first_statement(comparison: &Comparison) -> Option<RuleFired> {
    comparison.first.then(|| {
        let user_id = comparison.user_id;
        RuleFired::new(
            RiskRule::FirstStatement,
            format!("These are the first thresholds of User ID {user_id}."),
        )
        .with("userId", user_id)
    })
}
