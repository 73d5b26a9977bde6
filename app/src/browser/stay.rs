//! Asking before a tab is closed, only while something would be lost by it.

use gloo_events::{EventListener, EventListenerOptions};
use std::cell::Cell;

thread_local! {
    static KEPT_OPEN: Cell<u32> = const { Cell::new(0) };
}

/// For as long as it is there, the browser asks whoever closes the tab, or leaves by an address, whether they mean to.
#[derive(Debug)]
pub struct KeepOpen(#[expect(dead_code, reason = "it listens until it is dropped")] EventListener);

impl KeepOpen {
    /// From now on.
    pub fn begin() -> Self {
        KEPT_OPEN.set(KEPT_OPEN.get() + 1);
        // A page that listens cannot be kept for the way back, so that nothing listens but for this.
        Self(EventListener::new_with_options(
            &super::window(),
            "beforeunload",
            EventListenerOptions::enable_prevent_default(),
            web_sys::Event::prevent_default,
        ))
    }
}

impl Drop for KeepOpen {
    fn drop(&mut self) {
        KEPT_OPEN.set(KEPT_OPEN.get().saturating_sub(1));
    }
}

/// Whether something would be lost now.
pub fn is_kept_open() -> bool {
    KEPT_OPEN.get() > 0
}
