//! All rows of an event are of one User ID and one breach; the first row that can be read says which.

use crate::make::{BREACH, OTHER, USER_ID, only, read_rows, row};

#[test]
fn what_differs_is_told_with_the_line_of_the_first_row() {
    let first = row("1301", 1, USER_ID, BREACH);
    let other_user = only(read_rows(&[
        first.clone(),
        row("1302", 2, OTHER, BREACH),
        row("1301", 3, OTHER, BREACH),
    ]));
    assert_eq!(
        (other_user.code.as_str(), other_user.line),
        ("event-of-several-user-ids", Some(4))
    );
    assert!(other_user.message.contains("line 2") && other_user.message.contains(USER_ID));
    let other_breach = only(read_rows(&[
        first,
        row("1301", 2, USER_ID, "ADAttributeLimitsBreach"),
    ]));
    assert_eq!(other_breach.code, "event-of-several-breaches");
    assert!(other_breach.message.contains("line 2") && other_breach.message.contains(BREACH));
}

#[test]
fn a_row_that_differs_in_both_says_both() {
    let reading = read_rows(&[
        row("1301", 1, USER_ID, BREACH),
        row("1301", 2, OTHER, "ADDCCThresholdBreach"),
    ]);
    let codes: Vec<_> = reading.findings.counts.keys().collect();
    assert_eq!(
        codes,
        ["event-of-several-breaches", "event-of-several-user-ids"]
    );
    assert_eq!(reading.rows.len(), 1);
}

#[test]
fn a_row_at_fault_says_nothing_of_its_event() {
    let reading = read_rows(&[
        row("1301", 1, OTHER, "QUARANTINE"),
        row("1301", 2, USER_ID, BREACH),
        row("1301", 3, USER_ID, BREACH),
    ]);
    assert_eq!(reading.findings.errors, 1, "{:?}", reading.findings);
    assert_eq!(reading.rows.len(), 2);
}

#[test]
fn events_that_stand_among_each_other_are_told_apart() {
    let rows: Vec<String> = (0..300)
        .map(|number| match number % 3 {
            0 => row("1301", number, USER_ID, BREACH),
            1 => row("1302", number, USER_ID, "ADDCCThresholdBreach"),
            _ => row("01301", number, OTHER, BREACH),
        })
        .collect();
    let reading = read_rows(&rows);
    assert!(reading.findings.is_empty(), "{:?}", reading.findings);
    let by_event = reading.rows.by_event();
    let counts: Vec<_> = by_event
        .iter()
        .map(|(event, rows)| (event.to_string(), rows.len()))
        .collect();
    let expected = [("1301", 100), ("1302", 100), ("01301", 100)];
    assert_eq!(
        counts,
        expected.map(|(event, rows)| (event.to_owned(), rows))
    );
}
