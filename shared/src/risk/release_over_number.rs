//! An organisation releases more than the profile's number.

use super::released::{ExitCounts, Released};
use super::{ExitSeen, RiskRule, RuleFired};
use crate::finding::grouped;
use crate::identifiers::SrvOrAll;
use crate::instant::UtcTime;
use crate::profile::RiskRules;

pub(super) fn release_over_number(
    counts: &ExitCounts,
    earlier: &Released,
    now: UtcTime,
    rules: &RiskRules,
) -> Option<(RuleFired, ExitSeen)> {
    let period = rules.max_release_period;
    let seen = ExitSeen {
        rule: RiskRule::ReleaseOverCap,
        user_id: None,
        srv: SrvOrAll::All,
        period,
        count: counts.released(SrvOrAll::All),
        earlier: earlier.within(period, now).released(SrvOrAll::All),
        allowed: rules.max_release,
    };
    if seen.count == 0 || !seen.is_over() {
        return None;
    }
    let message = format!(
        "This file releases {} communications{}; an organisation may release {} within {} without a review.",
        grouped(seen.count),
        if seen.alone() {
            ""
        } else {
            ", after those of earlier files"
        },
        grouped(seen.allowed),
        period.in_words(),
    );
    let fired = RuleFired::new(RiskRule::ReleaseOverCap, message)
        .with("period", period)
        .with("released", seen.count)
        .with("cap", seen.allowed);
    Some((fired, seen))
}
