//! Telling screen readers what changes without the focus moving.

use crate::components::changing;
use leptos::{html::*, prelude::*};

/// A region, invisible, that says `words` whenever they change. Announce the start, the middle and the end of a task,
/// not every step.
pub fn live_region(words: impl Fn() -> String + Send + 'static) -> AnyView {
    div()
        .class("govuk-visually-hidden")
        .role("status")
        .aria_live("polite")
        .child(words)
        .into_any()
}

/// A bar of something of which nobody knows how far it is.
pub fn waiting_bar(label: &'static str) -> AnyView {
    progress()
        .class("app-progress__bar app-progress__bar--unknown")
        .aria_label(label)
        .into_any()
}

/// A bar with its words: what is being done and how far. `done` of `all`.
pub fn progress_bar(
    label: &'static str,
    done: impl Fn() -> f64 + Copy + Send + 'static,
) -> AnyView {
    let percent = move || (done().clamp(0.0, 1.0) * 100.0).floor();
    div()
        .class("app-progress")
        .child((
            progress()
                .class("app-progress__bar")
                .max("100")
                .aria_label(label)
                .prop("value", percent),
            span()
                .class("app-progress__words app-number")
                .child(changing(move || format!("{}%", percent()))),
        ))
        .into_any()
}
