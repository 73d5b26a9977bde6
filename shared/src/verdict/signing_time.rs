//! When a file may have been signed (profile `[signing]`): at most a little ahead, and not long ago.

use time::Duration;

use crate::files::FileKind;
use crate::finding::StatementDefect;
use crate::instant::UtcTime;
use crate::profile::SigningRules;

/// What is wrong with a signing time, held to when the file was received (by the service's clock).
///
/// Both bounds keep a signed file from being kept back and sent when it suits somebody else than its signer; the bound
/// ahead keeps a wrong clock from holding up every statement that is signed after it.
pub fn check_signing_time(
    kind: FileKind,
    signed_at: UtcTime,
    received_at: UtcTime,
    rules: &SigningRules,
) -> Option<StatementDefect> {
    let ahead = Duration::minutes(i64::from(rules.max_ahead_minutes));
    let hours = match kind {
        FileKind::Adt => 24 * rules.adt_max_age_days,
        FileKind::ExitQuarantine => rules.exit_max_age_hours,
    };
    if received_at.since(signed_at) > Duration::hours(i64::from(hours)) {
        Some(StatementDefect::SignedLongAgo {
            signed_at,
            hours,
            kind,
        })
    } else if signed_at.since(received_at) > ahead {
        Some(StatementDefect::SignedAhead {
            signed_at,
            received_at,
            minutes: rules.max_ahead_minutes,
        })
    } else {
        None
    }
}
