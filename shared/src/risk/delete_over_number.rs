//! An organisation deletes more than the profile's number.

use super::released::{ExitCounts, Released};
use super::{ExitSeen, RiskRule, RuleFired};
use crate::finding::grouped;
use crate::identifiers::SrvOrAll;
use crate::instant::UtcTime;
use crate::profile::RiskRules;

pub(super) fn delete_over_number(
    counts: &ExitCounts,
    earlier: &Released,
    now: UtcTime,
    rules: &RiskRules,
) -> Option<(RuleFired, ExitSeen)> {
    let period = rules.max_delete_period;
    let seen = ExitSeen {
        rule: RiskRule::DeleteOverNumber,
        user_id: None,
        srv: SrvOrAll::All,
        period,
        count: counts.deleted,
        earlier: earlier.within(period, now).deleted,
        allowed: rules.max_delete,
    };
    if seen.count == 0 || !seen.is_over() {
        return None;
    }
    let message = format!(
        "This file deletes {} communications{}; an organisation may delete {} within {} without a review.",
        grouped(seen.count),
        if seen.alone() {
            ""
        } else {
            ", after those of earlier files"
        },
        grouped(seen.allowed),
        period.in_words(),
    );
    let fired = RuleFired::new(RiskRule::DeleteOverNumber, message)
        .with("period", period)
        .with("deleted", seen.count)
        .with("allowed", seen.allowed);
    Some((fired, seen))
}
