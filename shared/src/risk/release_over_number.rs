//! An organisation releases more than the profile's number.

use super::over_number::over_number;
use super::released::{ExitCounts, Released};
use super::{ExitSeen, RiskRule, RuleFired};
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
    over_number(seen, "release", ["released", "cap"])
}
