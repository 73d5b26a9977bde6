//! Moving through a list of pages.

use leptos::{ev, html::*, prelude::*};

/// *Previous* and *Next* below a table, with where one is between them ("Page 2 of 13"). Absent directions are left out.
pub fn pagination(
    label: &'static str,
    place: impl Into<String>,
    previous: Option<Box<dyn Fn() + Send>>,
    next: Option<Box<dyn Fn() + Send>>,
) -> AnyView {
    let side = |words: &'static str, class: &'static str, act: Box<dyn Fn() + Send>| {
        button()
            .r#type("button")
            .class(format!("govuk-link app-quiet-button {class}"))
            .on(ev::click, move |_| act())
            .child(words)
            .into_any()
    };
    nav()
        .class("app-pagination")
        .aria_label(label)
        .child((
            previous.map(|act| side("Previous", "app-pagination__previous", act)),
            span()
                .class("govuk-body govuk-!-margin-bottom-0 app-number")
                .child(place.into()),
            next.map(|act| side("Next", "app-pagination__next", act)),
        ))
        .into_any()
}
