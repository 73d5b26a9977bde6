//! A key without a certificate: the request, and installing what comes back.

use super::Shared;
use crate::{
    browser,
    components::{
        Colour, busy_button, button, changing, field, row, secondary_button, summary_list, tag,
    },
    key::{self, IssueError, KeptKey, KeyState},
};
use leptos::{html::*, prelude::*};
use wasm_bindgen_futures::JsFuture;

const FILE: &str = "certificate-file";

pub(super) fn key_without_certificate(shared: Shared, kept: &KeptKey) -> AnyView {
    let request = StoredValue::new(kept.request.clone().unwrap_or_default());
    let authority = shared.session.config().certificate_authority;
    div()
        .child((
            p().class("govuk-body")
                .child("Your key is made. It can sign once its certificate is installed."),
            summary_list([
                row(
                    "Key",
                    "ECDSA P-256, made in this browser, cannot be copied out of it",
                ),
                row("Certificate", tag("Not installed", Colour::Yellow)),
            ]),
            authority.map(|address| at_once(shared, address, request)),
            by_hand(shared, request),
            super::installed::removal(shared, "Remove this key and start again"),
        ))
        .into_any()
}

/// The demonstration's authority.
fn at_once(shared: Shared, address: String, request: StoredValue<String>) -> AnyView {
    let busy = RwSignal::new(false);
    let press = move |_| {
        let Some(token) = shared.session.token() else {
            return shared.session.ended();
        };
        let address = address.clone();
        busy.set(true);
        leptos::task::spawn_local(async move {
            let (person, subject) = (shared.person(), shared.subject());
            let asked = key::ask_authority(
                &address,
                &token,
                &person,
                subject.as_deref(),
                &request.get_value(),
            )
            .await;
            let _ = busy.try_set(false);
            match asked {
                Err(IssueError::Authority(error)) => {
                    shared.fail(format!("{}. {}", error.title(), error.detail()), "");
                }
                Err(IssueError::Key(error)) => shared.fail(error.to_string(), ""),
                Ok(key) => {
                    shared.settle(
                        Ok(KeyState::Installed(key)),
                        "Your certificate is installed.",
                        "",
                    );
                }
            }
        });
    };
    div()
        .child((
            h2().class("govuk-heading-m").child("Ask the demonstration's certificate authority"),
            p().class("govuk-body").child(
                "In this demonstration the authority knows you by your sign-in and issues at once. A real one looks at who you \
                 are first, which takes days.",
            ),
            busy_button("Get a certificate", move || busy.get(), press),
        ))
        .into_any()
}

fn by_hand(shared: Shared, request: StoredValue<String>) -> AnyView {
    let chosen = move |file: web_sys::File| {
        leptos::task::spawn_local(async move {
            let Ok(bytes) = browser::bytes_of(&file).await else {
                return shared.fail(
                    "The file could not be read. Choose it again.".to_owned(),
                    FILE,
                );
            };
            let installed =
                key::install(&shared.person(), shared.subject().as_deref(), &bytes).await;
            if matches!(installed, Err(key::KeyError::NoKey)) {
                let words = key::KeyError::NoKey.to_string();
                shared.state.set(Some(KeyState::Absent));
                return shared.fail(words, "");
            }
            shared.settle(
                installed.map(KeyState::Installed),
                "Your certificate is installed.",
                FILE,
            );
        });
    };
    let copied = RwSignal::new(false);
    div()
        .child((
            h2().class("govuk-heading-m").child("Send the request to your certificate authority"),
            ol().class("govuk-list govuk-list--number").child((
                li().child("Download the request and send it to the authority as it asks. It holds your name and public key, nothing secret."),
                li().child("Wait for the certificate. You can close this page; the key stays in this browser."),
                li().child("Install the certificate here, in the same browser."),
            )),
            div().class("govuk-button-group").child((
                button("Download the request", move |_| {
                    browser::download("signing-request.pem", "application/x-pem-file", request.get_value().as_bytes());
                }),
                secondary_button("Copy the request", move |_| {
                    let promise = browser::window().navigator().clipboard().write_text(&request.get_value());
                    leptos::task::spawn_local(async move {
                        let _ = copied.try_set(JsFuture::from(promise).await.is_ok());
                    });
                }),
                span().class("govuk-body").role("status").child(changing(move || copied.get().then_some("Copied"))),
            )),
            field(FILE, "Install the certificate that came back")
                .hint("A .pem, .crt, .cer or .p7b file; with the certificates of the authority in it, or without")
                .error(shared.error_at(FILE))
                .file(".pem,.crt,.cer,.der,.p7b,.p7c,.txt", chosen),
        ))
        .into_any()
}
