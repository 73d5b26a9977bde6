//! No key yet: make one here, or import a file.

use super::{Shared, Signs};
use crate::{
    browser,
    components::{busy_button, button, details, field},
    key::{self, KeyState, Pkcs12Error},
};
use leptos::{html::*, prelude::*};

const FILE: &str = "key-file";
const PASSWORD: &str = "key-password";

pub(super) fn ways_to_a_key(shared: Shared) -> AnyView {
    div()
        .child((
            p().class("govuk-body").child(match shared.signs {
                Signs::Decisions => {
                    "There is no signing key for you in this browser. You need one to decide: each decision is signed with it."
                }
                Signs::Changes => {
                    "There is no signing key for you in this browser. You need one to change the directory: what you ask for and approve is signed with it."
                }
                Signs::Files | Signs::Nothing => {
                    "There is no signing key for you in this browser. You need one to sign files here. Files that were signed \
                     elsewhere can be sent without one."
                }
            }),
            make(shared),
            import(shared),
            details("There was a key here before", p().class("govuk-body govuk-!-margin-bottom-0").child(
                "Browsers throw away what a page keeps when its data are cleared, when a private window is closed, and when disk space \
                 runs out; a key that is gone cannot be brought back. A certificate that was requested for it cannot be used with \
                 another one: make a new key and send its request. What you have signed stays valid.",
            )),
        ))
        .into_any()
}

fn make(shared: Shared) -> AnyView {
    let busy = RwSignal::new(false);
    let subject = subject(shared);
    let press = {
        let subject = subject.clone();
        move |_| {
            let subject = subject.clone();
            busy.set(true);
            leptos::task::spawn_local(async move {
                let made = key::make(shared.person(), subject).await;
                let made = made.map(KeyState::Waiting);
                let _ = busy.try_set(false);
                shared.settle(made, "Your key is made. It needs a certificate next.", "");
            });
        }
    };
    div()
        .child((
            h2().class("govuk-heading-m").child("Make a key in this browser"),
            p().class("govuk-body").child((
                "The key is made here and cannot leave this browser. You get a request to send to your certificate authority, \
                 for a certificate that names ",
                strong().class("app-identifier").child(subject),
                ".",
            )),
            busy_button("Make a key", move || busy.get(), press),
        ))
        .into_any()
}

fn import(shared: Shared) -> AnyView {
    let password = RwSignal::new(String::new());
    let file = RwSignal::new_local(None::<web_sys::File>);
    let press = move |_| {
        let Some(file) = file.get_untracked() else {
            return shared.fail(
                "Choose the .p12 or .pfx file that holds your key and certificate.".to_owned(),
                FILE,
            );
        };
        leptos::task::spawn_local(async move {
            let Ok(bytes) = browser::bytes_of(&file).await else {
                return shared.fail(
                    "The file could not be read. Choose it again.".to_owned(),
                    FILE,
                );
            };
            let secret = password.get_untracked();
            let imported = key::import(shared.person(), shared.subject(), bytes, secret).await;
            let target = match imported {
                Err(key::KeyError::Pkcs12(Pkcs12Error::WrongPassword)) => PASSWORD,
                _ => FILE,
            };
            shared.settle(
                imported.map(KeyState::Installed),
                "Your key and its certificate are installed.",
                target,
            );
        });
    };
    let form = div().child((
        p().class("govuk-body").child(
            "Choose a PKCS #12 file with an ECDSA P-256 key and its certificate. The browser opens it and keeps the key so that \
             it cannot be copied out again. Keep the file itself in a safe place, or destroy it.",
        ),
        field(FILE, "PKCS #12 file")
            .hint("Its name ends in .p12 or .pfx")
            .error(shared.error_at(FILE))
            .file(".p12,.pfx", move |chosen| file.set(Some(chosen))),
        field(PASSWORD, "Password of the file")
            .class("govuk-input--width-20")
            .error(shared.error_at(PASSWORD))
            .password(password),
        button("Import the key", press),
    ));
    details("You have a key in a file", form)
}

/// Whom the certificate names: as the directory says, or for others made from their names.
fn subject(shared: Shared) -> String {
    shared.subject().unwrap_or_else(|| {
        let plain = |text: &str| {
            text.chars()
                .filter(|c| c.is_alphanumeric() || *c == ' ')
                .collect::<String>()
        };
        shared.me.with_value(|me| {
            format!(
                "CN={},O={},C=GB",
                plain(&me.person.name),
                plain(&me.organisation.name)
            )
        })
    })
}
