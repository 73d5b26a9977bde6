use std::collections::BTreeMap;

use super::{RiskRule, RuleFired};
use crate::finding::grouped;
use crate::identifiers::{Eui64, SrvOrAll};
use crate::instant::UtcTime;
use crate::profile::RiskRules;
use crate::quarantine::ExitCheck;
use crate::thresholds::{InForce, UserThresholds};

/// The rules that an Exit Quarantine File fires.
///
/// What a file releases is processed at once, so all of it falls into one period of every length. `in_force` gives
/// the thresholds of the User IDs that the file's events are of; a User ID without any has no level to exceed.
pub fn exit_risks(
    check: &ExitCheck,
    in_force: &[UserThresholds],
    now: UtcTime,
    rules: &RiskRules,
) -> Vec<RuleFired> {
    let mut fired = Vec::new();
    for (user_id, released) in releases(check) {
        let Some(thresholds) = in_force
            .iter()
            .find(|thresholds| thresholds.user_id == user_id)
        else {
            continue;
        };
        let levels = thresholds.at(now);
        fired.extend(
            released
                .iter()
                .filter_map(|(srv, count)| over_threshold(user_id, *srv, *count, &levels)),
        );
    }
    let total = check.counts.release;
    if total > rules.max_release {
        let message = format!(
            "{} communications are released at once, more than {}.",
            grouped(total),
            grouped(rules.max_release)
        );
        fired.push(
            RuleFired::new(RiskRule::ReleaseOverCap, message)
                .with("released", total)
                .with("cap", rules.max_release),
        );
    }
    fired
}

/// How many communications of each User ID are released, by service and altogether.
fn releases(check: &ExitCheck) -> BTreeMap<Eui64, BTreeMap<SrvOrAll, u64>> {
    let mut releases: BTreeMap<Eui64, BTreeMap<SrvOrAll, u64>> = BTreeMap::new();
    for event in &check.events {
        let of_user = releases.entry(event.user_id).or_default();
        *of_user.entry(SrvOrAll::All).or_default() += event.counts.release;
        for srv in &event.by_srv {
            *of_user.entry(SrvOrAll::One(srv.srv)).or_default() += srv.counts.release;
        }
    }
    releases
}

/// Whether so many exceed a level of this service; of several, the one that allows the least is named.
fn over_threshold(
    user_id: Eui64,
    srv: SrvOrAll,
    count: u64,
    levels: &[InForce],
) -> Option<RuleFired> {
    let exceeded = levels
        .iter()
        .filter(|level| level.key.srv == srv && count > level.limits.quarantine)
        .min_by_key(|level| (level.limits.quarantine, level.key.period))?;
    let allowed = exceeded.limits.quarantine;
    let what = srv.srv().map_or_else(
        || "communications".to_owned(),
        |srv| format!("communications of {srv}"),
    );
    let message = format!(
        "User ID {user_id}: {} {what} are released at once; the quarantine threshold in force allows {} in {}.",
        grouped(count),
        grouped(allowed),
        exceeded.key.period.in_words(),
    );
    let fired = RuleFired::new(RiskRule::ReleaseOverThreshold, message).with("userId", user_id);
    Some(
        fired
            .with_key(&exceeded.key)
            .with("released", count)
            .with("allowed", allowed),
    )
}
