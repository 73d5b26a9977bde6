//! What stands around every page: header, navigation, phase banner, footer.

mod header;
mod navigation;

use crate::{
    address::PagePath,
    session::{self, Session},
};
use leptos::{html::*, prelude::*};

/// Puts the frame around the page that `content` draws.
pub fn frame(session: Session, content: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    let demonstration = session.config().demonstration;
    (
        a().class("govuk-skip-link")
            .href("#content")
            .child("Skip to the content"),
        header::header(session),
        navigation::navigation(session),
        div().class("app-width").child((
            demonstration.then(phase_banner),
            main()
                .class("govuk-main-wrapper app-main")
                .id("content")
                .tabindex("-1")
                .child((
                    session::ended_banner(session),
                    session::ending_banner(session),
                    content,
                )),
        )),
        footer(),
    )
        .into_any()
}

fn phase_banner() -> AnyView {
    div()
        .class("govuk-phase-banner app-phase")
        .role("region")
        .aria_label("Demonstration")
        .child(
            p().class("govuk-phase-banner__content").child((
                strong()
                    .class("govuk-tag govuk-phase-banner__content__tag")
                    .child("Demonstration"),
                span().class("govuk-phase-banner__text").child(
                    "People, keys and numbers here are made up. Nothing leaves this machine.",
                ),
            )),
        )
        .into_any()
}

fn footer() -> AnyView {
    leptos::html::footer()
        .class("app-footer")
        .child(
            div().class("app-width").child(
                p().class("govuk-body-s govuk-!-margin-bottom-0").child((
                    "Sluice carries thresholds and decisions to the DCC. ",
                    a().class("govuk-link govuk-link--no-visited-state")
                        .href(PagePath::Help.href())
                        .child("Help"),
                )),
            ),
        )
        .into_any()
}
