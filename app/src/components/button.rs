//! Buttons: verbs with an object.

use crate::address::Link;
use leptos::{
    ev::{self, MouseEvent},
    html::{a, button as element},
    prelude::*,
};

/// The main action of a page.
pub fn button(words: impl IntoView + 'static, press: impl FnMut(MouseEvent) + 'static) -> AnyView {
    shaped("govuk-button", words, || false, press)
}

/// The main action of a page, which cannot be pressed again while `busy`.
pub fn busy_button(
    words: impl IntoView + 'static,
    busy: impl Fn() -> bool + Send + 'static,
    press: impl FnMut(MouseEvent) + 'static,
) -> AnyView {
    shaped("govuk-button", words, busy, press)
}

/// An action beside the main one.
pub fn secondary_button(
    words: impl IntoView + 'static,
    press: impl FnMut(MouseEvent) + 'static,
) -> AnyView {
    shaped(
        "govuk-button govuk-button--secondary",
        words,
        || false,
        press,
    )
}

/// An action that cannot be undone.
pub fn warning_button(
    words: impl IntoView + 'static,
    press: impl FnMut(MouseEvent) + 'static,
) -> AnyView {
    shaped("govuk-button govuk-button--warning", words, || false, press)
}

/// An action that cannot be undone, nor pressed again while `busy`.
pub fn busy_warning_button(
    words: impl IntoView + 'static,
    busy: impl Fn() -> bool + Send + 'static,
    press: impl FnMut(MouseEvent) + 'static,
) -> AnyView {
    shaped("govuk-button govuk-button--warning", words, busy, press)
}

/// An action that looks like a link: *Change*, *Clear the filter*.
pub fn quiet_button(
    words: impl IntoView + 'static,
    press: impl FnMut(MouseEvent) + 'static,
) -> AnyView {
    shaped("govuk-link app-quiet-button", words, || false, press)
}

/// The same, and it cannot be pressed again while `busy`.
pub fn busy_quiet_button(
    words: impl IntoView + 'static,
    busy: impl Fn() -> bool + Send + 'static,
    press: impl FnMut(MouseEvent) + 'static,
) -> AnyView {
    shaped("govuk-link app-quiet-button", words, busy, press)
}

fn shaped(
    class: &'static str,
    words: impl IntoView + 'static,
    busy: impl Fn() -> bool + Send + 'static,
    press: impl FnMut(MouseEvent) + 'static,
) -> AnyView {
    element()
        .r#type("button")
        .class(class)
        .disabled(busy)
        .on(ev::click, press)
        .child(words.into_any())
        .into_any()
}

/// A way to another page that looks like a button.
pub fn link_button(words: impl Into<String>, link: impl Into<Link>) -> AnyView {
    a().href(link.into().href())
        .role("button")
        .draggable("false")
        .class("govuk-button")
        .child(words.into())
        .into_any()
}
