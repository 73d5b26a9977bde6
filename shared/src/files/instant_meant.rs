//! The instant that a value means although it is written in another way, so that people are told what to write.

use time::Duration;

use crate::instant::UtcTime;

/// What a date and time is in the right form; `None` where that cannot be told: without an offset it may be the time on a clock in
/// Britain, and without the century or the order of day and month it may be another day.
pub(super) fn instant_meant(text: &str) -> Option<UtcTime> {
    let text = text.trim().replace(',', ".");
    let (date, rest) = text.split_at_checked(10)?;
    let rest = rest.strip_prefix(['T', 't', ' ', '_'])?.trim_start();
    let end = rest
        .find(|character: char| !character.is_ascii_digit() && !":.".contains(character))
        .unwrap_or(rest.len());
    let (time, zone) = rest.split_at(end);
    let ahead = offset(zone.trim_start())?;
    let time = if time.len() == 5 {
        format!("{time}:00")
    } else {
        time.to_owned()
    };
    // The end of a day may be written as its 24th hour (ISO 8601).
    let (time, days) = match time.strip_prefix("24:00:00") {
        Some(fraction) if fraction.bytes().all(|byte| b".0".contains(&byte)) => {
            ("00:00:00".to_owned(), 1)
        }
        _ => (time, 0),
    };
    let written = UtcTime::parse(&format!("{date}T{time}Z")).ok()?;
    Some(written.plus(Duration::days(days) - ahead))
}

/// How far ahead of UTC an offset is: `Z`, `UTC`, `+01:00`, `+0100`, `+01`.
fn offset(zone: &str) -> Option<Duration> {
    if ["Z", "UTC", "GMT"]
        .iter()
        .any(|name| zone.eq_ignore_ascii_case(name))
    {
        return Some(Duration::ZERO);
    }
    let (sign, digits) = match zone.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let number = |text: &str| {
        let digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse::<i64>().ok()).flatten()
    };
    let (hours, minutes) = match digits.len() {
        2 => (number(digits)?, 0),
        4 => (number(&digits[..2])?, number(digits.get(2..)?)?),
        5 => (
            number(digits.get(..2)?)?,
            number(digits.get(2..)?.strip_prefix(':')?)?,
        ),
        _ => return None,
    };
    // No place on Earth is further ahead of UTC or behind it than 14 hours.
    (hours <= 14 && minutes < 60)
        .then(|| (Duration::hours(hours) + Duration::minutes(minutes)) * sign)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_can_be_told_is_told() {
        for (text, meant) in [
            ("2026-12-01 00:00:00Z", "2026-12-01T00:00:00Z"),
            ("2026-12-01 00:00:00 UTC", "2026-12-01T00:00:00Z"),
            ("2026-12-01T00:00Z", "2026-12-01T00:00:00Z"),
            ("2026-12-01T24:00:00Z", "2026-12-02T00:00:00Z"),
            ("2026-12-31T24:00Z", "2027-01-01T00:00:00Z"),
            ("2026-12-01T00:00:00,5Z", "2026-12-01T00:00:00.500Z"),
            ("2026-12-01T00:00:00+0000", "2026-12-01T00:00:00Z"),
            ("2026-07-01T00:00:00+01:00", "2026-06-30T23:00:00Z"),
            ("2026-07-01 00:00:00-0530", "2026-07-01T05:30:00Z"),
        ] {
            assert_eq!(instant_meant(text).unwrap().to_string(), meant, "{text}");
        }
    }

    #[test]
    fn what_may_be_another_time_is_not_told() {
        for text in [
            "2026-12-01",
            "2026-12-01T00:00:00",
            "2026-12-01 00:00:00",
            "01/12/2026 00:00:00Z",
            "2026-02-30T00:00:00Z",
            "2026-12-01T24:00:01Z",
            "2026-12-01T00:00:00+1:00",
            "2026-12-01T00:00:00+é0",
            "2026-12-01T00:00:00+15:00",
            "2026-12-01T00:00:00+99:00",
            "2026-12-01T00:00:00BST",
            "2026-12-01Tomorrow",
            "é",
            "",
        ] {
            assert_eq!(instant_meant(text), None, "{text}");
        }
    }
}
