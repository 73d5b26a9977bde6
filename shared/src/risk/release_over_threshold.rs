//! More of a service is released than the quarantine threshold in force allows.

use super::released::{ExitCounts, Released};
use super::wording::communications;
use super::{ExitSeen, RiskRule, RuleFired};
use crate::finding::grouped;
use crate::identifiers::{Eui64, SrvOrAll};
use crate::instant::UtcTime;
use crate::thresholds::InForce;

/// One for each service, and for all together; of several levels that are exceeded, the one that allows the least.
pub(super) fn release_over_threshold(
    user_id: Eui64,
    counts: &ExitCounts,
    earlier: &Released,
    levels: &[InForce],
    now: UtcTime,
) -> Vec<(RuleFired, ExitSeen)> {
    let of_service = |(srv, count): (&SrvOrAll, &u64)| {
        levels
            .iter()
            .filter(|level| level.key.srv == *srv)
            .map(|level| ExitSeen {
                rule: RiskRule::ReleaseOverThreshold,
                user_id: Some(user_id),
                srv: *srv,
                period: level.key.period,
                count: *count,
                earlier: earlier.within(level.key.period, now).released(*srv),
                allowed: level.limits.quarantine,
            })
            .filter(ExitSeen::is_over)
            .min_by_key(|seen| (seen.allowed, seen.period))
    };
    let seen = counts.released.iter().filter_map(of_service);
    seen.map(|seen| (fired(user_id, &seen), seen)).collect()
}

fn fired(user_id: Eui64, seen: &ExitSeen) -> RuleFired {
    let (count, allowed) = (grouped(seen.count), grouped(seen.allowed));
    let (what, period) = (communications(seen.srv), seen.period.in_words());
    let message = if seen.alone() {
        format!(
            "User ID {user_id}: this file releases {count} {what}; the quarantine threshold in force allows {allowed} in \
             {period}."
        )
    } else {
        format!(
            "User ID {user_id}: this file releases {count} {what}, with earlier files more than {allowed} within \
             {period}, which is what the quarantine threshold in force allows."
        )
    };
    RuleFired::new(RiskRule::ReleaseOverThreshold, message)
        .with("userId", user_id)
        .with("srv", seen.srv)
        .with("period", seen.period)
        .with("released", seen.count)
        .with("allowed", seen.allowed)
}
