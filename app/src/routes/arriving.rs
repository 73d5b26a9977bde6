//! A page whose part of the program may have to be fetched first.

use crate::{
    browser,
    components::secondary_button,
    parts::{Draw, NotLoaded},
};
use leptos::{html::*, prelude::*};
use std::future::Future;

/// How the part stands.
#[derive(Clone, Copy)]
enum Part {
    Coming,
    Here(Draw),
    Lost,
}

/// Shows the page at `path` as soon as `part` is there.
pub(super) fn arriving<F>(part: fn() -> F, path: &str) -> AnyView
where
    F: Future<Output = Result<Draw, NotLoaded>> + 'static,
{
    let state = RwSignal::new(Part::Coming);
    let fetch = move || {
        state.set(Part::Coming);
        leptos::task::spawn_local(async move {
            // The page may have been left meanwhile, and the signal with it.
            let _ = state.try_set(part().await.map_or(Part::Lost, Part::Here));
        });
    };
    fetch();
    let path = path.to_owned();
    (move || match state.get() {
        Part::Coming => p()
            .class("govuk-body app-loading")
            .role("status")
            .child("Loading this page…")
            .into_any(),
        Part::Here(draw) => {
            browser::heading_drawn();
            untrack(|| draw(&path))
        }
        Part::Lost => lost(fetch),
    })
    .into_any()
}

fn lost(again: impl Fn() + 'static) -> AnyView {
    browser::heading_drawn();
    div()
        .class("app-reading")
        .child((
            h1().class("govuk-heading-l")
                .child("This page could not be loaded"),
            p().class("govuk-body").child(
                "Nothing that you have done here is lost. Check your network and try again. If Sluice was changed since you \
                 opened it, reload the page.",
            ),
            secondary_button("Try again", move |_| again()),
        ))
        .into_any()
}
