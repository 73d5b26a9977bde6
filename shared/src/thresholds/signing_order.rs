use super::{Statement, UserThresholds};
use crate::finding::{Findings, Place, StatementDefect};
use crate::instant::UtcTime;

/// Checks that an ADT File was signed later than what is in force for each User ID: an old signed file cannot be sent
/// again. `in_force` may hold other User IDs too.
pub fn check_signing_order<'a>(
    statements: &[Statement],
    in_force: &(impl Iterator<Item = &'a UserThresholds> + Clone),
    signed_at: UtcTime,
) -> Findings {
    let mut findings = Findings::new();
    for statement in statements {
        let mut in_force = in_force.clone();
        let Some(current) = in_force.find(|current| current.user_id == statement.user_id) else {
            continue;
        };
        if let Err(refused) = current.check_newer(signed_at) {
            findings.add(
                Place::file(),
                StatementDefect::NotNewer {
                    user_id: refused.user_id,
                    signed_at,
                    latest: refused.latest,
                    submission: current.origin.submission,
                },
            );
        }
    }
    findings
}
