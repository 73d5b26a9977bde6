//! Moving the focus, so that people who do not see the page learn what has changed.

use super::{after, element_by_id};
use std::cell::Cell;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, ScrollBehavior, ScrollIntoViewOptions, ScrollLogicalPosition};

/// Focuses the element with this id as soon as it has been drawn.
pub fn focus(id: impl Into<String>) {
    let id = id.into();
    after(0, move || {
        if let Some(element) = element_by_id(&id) {
            let _ = element.focus();
        }
    });
}

thread_local! {
    /// Whether somebody went to a page whose heading has not been drawn yet.
    static FOCUS_WAITS: Cell<bool> = const { Cell::new(false) };
}

/// Focuses the page's `h1` (after the way to another page): now, or when it arrives.
pub fn focus_heading() {
    FOCUS_WAITS.set(true);
    heading_drawn();
}

/// To be called when a page has been drawn: names the document after its `h1`, for tabs, history and screen readers, and gives
/// that the focus if somebody is waiting for it.
pub fn heading_drawn() {
    after(0, || {
        let Ok(Some(heading)) = super::document().query_selector("#app main h1") else {
            return;
        };
        let words = heading.text_content().unwrap_or_default();
        super::document().set_title(&format!("{words} - Sluice"));
        if let Ok(heading) = heading.dyn_into::<HtmlElement>()
            && FOCUS_WAITS.take()
        {
            heading.set_tab_index(-1);
            let _ = heading.focus();
        }
    });
}

/// Brings the element with this id to the middle of the view and focuses it.
pub fn scroll_to(id: impl Into<String>) {
    let id = id.into();
    after(0, move || {
        if let Some(element) = element_by_id(&id) {
            let options = ScrollIntoViewOptions::new();
            options.set_behavior(ScrollBehavior::Auto);
            options.set_block(ScrollLogicalPosition::Center);
            element.scroll_into_view_with_scroll_into_view_options(&options);
            let _ = element.focus();
        }
    });
}
