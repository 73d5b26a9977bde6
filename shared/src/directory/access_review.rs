//! Whether somebody's access is to be looked over, and whether they use it. Nothing follows by itself: an administrator confirms or removes.

use time::Duration;

use crate::instant::UtcTime;
use crate::profile::PeopleRules;

/// Whether nobody has answered for a person's access for too long. Of whom no change is kept, nobody has.
pub fn is_review_overdue(looked_at: Option<UtcTime>, now: UtcTime, rules: &PeopleRules) -> bool {
    looked_at.is_none_or(|at| is_longer_ago(at, now, rules.review_days))
}

/// Whether a person has been away for too long: not here since `last`, nor since they were registered, nor since it is noted who is here at all. Where
/// it is not noted yet, nobody is called dormant.
pub fn is_dormant(
    last: Option<UtcTime>,
    registered: Option<UtcTime>,
    noted_since: Option<UtcTime>,
    now: UtcTime,
    rules: &PeopleRules,
) -> bool {
    let Some(noted_since) = noted_since else {
        return false;
    };
    let known = [last, registered, Some(noted_since)];
    let latest = known.into_iter().flatten().max();
    latest.is_some_and(|at| is_longer_ago(at, now, rules.dormant_days))
}

fn is_longer_ago(at: UtcTime, now: UtcTime, days: u32) -> bool {
    now.since(at) > Duration::days(i64::from(days))
}
