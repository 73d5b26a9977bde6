//! Periods are fixed windows of UTC.

use proptest::prelude::*;
use sluice_shared::instant::UtcTime;
use sluice_shared::thresholds::Period;

fn window(period: Period, at: &str) -> (String, String) {
    let window = period.window(UtcTime::parse(at).unwrap());
    (window.start.to_string(), window.end.to_string())
}

fn pair(start: &str, end: &str) -> (String, String) {
    (start.to_owned(), end.to_owned())
}

#[test]
fn an_hour_starts_on_the_hour() {
    let hour = pair("2026-11-03T14:00:00Z", "2026-11-03T15:00:00Z");
    assert_eq!(window(Period::Hour, "2026-11-03T14:59:59.999Z"), hour);
    assert_eq!(window(Period::Hour, "2026-11-03T14:00:00Z"), hour);
}

#[test]
fn a_day_starts_at_midnight_also_when_british_clocks_change() {
    assert_eq!(
        window(Period::Day, "2026-10-25T00:30:00Z"),
        pair("2026-10-25T00:00:00Z", "2026-10-26T00:00:00Z")
    );
}

#[test]
fn a_week_starts_on_monday() {
    // 2 November 2026 is a Monday.
    let week = pair("2026-11-02T00:00:00Z", "2026-11-09T00:00:00Z");
    assert_eq!(window(Period::Week, "2026-11-02T00:00:00Z"), week);
    assert_eq!(window(Period::Week, "2026-11-08T23:59:59.999Z"), week);
    assert_eq!(window(Period::Week, "2026-11-01T23:59:59.999Z").1, week.0);
}

#[test]
fn a_period_has_one_spelling() {
    for period in Period::ALL {
        assert_eq!(Period::parse(period.as_str()), Ok(period));
        assert_eq!(serde_json::to_value(period).unwrap(), period.as_str());
    }
    for text in ["P1W", "pt1h", "PT60M", "", "P1D "] {
        assert!(Period::parse(text).is_err(), "{text}");
    }
}

proptest! {
    #[test]
    fn every_instant_lies_in_one_window_and_windows_meet(millis in -10_000_000_000_000_i64..10_000_000_000_000) {
        let at = UtcTime::from_unix_millis(millis);
        for period in Period::ALL {
            let window = period.window(at);
            prop_assert!(window.contains(at));
            prop_assert_eq!(window.end.since(window.start), period.length());
            prop_assert_eq!(period.window(window.end).start, window.end);
            prop_assert_eq!(period.window(window.start), window);
        }
    }
}
