//! What the clock says about held communications: it reminds and lists, and decides nothing.

use sluice_shared::profile::Profile;
use sluice_shared::quarantine::{Deadline, Deadlines};

use crate::make::hour;

fn deadlines() -> Deadlines {
    Deadlines::from_quarantine(hour(0), &Profile::standard().quarantine)
}

#[test]
fn a_decision_is_due_in_24_hours() {
    assert_eq!(deadlines().due_at, hour(24));
}

#[test]
fn reminders_fall_at_half_at_four_fifths_and_at_the_end() {
    let reminders: Vec<_> = deadlines()
        .reminders
        .iter()
        .map(|reminder| (reminder.percent, reminder.at.to_string()))
        .collect();
    let expected = [
        (50, "2026-11-03T12:00:00Z"),
        (80, "2026-11-03T19:12:00Z"),
        (100, "2026-11-04T00:00:00Z"),
    ];
    assert_eq!(
        reminders,
        expected.map(|(percent, at)| (percent, at.to_owned()))
    );
}

#[test]
fn each_reminder_is_sent_once() {
    let count = |last, now| deadlines().reminders_between(hour(last), hour(now)).count();
    assert_eq!(
        [
            count(0, 11),
            count(11, 12),
            count(12, 13),
            count(12, 24),
            count(24, 999)
        ],
        [0, 1, 0, 2, 0]
    );
}

#[test]
fn urgency_grows_with_time() {
    let at = |hours| deadlines().at(hour(hours));
    assert_eq!(
        [at(0), at(12), at(24), at(30 * 24 - 1)],
        [
            Deadline::InTime,
            Deadline::Reminded,
            Deadline::Overdue,
            Deadline::Overdue
        ]
    );
    assert_eq!(at(30 * 24), Deadline::Listed);
}
