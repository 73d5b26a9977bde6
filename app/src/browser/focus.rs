//! Moving the focus, so that people who do not see the page learn what has changed.

use super::{after, element_by_id};
use web_sys::{ScrollBehavior, ScrollIntoViewOptions, ScrollLogicalPosition};

/// Focuses the element with this id as soon as it has been drawn.
pub fn focus(id: impl Into<String>) {
    let id = id.into();
    after(0, move || {
        if let Some(element) = element_by_id(&id) {
            let _ = element.focus();
        }
    });
}

/// Focuses the page's `h1` (after the way to another page).
pub fn focus_heading() {
    title_from_heading();
    after(0, || {
        if let Ok(Some(heading)) = super::document().query_selector("main h1") {
            use wasm_bindgen::JsCast;
            if let Ok(heading) = heading.dyn_into::<web_sys::HtmlElement>() {
                heading.set_tab_index(-1);
                let _ = heading.focus();
            }
        }
    });
}

/// Names the page, for tabs, history and screen readers, after its `h1`, as soon as that has been drawn.
pub fn title_from_heading() {
    after(0, || {
        if let Ok(Some(heading)) = super::document().query_selector("main h1") {
            let words = heading.text_content().unwrap_or_default();
            super::document().set_title(&format!("{words} - Sluice"));
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
