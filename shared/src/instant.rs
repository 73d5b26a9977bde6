//! Instants: UTC, to the millisecond, written as RFC 3339 with `Z`.

use std::fmt;

use time::{Date, Duration, Month, OffsetDateTime, Time};

use crate::{identifiers::text_form, uk_time};

/// An instant in UTC in whole milliseconds, from year 0000 to year 9999.
///
/// Its text is RFC 3339 with `Z`, and a fraction of three digits only when there is one: `2026-11-03T14:05:00Z`. The offsets `+00:00` and
/// `-00:00` are read too: they say UTC as well (RFC 3339, 4.3).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UtcTime(OffsetDateTime);

/// Why a text is not an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UtcTimeError {
    /// Not of the form `2026-11-03T14:05:00Z`.
    #[error("is not a date and time like 2026-11-03T14:05:00Z")]
    Form,
    /// RFC 3339, but with an offset that is not UTC's.
    #[error("is not in UTC: it has another offset")]
    NotUtc,
    /// Right form, but no such day or time exists (30 February, 25 o'clock).
    #[error("is not a day and time that exists")]
    Impossible,
    /// More than three digits of a second's fraction.
    #[error("is finer than a millisecond")]
    TooFine,
}

impl UtcTime {
    /// Reads RFC 3339 text in UTC.
    pub fn parse(text: &str) -> Result<Self, UtcTimeError> {
        let bytes = text.as_bytes();
        if bytes.len() < 20 || !has_date_time_form(bytes) {
            return Err(UtcTimeError::Form);
        }
        let (fraction, zone) = split_fraction(&bytes[19..])?;
        match zone {
            b"Z" | b"z" | b"+00:00" | b"-00:00" => {}
            [b'+' | b'-', rest @ ..] if rest.len() == 5 && rest[2] == b':' => {
                return Err(UtcTimeError::NotUtc);
            }
            _ => return Err(UtcTimeError::Form),
        }
        let millisecond = milliseconds(fraction)?;
        let part = |from: usize| number(&bytes[from..from + 2]);
        let (hour, minute, second) = (part(11), part(14), part(17));
        let year = i32::from(part(0)) * 100 + i32::from(part(2));
        let date = Month::try_from(part(5))
            .and_then(|month| Date::from_calendar_date(year, month, part(8)))
            .map_err(|_| UtcTimeError::Impossible)?;
        let time = Time::from_hms_milli(hour, minute, second, millisecond)
            .map_err(|_| UtcTimeError::Impossible)?;
        Ok(Self(OffsetDateTime::new_utc(date, time)))
    }

    /// The instant this many milliseconds after 1970-01-01T00:00:00Z; beyond year 0000 to 9999 the nearest end of that span.
    pub fn from_unix_millis(millis: i64) -> Self {
        const FIRST: i64 = -62_167_219_200_000;
        const LAST: i64 = 253_402_300_799_999;
        let nanos = i128::from(millis.clamp(FIRST, LAST)) * 1_000_000;
        Self(OffsetDateTime::from_unix_timestamp_nanos(nanos).unwrap_or(OffsetDateTime::UNIX_EPOCH))
    }

