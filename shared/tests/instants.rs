//! Instants: one form, in UTC, of days that exist.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use sluice_shared::instant::{UtcTime, UtcTimeError};
use time::Duration;

#[test]
fn an_instant_is_read_and_written_in_one_form() {
    for (text, written) in [
        ("2026-11-03T14:05:00Z", "2026-11-03T14:05:00Z"),
        ("2026-11-03t14:05:00z", "2026-11-03T14:05:00Z"),
        ("2026-11-03T14:05:00+00:00", "2026-11-03T14:05:00Z"),
        ("2026-11-03T14:05:00-00:00", "2026-11-03T14:05:00Z"),
        ("2026-11-03T14:05:00.5Z", "2026-11-03T14:05:00.500Z"),
        ("2026-11-03T14:05:00.000000Z", "2026-11-03T14:05:00Z"),
        ("2024-02-29T23:59:59.999Z", "2024-02-29T23:59:59.999Z"),
    ] {
        assert_eq!(UtcTime::parse(text).unwrap().to_string(), written);
    }
}

#[test]
fn what_is_no_instant_says_why() {
    for (text, error) in [
        ("2026-11-03", UtcTimeError::Form),
        ("03/11/2026 14:05:00", UtcTimeError::Form),
        ("2026-11-03T14:05:00", UtcTimeError::Form),
        ("2026-11-03T14:05:00.Z", UtcTimeError::Form),
        ("2026-11-03T14:05:00Zulu", UtcTimeError::Form),
        ("2026-11-03T14:05:00+00:01", UtcTimeError::NotUtc),
        ("2026-11-03T14:05:00-05:30", UtcTimeError::NotUtc),
        ("2026-02-30T00:00:00Z", UtcTimeError::Impossible),
        ("2026-13-01T00:00:00Z", UtcTimeError::Impossible),
        ("2026-11-03T24:00:00Z", UtcTimeError::Impossible),
        ("2026-11-03T14:05:00.0001Z", UtcTimeError::TooFine),
    ] {
        assert_eq!(UtcTime::parse(text), Err(error), "{text}");
    }
}

#[test]
fn instants_move_and_differ_by_durations() {
    let instant = UtcTime::parse("2026-11-21T12:00:00Z").unwrap();
    assert_eq!(
        instant.plus(Duration::hours(24)).to_string(),
        "2026-11-22T12:00:00Z"
    );
    assert_eq!(
        instant.plus(Duration::days(-1)).since(instant),
        Duration::days(-1)
    );
    assert_eq!(
        UtcTime::from_unix_millis(-1).to_string(),
        "1969-12-31T23:59:59.999Z"
    );
    assert_eq!(UtcTime::from_unix_millis(-1).unix_seconds(), -1);
}

proptest! {
    #[test]
    fn what_an_instant_writes_it_reads(millis in -62_167_219_200_000_i64..=253_402_300_799_999) {
        let instant = UtcTime::from_unix_millis(millis);
        prop_assert_eq!(instant.unix_millis(), millis);
        prop_assert_eq!(UtcTime::parse(&instant.to_string()), Ok(instant));
    }

    #[test]
    fn any_number_and_any_text_is_taken_without_a_panic(millis: i64, text in any::<String>()) {
        let _ = UtcTime::from_unix_millis(millis).plus(Duration::milliseconds(millis));
        let _ = UtcTime::parse(&text);
    }
}
