//! An outage that begins and ends when a test says so.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::{Call, Fate};

/// From a call on, all share a fate; until then, and when it is over, they pass.
#[derive(Debug, Clone)]
pub(crate) struct Outage {
    from: Arc<AtomicUsize>,
    with: Fate,
}

impl Outage {
    /// One that has begun.
    pub(crate) fn now(with: Fate) -> Self {
        let from = Arc::new(AtomicUsize::new(0));
        Self { from, with }
    }

    /// One that has not begun.
    pub(crate) fn later(with: Fate) -> Self {
        let outage = Self::now(with);
        outage.ends();
        outage
    }

    /// Begins with the call that has so many before it.
    pub(crate) fn begins_with(&self, number: usize) {
        self.from.store(number, Ordering::Relaxed);
    }

    pub(crate) fn ends(&self) {
        self.begins_with(usize::MAX);
    }

    /// What a proxy does to calls.
    pub(crate) fn fate(&self) -> impl Fn(&Call) -> Fate + Send + Sync + 'static {
        let outage = self.clone();
        move |call| {
            if call.number >= outage.from.load(Ordering::Relaxed) {
                outage.with
            } else {
                Fate::Passes
            }
        }
    }
}
