//! In summer the time in Great Britain stands beside UTC.

use sluice_shared::instant::UtcTime;

fn at(text: &str) -> UtcTime {
    UtcTime::parse(text).unwrap()
}

#[test]
fn stands_beside_utc_to_the_minute_and_to_the_second() {
    let summer = at("2026-07-03T14:05:09Z");
    assert_eq!(summer.in_words(), "3 July 2026, 14:05 UTC (15:05 BST)");
    assert_eq!(
        summer.in_words_with_seconds(),
        "3 July 2026, 14:05:09 UTC (15:05:09 BST)"
    );
    assert_eq!(summer.in_few_words(), "3 Jul 2026, 14:05:09 (15:05:09 BST)");
    assert_eq!(
        at("2026-11-03T14:05:09Z").in_words(),
        "3 November 2026, 14:05 UTC"
    );
}

#[test]
fn names_the_day_where_it_is_another() {
    assert_eq!(
        at("2026-06-30T23:30:00Z").in_words(),
        "30 June 2026, 23:30 UTC (1 July, 00:30 BST)"
    );
}

/// The days on which the clocks change, as the time zone database has them for Europe/London.
const CHANGES: [(&str, &str); 9] = [
    ("1996-03-31", "1996-10-27"),
    ("2005-03-27", "2005-10-30"),
    ("2010-03-28", "2010-10-31"),
    ("2019-03-31", "2019-10-27"),
    ("2024-03-31", "2024-10-27"),
    ("2025-03-30", "2025-10-26"),
    ("2026-03-29", "2026-10-25"),
    ("2027-03-28", "2027-10-31"),
    ("2037-03-29", "2037-10-25"),
];

#[test]
fn begins_and_ends_at_one_in_utc_on_the_last_sundays_of_march_and_october() {
    for (begins, ends) in CHANGES {
        for (day, time, summer) in [
            (begins, "00:59:59.999", false),
            (begins, "01:00:00", true),
            (ends, "00:59:59.999", true),
            (ends, "01:00:00", false),
        ] {
            let at = at(&format!("{day}T{time}Z"));
            assert_eq!(at.is_in_summer_time(), summer, "{at}");
        }
    }
}