    /// Milliseconds since 1970-01-01T00:00:00Z; negative before.
    pub fn unix_millis(self) -> i64 {
        self.0.unix_timestamp() * 1000 + i64::from(self.0.millisecond())
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    pub fn unix_seconds(self) -> i64 {
        self.0.unix_timestamp()
    }

    /// This instant moved by `duration` (which may be negative), cut to whole milliseconds.
    #[must_use]
    pub fn plus(self, duration: Duration) -> Self {
        let millis = i64::try_from(duration.whole_milliseconds()).unwrap_or(i64::MAX);
        Self::from_unix_millis(self.unix_millis().saturating_add(millis))
    }

    /// The time from `earlier` to this instant; negative when `earlier` is the later one.
    pub fn since(self, earlier: Self) -> Duration {
        self.0 - earlier.0
    }

    /// Whether both lie on the same day of UTC.
    pub fn is_on_the_day_of(self, other: Self) -> bool {
        self.0.date() == other.0.date()
    }

    /// The first instant of its day (UTC).
    #[must_use]
    pub fn start_of_day(self) -> Self {
        Self(self.0.replace_time(Time::MIDNIGHT))
    }

    /// As people read it: "3 November 2026, 14:05 UTC", in summer with the time on the clock beside it: "3 July 2026, 14:05 UTC (15:05 BST)".
    /// The machine's form is `Display`.
    pub fn in_words(self) -> String {
        let (hour, minute, _) = self.0.to_hms();
        format!(
            "{}, {hour:02}:{minute:02} UTC{}",
            self.day_in_words(),
            uk_time::beside(self.0, false)
        )
    }

    /// The same where a minute is not enough, as beside another instant: "3 November 2026, 14:05:09 UTC".
    pub fn in_words_with_seconds(self) -> String {
        let (hour, minute, second) = self.0.to_hms();
        format!(
            "{}, {hour:02}:{minute:02}:{second:02} UTC{}",
            self.day_in_words(),
            uk_time::beside(self.0, true)
        )
    }

    /// For narrow columns whose heading says UTC: "3 Nov 2026, 14:05:09", in summer with ` (15:05:09 BST)`.
    pub fn in_few_words(self) -> String {
        let (hour, minute, second) = self.0.to_hms();
        let month = self.0.month().to_string();
        format!(
            "{} {} {}, {hour:02}:{minute:02}:{second:02}{}",
            self.0.day(),
            &month[..3],
            self.0.year(),
            uk_time::beside(self.0, true)
        )
    }

    /// Whether the clocks in Great Britain show another time than UTC.
    pub fn is_in_summer_time(self) -> bool {
        uk_time::summer_time(self.0).is_some()
    }

    /// The day alone: "3 November 2026".
    pub fn day_in_words(self) -> String {
        let t = self.0;
        format!("{} {} {}", t.day(), t.month(), t.year())
    }

    /// The calendar form, for code that needs days and weekdays.
    pub fn date_time(self) -> OffsetDateTime {
        self.0
    }
}

impl From<OffsetDateTime> for UtcTime {
    /// The same instant in UTC, cut to whole milliseconds.
    fn from(value: OffsetDateTime) -> Self {
        let millis = value.unix_timestamp_nanos().div_euclid(1_000_000);
        Self::from_unix_millis(i64::try_from(millis).unwrap_or(i64::MAX))
    }
}

impl fmt::Display for UtcTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let t = self.0;
        write!(
            f,
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
            t.year(),
            u8::from(t.month()),
            t.day(),
            t.hour(),
            t.minute(),
            t.second()
        )?;
        match t.millisecond() {
            0 => f.write_str("Z"),
            ms => write!(f, ".{ms:03}Z"),
        }
    }
}

impl fmt::Debug for UtcTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

text_form!(
    UtcTime,
    UtcTimeError,
    "An instant in UTC, RFC 3339",
    "2026-11-03T14:05:00Z",
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?[Zz]$"
);

fn has_date_time_form(bytes: &[u8]) -> bool {
    const FORM: &[u8; 19] = b"0000-00-00T00:00:00";
    bytes.iter().zip(FORM).all(|(byte, form)| match form {
        b'0' => byte.is_ascii_digit(),
        b'T' => matches!(byte, b'T' | b't'),
        other => byte == other,
    })
}

/// Splits what follows the seconds into the fraction's digits and the zone.
fn split_fraction(rest: &[u8]) -> Result<(&[u8], &[u8]), UtcTimeError> {
    let Some(after) = rest.strip_prefix(b".") else {
        return Ok((&[], rest));
    };
    let digits = after
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    if digits == 0 {
        return Err(UtcTimeError::Form);
    }
    Ok(after.split_at(digits))
}

/// The milliseconds that a fraction says; zeros beyond the third digit lose nothing, so they may stand.
fn milliseconds(fraction: &[u8]) -> Result<u16, UtcTimeError> {
    if fraction.iter().skip(3).any(|byte| *byte != b'0') {
        return Err(UtcTimeError::TooFine);
    }
    let digits = fraction
        .iter()
        .copied()
        .chain(std::iter::repeat(b'0'))
        .take(3);
    Ok(digits.fold(0, |value, digit| value * 10 + u16::from(digit - b'0')))
}

fn number(two_digits: &[u8]) -> u8 {
    two_digits
        .iter()
        .fold(0, |value, digit| value * 10 + (digit - b'0'))
}
