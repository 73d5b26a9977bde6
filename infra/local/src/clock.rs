//! The machine's clock, read in one place, in milliseconds since the Unix epoch.

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Now, in Unix milliseconds.
pub(crate) fn now_millis() -> i64 {
    millis(OffsetDateTime::now_utc())
}

/// Now, in whole Unix seconds, as tokens count.
pub(crate) fn now_seconds() -> i64 {
    OffsetDateTime::now_utc().unix_timestamp()
}

pub(crate) fn millis(at: OffsetDateTime) -> i64 {
    i64::try_from(at.unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX)
}

pub(crate) fn date_time(millis: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(millis) * 1_000_000).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

/// `2026-11-22T00:00:00.123Z`, always with milliseconds, as S3's events have it.
pub(crate) fn rfc3339(millis: i64) -> String {
    let whole = date_time(millis).replace_nanosecond(0).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let text = whole.format(&Rfc3339).expect("a year of four digits has an RFC 3339 form");
    format!("{}.{:03}Z", text.trim_end_matches('Z'), millis.rem_euclid(1000))
}
