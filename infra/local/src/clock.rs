//! The time: the machine's clock for storage, and one that tests may shift for people's deadlines and tokens.

use std::fmt;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// The clock that the functions and the issuer read. Clones are one clock.
#[derive(Clone, Default)]
pub struct Clock {
    /// Milliseconds ahead of the machine's clock.
    ahead: Arc<AtomicI64>,
    follower: Arc<OnceLock<Follower>>,
}

type Follower = Box<dyn Fn(i64) + Send + Sync>;

impl fmt::Debug for Clock {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Clock")
            .field("ahead", &self.ahead)
            .finish_non_exhaustive()
    }
}

impl Clock {
    /// Unix milliseconds.
    pub fn millis(&self) -> i64 {
        now_millis() + self.ahead.load(Ordering::Relaxed)
    }

    /// Whole Unix seconds, as tokens count.
    pub fn seconds(&self) -> i64 {
        self.millis().div_euclid(1000)
    }

    /// As a date.
    pub fn now(&self) -> OffsetDateTime {
        date_time(self.millis())
    }

    /// Moves this clock so many milliseconds ahead of the machine's (0: back to it).
    pub fn set_ahead(&self, millis: i64) {
        self.ahead.store(millis, Ordering::Relaxed);
        if let Some(follower) = self.follower.get() {
            follower(millis);
        }
    }

    /// Names the one that is told, before [`Clock::set_ahead`] returns, how many milliseconds this clock is ahead: functions in
    /// processes of their own have to follow. Only the first one named is told.
    pub fn follow(&self, follower: impl Fn(i64) + Send + Sync + 'static) {
        let _ = self.follower.set(Box::new(follower));
    }
}

/// The machine's clock, in Unix milliseconds.
pub(crate) fn now_millis() -> i64 {
    i64::try_from(OffsetDateTime::now_utc().unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX)
}

pub(crate) fn date_time(millis: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(millis) * 1_000_000)
        .unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

/// `2026-11-22T00:00:00.123Z`, always with milliseconds, as S3's events have it.
pub(crate) fn rfc3339(millis: i64) -> String {
    let whole = date_time(millis)
        .replace_nanosecond(0)
        .unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let text = whole
        .format(&Rfc3339)
        .expect("a year of four digits has an RFC 3339 form");
    format!(
        "{}.{:03}Z",
        text.trim_end_matches('Z'),
        millis.rem_euclid(1000)
    )
}
