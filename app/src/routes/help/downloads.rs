//! The files that Help names, to download: examples, and on a demonstration what its authority publishes.

use super::points;
use crate::{
    api::http,
    browser,
    components::{changing, quiet_button},
    session::use_session,
};
use leptos::{html::*, prelude::*};

/// A button that saves an example as a file.
pub(super) fn example_file(name: &'static str, text: String) -> AnyView {
    let save = move |_| browser::download(name, "text/csv;charset=utf-8", text.as_bytes());
    p().class("govuk-body")
        .child(quiet_button(format!("Download {name}"), save))
        .into_any()
}

/// The certificates of the demonstration's authority under these names. A real authority gives its own to whom it knows.
pub(super) fn of_authority(names: &'static [&'static str]) -> Option<AnyView> {
    let address = format!("{}/ca.pem", use_session().config().certificate_authority?);
    let failed = RwSignal::new(false);
    let save = move |name: &'static str| {
        let address = address.clone();
        move |_| {
            let address = address.clone();
            leptos::task::spawn_local(async move {
                let fetched = async { http::get(&address, None).await?.bytes().await };
                match fetched.await {
                    Ok(pem) => {
                        let _ = failed.try_set(false);
                        browser::download(name, "application/x-pem-file", &pem);
                    }
                    Err(_) => drop(failed.try_set(true)),
                }
            });
        }
    };
    let buttons = names
        .iter()
        .map(|name| quiet_button(format!("Download {name}"), save(name)))
        .collect();
    Some(
        div()
            .child((
                p().class("govuk-body")
                    .child("In this demonstration you get it here:"),
                points(buttons),
                p().class("govuk-error-message")
                    .role("alert")
                    .child(changing(move || {
                        failed
                            .get()
                            .then_some("The certificates could not be downloaded. Try again.")
                    })),
            ))
            .into_any(),
    )
}
