use time::Duration;

use super::{Statement, UserThresholds};
use crate::finding::{Findings, Place, StatementDefect};
use crate::instant::UtcTime;
use crate::profile::SigningRules;

/// Checks when an ADT File was signed: not far from now, and later than what is in force for each User ID.
///
/// Both rules keep an old signed file from being sent again. `in_force` may hold other User IDs too.
pub fn check_signing_order(
    statements: &[Statement],
    in_force: &[UserThresholds],
    signed_at: UtcTime,
    now: UtcTime,
    rules: &SigningRules,
) -> Findings {
    let mut findings = Findings::new();
    let days = rules.max_age_days;
    let allowed = Duration::days(i64::from(days));
    if now.since(signed_at) > allowed {
        findings.add(
            Place::file(),
            StatementDefect::SignedLongAgo { signed_at, days },
        );
    } else if signed_at.since(now) > allowed {
        findings.add(
            Place::file(),
            StatementDefect::SignedAhead { signed_at, days },
        );
    }
    for statement in statements {
        let current = in_force
            .iter()
            .find(|current| current.user_id == statement.user_id);
        if let Some(Err(refused)) = current.map(|current| current.check_newer(signed_at)) {
            let (user_id, latest) = (refused.user_id, refused.latest);
            findings.add(
                Place::file(),
                StatementDefect::NotNewer {
                    user_id,
                    signed_at,
                    latest,
                },
            );
        }
    }
    findings
}
