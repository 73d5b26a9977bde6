//! Blocks that speak: banners, panels, warnings, details.

use leptos::{ev, html::*, prelude::*};

/// The id of the banner above the content.
pub const NOTIFICATION: &str = "notification";

/// A banner above the content that takes the focus when it appears.
pub fn notification_banner(title: &'static str, content: impl IntoView + 'static) -> AnyView {
    crate::browser::focus(NOTIFICATION);
    alert_banner(title, content)
}

/// The same banner where whoever draws it says whether the focus moves to it ([`NOTIFICATION`]): screen readers say it at once.
pub fn alert_banner(title: &'static str, content: impl IntoView + 'static) -> AnyView {
    div()
        .class("govuk-notification-banner")
        .id(NOTIFICATION)
        .role("alert")
        .tabindex("-1")
        .attr("aria-labelledby", "notification-title")
        .child((
            div().class("govuk-notification-banner__header").child(
                h2().class("govuk-notification-banner__title")
                    .id("notification-title")
                    .child(title),
            ),
            div()
                .class("govuk-notification-banner__content")
                .child(content),
        ))
        .into_any()
}

/// A banner that is said at once, takes no focus, and may stand above another: it has no id and is no heading.
pub fn alert_region(title: &'static str, content: impl IntoView + 'static) -> AnyView {
    div()
        .class("govuk-notification-banner")
        .role("alert")
        .aria_label(title)
        .child((
            div()
                .class("govuk-notification-banner__header")
                .child(p().class("govuk-notification-banner__title").child(title)),
            div()
                .class("govuk-notification-banner__content")
                .child(content),
        ))
        .into_any()
}

/// A banner within the content, which does not take the focus: something that people should know, but need not act on. Its title is no
/// heading, since it stands below headings of any level; it names the region.
pub fn notification(title: &'static str, words: impl Into<String>) -> AnyView {
    notification_of(
        title,
        p().class("govuk-body govuk-!-margin-bottom-0")
            .child(words.into()),
    )
}

/// The same with more than a paragraph in it.
pub fn notification_of(title: &'static str, content: impl IntoView + 'static) -> AnyView {
    section()
        .class("govuk-notification-banner")
        .aria_label(title)
        .child((
            div()
                .class("govuk-notification-banner__header")
                .child(p().class("govuk-notification-banner__title").child(title)),
            div()
                .class("govuk-notification-banner__content")
                .child(content),
        ))
        .into_any()
}

/// The green panel that ends a task: `title`, then what matters most in large type.
pub fn panel(title: impl Into<String>, body: impl IntoView + 'static) -> AnyView {
    div()
        .class("govuk-panel govuk-panel--confirmation")
        .child((
            h1().class("govuk-panel__title")
                .tabindex("-1")
                .child(title.into()),
            div().class("govuk-panel__body").child(body),
        ))
        .into_any()
}

/// A sentence that must not be missed.
pub fn warning_text(words: impl IntoView + 'static) -> AnyView {
    div()
        .class("govuk-warning-text")
        .child((
            span()
                .class("govuk-warning-text__icon")
                .aria_hidden("true")
                .child("!"),
            strong().class("govuk-warning-text__text").child((
                span().class("govuk-visually-hidden").child("Warning: "),
                words,
            )),
        ))
        .into_any()
}

/// A block set apart from the text around it.
pub fn inset(content: impl IntoView + 'static) -> AnyView {
    div().class("govuk-inset-text").child(content).into_any()
}

/// Words that most people do not need, one click away.
pub fn details(title: impl Into<String>, content: impl IntoView + 'static) -> AnyView {
    let inside = inside_details(title.into(), content.into_any());
    leptos::html::details()
        .class("govuk-details")
        .child(inside)
        .into_any()
}

/// The same, and `toggled` is called whenever somebody opens or closes it.
pub fn details_toggled(
    title: impl Into<String>,
    toggled: impl Fn() + 'static,
    content: impl IntoView + 'static,
) -> AnyView {
    let inside = inside_details(title.into(), content.into_any());
    leptos::html::details()
        .class("govuk-details")
        .on(ev::toggle, move |_| toggled())
        .child(inside)
        .into_any()
}

fn inside_details(title: String, content: AnyView) -> AnyView {
    let title = span().class("govuk-details__summary-text").child(title);
    (
        summary().class("govuk-details__summary").child(title),
        div().class("govuk-details__text").child(content),
    )
        .into_any()
}
