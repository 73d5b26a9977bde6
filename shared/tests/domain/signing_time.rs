//! When a file may have been signed, beside when it was received.

use sluice_shared::files::FileKind;
use sluice_shared::finding::{Defect, Describe as _};
use sluice_shared::instant::UtcTime;
use sluice_shared::profile::Profile;
use sluice_shared::verdict::check_signing_time;
use time::Duration;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// The code found for a file signed so many seconds before it was received.
fn code(kind: FileKind, seconds_before: i64) -> Option<&'static str> {
    let received = UtcTime::parse("2026-11-21T12:00:00Z").unwrap();
    let signed = received.plus(-Duration::seconds(seconds_before));
    let found = check_signing_time(kind, signed, received, &Profile::standard().signing);
    found.map(|defect| Defect::from(defect).code().code)
}

#[test]
fn an_adt_file_may_be_seven_days_old() {
    assert_eq!(code(FileKind::Adt, 7 * DAY), None);
    assert_eq!(
        code(FileKind::Adt, 7 * DAY + 1),
        Some("signed-too-long-ago")
    );
}

#[test]
fn an_exit_file_may_be_a_day_old() {
    assert_eq!(code(FileKind::ExitQuarantine, DAY), None);
    assert_eq!(
        code(FileKind::ExitQuarantine, DAY + 1),
        Some("signed-too-long-ago")
    );
}

#[test]
fn either_may_be_signed_a_quarter_of_an_hour_ahead() {
    for kind in [FileKind::Adt, FileKind::ExitQuarantine] {
        assert_eq!(code(kind, -15 * MINUTE), None, "{kind}");
        assert_eq!(
            code(kind, -15 * MINUTE - 1),
            Some("signed-in-the-future"),
            "{kind}"
        );
    }
}

#[test]
fn files_of_2001_and_2049_are_refused() {
    let years = 25 * 365 * DAY;
    for kind in [FileKind::Adt, FileKind::ExitQuarantine] {
        assert_eq!(code(kind, years), Some("signed-too-long-ago"));
        assert_eq!(code(kind, -years), Some("signed-in-the-future"));
    }
}
