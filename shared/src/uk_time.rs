//! The time of day in Great Britain, where it is another than UTC.
//!
//! One zone with one rule since 1996 (Summer Time Act 1972, as amended in 2002): British Summer Time, an hour ahead, from 01:00 UTC on the
//! last Sunday in March to 01:00 UTC on the last Sunday in October. A time zone database would be more code than all that is said with it,
//! and another one in each browser and on each server; the calendar is the `time` crate's.

use time::{Date, Duration, Month, OffsetDateTime, Time, Weekday};

/// The time in Great Britain while British Summer Time counts; nothing while UTC is the time there.
pub(crate) fn summer_time(utc: OffsetDateTime) -> Option<OffsetDateTime> {
    let begins = last_sunday(utc.year(), Month::March)?;
    let ends = last_sunday(utc.year(), Month::October)?;
    // Summer time began and ended on other days before.
    (utc.year() >= 1996 && begins <= utc && utc < ends)
        .then(|| utc.checked_add(Duration::hours(1)))
        .flatten()
}

/// 01:00 UTC on the last Sunday of a month of 31 days.
fn last_sunday(year: i32, month: Month) -> Option<OffsetDateTime> {
    let end = Date::from_calendar_date(year, month, 31).ok()?;
    let sunday = match end.weekday() {
        Weekday::Sunday => end,
        _ => end.prev_occurrence(Weekday::Sunday),
    };
    Some(OffsetDateTime::new_utc(
        sunday,
        Time::from_hms(1, 0, 0).ok()?,
    ))
}

/// ` (15:05 BST)` to stand behind a time in UTC, with the day where it is another; nothing in winter.
pub(crate) fn beside(utc: OffsetDateTime, seconds: bool) -> String {
    let Some(local) = summer_time(utc) else {
        return String::new();
    };
    let day = if local.day() == utc.day() {
        String::new()
    } else {
        format!("{} {}, ", local.day(), local.month())
    };
    let (hour, minute, second) = local.to_hms();
    if seconds {
        format!(" ({day}{hour:02}:{minute:02}:{second:02} BST)")
    } else {
        format!(" ({day}{hour:02}:{minute:02} BST)")
    }
}
