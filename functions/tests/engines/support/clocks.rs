//! The functions' clock, and where `intake` is to stop.

use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use sluice_functions::Step;
use sluice_shared::instant::UtcTime;
use sluice_shared::thresholds::Period;

use super::World;

/// Where `intake` is to stop, and how often it got there.
#[derive(Debug, Default)]
pub(crate) struct Stop {
    pub(crate) at: Mutex<Option<Step>>,
    pub(crate) stopped: AtomicU32,
}

impl World {
    /// Moves the functions' clock, and the issuer's.
    pub(crate) fn pass(&self, time: Duration) {
        let millis = i64::try_from(time.as_millis()).unwrap();
        let ahead = self.ahead.fetch_add(millis, Ordering::Relaxed) + millis;
        self.stack.clock().set_ahead(ahead);
    }

    /// Moves them the other way.
    pub(crate) fn turn_back(&self, time: Duration) {
        let millis = i64::try_from(time.as_millis()).unwrap();
        let ahead = self.ahead.fetch_sub(millis, Ordering::Relaxed) - millis;
        self.stack.clock().set_ahead(ahead);
    }

    /// Moves the clocks to just after the next window of a period began, so that a test stays inside one.
    pub(crate) fn pass_into_next(&self, period: Period) {
        let now = self.now();
        let left = period.window(now).end.unix_millis() - now.unix_millis();
        self.pass(Duration::from_millis(u64::try_from(left).unwrap() + 1_000));
    }

    /// How far the functions' clock is ahead of the machine's, in milliseconds.
    pub(crate) fn ahead(&self) -> i64 {
        self.ahead.load(Ordering::Relaxed)
    }

    pub(crate) fn now(&self) -> UtcTime {
        self.backend.now()
    }

    /// The storage's clock, which is the machine's: a file arrives by it, whatever time has passed for the functions.
    pub(crate) fn storage_now(&self) -> UtcTime {
        let ahead = time::Duration::milliseconds(self.ahead());
        self.now().plus(-ahead)
    }
}

pub(crate) fn clock(ahead: Arc<AtomicI64>) -> sluice_functions::Clock {
    Arc::new(move || {
        let machine = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap()
            .as_millis();
        UtcTime::from_unix_millis(i64::try_from(machine).unwrap() + ahead.load(Ordering::Relaxed))
    })
}

/// Ends the task that gets to the step, as a crash would.
pub(super) fn panics_at(stop: Arc<Stop>) -> sluice_functions::StepHook {
    Arc::new(move |step| {
        let wanted = *stop.at.lock().unwrap();
        if wanted == Some(step) {
            stop.stopped.fetch_add(1, Ordering::Relaxed);
            panic!("stopped at {step:?}, as the test asked");
        }
    })
}
