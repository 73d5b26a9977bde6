//! More of a service is released than the quarantine threshold in force allows.

use super::released::{ExitCounts, Released};
use super::wording::{communications, plural};
use super::{ExitSeen, RiskRule, RuleFired};
use crate::finding::grouped;
use crate::identifiers::{Eui64, SrvOrAll};
use crate::instant::UtcTime;
use crate::thresholds::InForce;

/// What is over, service by service and for all together; of several levels of one that are exceeded, the one that allows the least.
///
/// One rule tells of all, by the worst: 45 User IDs with a hundred levels each would not fit the record of a submission.
pub(super) fn release_over_threshold(
    user_id: Eui64,
    counts: &ExitCounts,
    earlier: &Released,
    levels: &[InForce],
    now: UtcTime,
) -> (Option<RuleFired>, Vec<ExitSeen>) {
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
    let seen: Vec<_> = counts.released.iter().filter_map(of_service).collect();
    // What earlier files released changes with time alone, and must not choose.
    let worst = seen.iter().rev().max_by(|a, b| {
        let left = u128::from(a.count) * u128::from(b.allowed.max(1));
        left.cmp(&(u128::from(b.count) * u128::from(a.allowed.max(1))))
    });
    let fired = worst.map(|worst| fired(user_id, worst, seen.len() - 1));
    (fired, seen)
}

fn fired(user_id: Eui64, seen: &ExitSeen, others: usize) -> RuleFired {
    let (count, allowed) = (grouped(seen.count), grouped(seen.allowed));
    let (what, period) = (communications(seen.srv), seen.period.in_words());
    let others = match others {
        0 => String::new(),
        others => format!(
            " {} exceeded, too.",
            plural(others, "other threshold is", "other thresholds are")
        ),
    };
    let message = if seen.alone() {
        format!(
            "User ID {user_id}: this file releases {count} {what}; the quarantine threshold in force allows {allowed} in \
             {period}.{others}"
        )
    } else {
        format!(
            "User ID {user_id}: this file releases {count} {what}, with earlier files more than {allowed} within \
             {period}, which is what the quarantine threshold in force allows.{others}"
        )
    };
    RuleFired::new(RiskRule::ReleaseOverThreshold, message)
        .with("userId", user_id)
        .with("srv", seen.srv)
        .with("period", seen.period)
        .with("released", seen.count)
        .with("allowed", seen.allowed)
}
