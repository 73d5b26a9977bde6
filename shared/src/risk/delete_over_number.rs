//! An organisation deletes more than the profile's number.

use super::over_number::over_number;
use super::released::{ExitCounts, Released};
use super::{ExitSeen, RiskRule, RuleFired};
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
    over_number(seen, "delete", ["deleted", "allowed"])
}
