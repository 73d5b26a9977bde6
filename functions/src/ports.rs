//! What the functions take from outside besides the cloud: the time, random bytes, the steps of `intake`, and
//! where metrics go.
//!
//! Tests pass their own; nothing else in this crate reads a clock or a random source.
use std::{fmt, sync::Arc};

use sluice_shared::instant::UtcTime;

use crate::metrics::{self, Meter};

/// The time, in UTC.
pub type Clock = Arc<dyn Fn() -> UtcTime + Send + Sync>;
/// Fills a buffer with bytes that nobody can predict.
pub type Random = Arc<dyn Fn(&mut [u8]) + Send + Sync>;
/// Called after each durable step of `intake`. A test ends the process or panics here to show that nothing is lost or doubled.
pub type StepHook = Arc<dyn Fn(Step) + Send + Sync>;

/// A point of `intake` after which a crash must change nothing in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// The submission is marked as received.
    Received,
    /// The file and its signature were read, and there is a verdict; nothing was written yet.
    Judged,
    /// A reviewer's decision is part of the submission; nothing of it has taken effect.
    DecisionTakenUp,
    /// One quarantine event is locked for this submission.
    EventLocked,
    /// The submission says that it is being recorded, and its releases are counted; no page is written.
    BeingRecorded,
    /// One page of decisions is written; counts from 1 within a run.
    PageDecided(u32),
    /// All pages are written, the final transaction is not.
    PagesDone,
    /// The outcome is recorded.
    Settled,
}

/// All together.
#[derive(Clone)]
pub struct Ports {
    /// The time.
    pub clock: Clock,
    /// Random bytes.
    pub random: Random,
    /// Steps of `intake`; does nothing outside tests.
    pub step: StepHook,
    /// Metrics; they go nowhere outside Lambda.
    pub meter: Meter,
}

impl Ports {
    /// The machine's clock and random source.
    ///
    /// # Panics
    /// The random port panics if the operating system has no random bytes to give: nothing safe can be done then.
    pub fn system() -> Self {
        Self {
            clock: Arc::new(|| {
                let now = std::time::SystemTime::now()
                    .duration_since(std::time::UNIX_EPOCH)
                    .expect("the clock is past 1970");
                let millis = i64::try_from(now.as_millis())
                    .expect("the clock is before the year 292,000,000");
                UtcTime::from_unix_millis(millis)
            }),
            random: Arc::new(|bytes| {
                getrandom::fill(bytes).expect("the operating system gives random bytes");
            }),
            step: Arc::new(|_| {}),
            meter: Arc::new(|_, _| {}),
        }
    }

    /// The same, with metrics for `CloudWatch` in the log.
    pub fn in_lambda() -> Self {
        Self {
            meter: metrics::to_log(),
            ..Self::system()
        }
    }
}

impl fmt::Debug for Ports {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Ports")
    }
}
