//! Times as people read them: "3 November 2026, 14:05 UTC (in 6 hours)", in summer "3 July 2026, 14:05 UTC (15:05 BST), in 6 hours", with the
//! machine's form in `datetime`.

use leptos::{html::time, prelude::*};
use sluice_shared::instant::UtcTime;

/// Now, by the service's clock as far as it has told its time: what is due is due by that.
pub fn now() -> UtcTime {
    crate::service::now()
}

/// Now by this computer's clock, which may be wrong.
pub fn computer_now() -> UtcTime {
    UtcTime::from_unix_millis(crate::browser::now_millis())
}

/// A time with how far it is from now.
pub fn moment(at: UtcTime) -> AnyView {
    time()
        .datetime(at.to_string())
        .child(with_distance(at, now()))
        .into_any()
}

fn with_distance(at: UtcTime, now: UtcTime) -> String {
    let (words, far) = (in_words(at), from_now(at, now));
    if at.is_in_summer_time() {
        format!("{words}, {far}")
    } else {
        format!("{words} ({far})")
    }
}

/// A time without how far it is from now.
pub fn plain_moment(at: UtcTime) -> AnyView {
    time()
        .datetime(at.to_string())
        .child(in_words(at))
        .into_any()
}

/// A time for narrow columns whose heading says UTC: "3 Nov 2026, 14:05:09".
pub fn short_moment(at: UtcTime) -> String {
    at.in_few_words()
}

/// "3 November 2026, 14:05 UTC", in summer with the time in Great Britain beside it.
pub fn in_words(at: UtcTime) -> String {
    at.in_words()
}

/// "3 November 2026".
pub fn day_in_words(at: UtcTime) -> String {
    at.day_in_words()
}

/// "in 6 hours", "3 days ago", "now": the largest unit of which there are two or more.
pub fn from_now(at: UtcTime, now: UtcTime) -> String {
    let seconds = at.unix_seconds() - now.unix_seconds();
    let minutes = seconds.abs() / 60;
    if minutes == 0 {
        return "now".to_owned();
    }
    let span = minutes_in_words(minutes);
    if seconds < 0 {
        format!("{span} ago")
    } else {
        format!("in {span}")
    }
}

/// "1 minute", "2 hours", "5 days": the largest unit of which there are two or more.
pub fn minutes_in_words(minutes: i64) -> String {
    let (number, unit) = match minutes {
        0..=119 => (minutes, "minute"),
        120..=2_879 => (minutes / 60, "hour"),
        _ => (minutes / 1_440, "day"),
    };
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {unit}{plural}")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_time_reads_as_people_say_it() {
        let at = UtcTime::parse("2026-11-03T14:05:09Z").unwrap();
        assert_eq!(in_words(at), "3 November 2026, 14:05 UTC");
        assert_eq!(short_moment(at), "3 Nov 2026, 14:05:09");
        let now = UtcTime::parse("2026-11-03T08:00:00Z").unwrap();
        assert_eq!(
            with_distance(at, now),
            "3 November 2026, 14:05 UTC (in 6 hours)"
        );
    }

    #[test]
    fn in_summer_the_time_on_the_clock_stands_beside_utc() {
        let at = UtcTime::parse("2026-07-03T14:05:09Z").unwrap();
        let now = UtcTime::parse("2026-07-03T08:00:00Z").unwrap();
        assert_eq!(
            with_distance(at, now),
            "3 July 2026, 14:05 UTC (15:05 BST), in 6 hours"
        );
        assert_eq!(short_moment(at), "3 Jul 2026, 14:05:09 (15:05:09 BST)");
    }

    #[test]
    fn the_distance_is_in_the_largest_unit_of_two_or_more() {
        let now = UtcTime::parse("2026-11-03T12:00:00Z").unwrap();
        let far = |text| from_now(UtcTime::parse(text).unwrap(), now);
        assert_eq!(far("2026-11-03T18:10:00Z"), "in 6 hours");
        assert_eq!(far("2026-11-03T13:59:00Z"), "in 119 minutes");
        assert_eq!(far("2026-10-31T12:00:00Z"), "3 days ago");
        assert_eq!(far("2026-11-03T12:00:30Z"), "now");
    }
}
