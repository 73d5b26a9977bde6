use std::collections::BTreeMap;

use super::released::{ReleaseCounts, Released, ReleasedWindow, Releaser, Releases};
use super::{RiskRule, RuleFired};
use crate::finding::grouped;
use crate::identifiers::{Eui64, SrvOrAll};
use crate::instant::UtcTime;
use crate::profile::RiskRules;
use crate::thresholds::{InForce, UserThresholds};

/// The rules that an Exit Quarantine File fires.
///
/// What a file releases is processed at once, so all of it falls into one window of every period, and is counted
/// together with what earlier files released in that window (`earlier`; who is not there released nothing): a
/// release that is split over files is judged as the one that it is. `in_force` gives the thresholds of the User IDs
/// that the file's events are of; a User ID without any has no level to exceed.
pub fn exit_risks(
    releases: &Releases,
    earlier: &BTreeMap<Releaser, Released>,
    in_force: &[UserThresholds],
    now: UtcTime,
    rules: &RiskRules,
) -> Vec<RuleFired> {
    let nothing = Released::default();
    let mut fired = Vec::new();
    for (releaser, counts) in releases {
        let earlier = earlier.get(releaser).unwrap_or(&nothing);
        match releaser {
            Releaser::User(user_id) => {
                let thresholds = in_force.iter().find(|known| known.user_id == *user_id);
                let levels = thresholds.map(|known| known.at(now)).unwrap_or_default();
                fired.extend(counts.iter().filter_map(|(srv, count)| {
                    over_threshold(*user_id, *srv, *count, earlier, &levels, now)
                }));
            }
            Releaser::Organisation(_) => fired.extend(over_cap(counts, earlier, now, rules)),
        }
    }
    fired
}

/// Whether so many exceed a level of this service; of several, the one that allows the least is named.
fn over_threshold(
    user_id: Eui64,
    srv: SrvOrAll,
    count: u64,
    earlier: &Released,
    levels: &[InForce],
    now: UtcTime,
) -> Option<RuleFired> {
    let (level, window) = levels
        .iter()
        .filter(|level| level.key.srv == srv)
        .map(|level| (level, earlier.window(level.key.period, now)))
        .filter(|(level, window)| window.count(srv).saturating_add(count) > level.limits.quarantine)
        .min_by_key(|(level, _)| (level.limits.quarantine, level.key.period))?;
    let allowed = level.limits.quarantine;
    let what = srv.srv().map_or_else(
        || "communications".to_owned(),
        |srv| format!("communications of {srv}"),
    );
    let message = format!(
        "User ID {user_id}: this file releases {} {what}{}; the quarantine threshold in force allows {} in {}.",
        grouped(count),
        in_words(&window, srv),
        grouped(allowed),
        level.key.period.in_words(),
    );
    let fired = RuleFired::new(RiskRule::ReleaseOverThreshold, message)
        .with("userId", user_id)
        .with_key(&level.key);
    Some(with_window(fired, count, &window, srv).with("allowed", allowed))
}

/// Whether the organisation, with all its User IDs, releases more than the profile's number in the profile's period.
fn over_cap(
    counts: &ReleaseCounts,
    earlier: &Released,
    now: UtcTime,
    rules: &RiskRules,
) -> Option<RuleFired> {
    let count = counts.get(&SrvOrAll::All).copied().unwrap_or_default();
    let (cap, period) = (rules.max_release, rules.max_release_period);
    let window = earlier.window(period, now);
    if window.count(SrvOrAll::All).saturating_add(count) <= cap {
        return None;
    }
    let message = format!(
        "This file releases {} communications{}; an organisation may release {} in {} without a review.",
        grouped(count),
        in_words(&window, SrvOrAll::All),
        grouped(cap),
        period.in_words(),
    );
    let fired = RuleFired::new(RiskRule::ReleaseOverCap, message).with("period", period);
    Some(with_window(fired, count, &window, SrvOrAll::All).with("cap", cap))
}

/// ", and earlier files released 120 since 2026-11-03T00:00:00Z"; nothing when there are none.
fn in_words(window: &ReleasedWindow, srv: SrvOrAll) -> String {
    match window.count(srv) {
        0 => String::new(),
        earlier => format!(
            ", and earlier files released {} since {}",
            grouped(earlier),
            window.start
        ),
    }
}

fn with_window(fired: RuleFired, count: u64, window: &ReleasedWindow, srv: SrvOrAll) -> RuleFired {
    fired
        .with("released", count)
        .with("earlier", window.count(srv))
        .with("since", window.start)
}
