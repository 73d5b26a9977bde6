//! Copying an identifier.

use crate::browser;
use crate::components::changing;
use leptos::{ev, html::*, prelude::*};
use wasm_bindgen_futures::JsFuture;

/// A small button that copies `text`, and says so for two seconds (also to screen readers). `what` names it: "the reference".
pub fn copy_button(text: impl Into<String>, what: &str) -> AnyView {
    let text: String = text.into();
    let done = RwSignal::new(false);
    let press = move |_| {
        let promise = browser::window().navigator().clipboard().write_text(&text);
        leptos::task::spawn_local(async move {
            done.set(JsFuture::from(promise).await.is_ok());
            browser::sleep(2000).await;
            // The page may be gone by now, and the signal with it.
            let _ = done.try_set(false);
        });
    };
    span()
        .class("app-copy")
        .child((
            leptos::html::button()
                .r#type("button")
                .class("app-copy__button govuk-link")
                .on(ev::click, press)
                .child(format!("Copy {what}")),
            span()
                .class("app-copy__done")
                .role("status")
                .child(changing(move || done.get().then_some("Copied"))),
        ))
        .into_any()
}
