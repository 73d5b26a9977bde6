//! The requests of one page, which end with it.

use leptos::prelude::*;
use web_sys::{AbortController, AbortSignal};

/// What ties requests to the page that is shown: they are aborted when it is left, and none is made after that. Cheap to copy.
#[derive(Clone, Copy, Debug)]
pub struct PageRequests(StoredValue<AbortController, LocalStorage>);

impl PageRequests {
    /// For the page that is about to be drawn: its views find it by [`use_page_requests`].
    ///
    /// # Panics
    /// Where the browser cannot abort requests.
    pub fn begin() {
        let controller = AbortController::new();
        let controller = StoredValue::new_local(
            controller.expect("every browser that runs WebAssembly can abort requests"),
        );
        on_cleanup(move || controller.with_value(AbortController::abort));
        provide_context(Self(controller));
    }

    /// What aborts a request of the page; none once the page was left.
    pub(super) fn signal(self) -> Option<AbortSignal> {
        self.0.try_with_value(AbortController::signal)
    }
}

/// The requests of this page; none outside of pages. Call it while a view is being built, not in an event.
pub fn use_page_requests() -> Option<PageRequests> {
    use_context::<PageRequests>()
}
