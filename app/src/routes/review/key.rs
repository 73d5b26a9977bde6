//! Whether the reviewer has a key to sign decisions with in this browser, and the way to one.

use crate::{
    address::PagePath,
    api::Me,
    components::link_button,
    key::{self, KeyProgress},
};
use leptos::{html::*, prelude::*};

/// How far the reviewer has come with a key; nothing until the browser's storage has answered.
pub(super) fn progress(me: &Me) -> RwSignal<Option<KeyProgress>> {
    let person = me.person.id.to_string();
    let progress = RwSignal::new(None);
    leptos::task::spawn_local(async move {
        // Without storage there is no key to speak of; the signing key's page says so.
        let found = key::progress(&person).await.unwrap_or_default();
        let _ = progress.try_set(Some(found));
    });
    progress
}

/// What to do first where there is none.
pub(super) fn needed(progress: KeyProgress) -> AnyView {
    let (words, action) = match progress {
        KeyProgress::Key => (
            "You sign each decision with a key of your own. Yours is waiting for its certificate.",
            "Install the certificate",
        ),
        _ => (
            "You sign each decision with a key of your own, and there is none in this browser yet.",
            "Set up a signing key",
        ),
    };
    div()
        .child((
            p().class("govuk-body").child(words),
            link_button(action, PagePath::SigningKey),
        ))
        .into_any()
}
