//! Hearing what happens outside of the elements that a page draws: their own listeners go with them.

use gloo_events::{EventListener, EventListenerOptions};
use leptos::{ev::EventDescriptor, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::MouseEvent;

/// Calls `hear` with each such event of the window, for as long as what is being drawn is shown.
pub fn listen<E>(event: E, hear: impl Fn(E::EventType) + 'static)
where
    E: EventDescriptor + 'static,
    E::EventType: JsCast,
{
    let listener = window_event_listener(event, hear);
    on_cleanup(move || listener.remove());
}

/// Calls `hear` with each click anywhere on the page, after the elements that were clicked, for as long as what is being drawn is
/// shown. It may prevent what the browser would do.
pub fn listen_to_clicks(hear: impl Fn(&MouseEvent) + 'static) {
    let listener = EventListener::new_with_options(
        &super::document(),
        "click",
        EventListenerOptions::enable_prevent_default(),
        move |event| hear(event.unchecked_ref()),
    );
    // It is removed when it is dropped, and dropped with the owner of what is being drawn.
    StoredValue::new_local(listener);
}
