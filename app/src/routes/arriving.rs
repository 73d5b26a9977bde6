//! What is drawn by a part of the program that may have to be fetched first.

use crate::{
    browser,
    components::secondary_button,
    parts::{Draw, Fetch},
};
use leptos::{html::*, prelude::*};

/// How the part stands.
#[derive(Clone, Copy)]
enum Part<P> {
    Coming,
    Here(P),
    Lost,
}

/// What is shown while the part is not there.
#[derive(Clone, Copy)]
pub(crate) struct Meanwhile {
    /// While it is coming.
    pub(crate) coming: &'static str,
    /// Where it cannot be fetched; it is given what tries again.
    pub(crate) lost: fn(Callback<()>) -> AnyView,
}

/// Draws by a part as soon as it is there.
pub(crate) fn arriving<P: Copy + Send + Sync + 'static>(
    part: Fetch<P>,
    meanwhile: Meanwhile,
    draw: impl Fn(P) -> AnyView + Send + 'static,
) -> AnyView {
    let state = RwSignal::new(Part::Coming);
    let fetch = move || {
        state.set(Part::Coming);
        leptos::task::spawn_local(async move {
            // The page may have been left meanwhile, and the signal with it.
            let _ = state.try_set(part().await.map_or(Part::Lost, Part::Here));
        });
    };
    fetch();
    (move || match state.get() {
        Part::Coming => p()
            .class("govuk-body app-loading")
            .role("status")
            .child(meanwhile.coming)
            .into_any(),
        Part::Here(part) => untrack(|| draw(part)),
        Part::Lost => (meanwhile.lost)(Callback::new(move |()| fetch())),
    })
    .into_any()
}

/// Shows the page at `path` as soon as its part is there.
pub(crate) fn arriving_page(part: Fetch<Draw>, path: &str) -> AnyView {
    let path = path.to_owned();
    let meanwhile = Meanwhile {
        coming: "Loading this page…",
        lost: lost_page,
    };
    arriving(part, meanwhile, move |draw| {
        browser::heading_drawn();
        draw(&path)
    })
}

/// In the place of a part of a page that did not come, why, with another try.
pub(crate) fn lost_part(words: &'static str, again: Callback<()>) -> AnyView {
    div()
        .child((
            p().class("govuk-error-message").child(words),
            secondary_button("Try again", move |_| again.run(())),
        ))
        .into_any()
}

fn lost_page(again: Callback<()>) -> AnyView {
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
            secondary_button("Try again", move |_| again.run(())),
        ))
        .into_any()
}
