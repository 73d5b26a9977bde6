//! The certificates that a person has registered, wherever their keys are, and stopping a key.

use super::registration::Registration;
use crate::{
    api::{Me, StopOwnKey, calls},
    browser::{self, storage},
    components::{
        Colour, Column, busy_warning_button, changing, day_in_words, field, identifier, inset,
        quiet_button, sentence, table_below_heading, tag, text_cell,
    },
};
use leptos::{html::*, prelude::*};
use sluice_shared::{
    directory::RegisteredCertificate,
    identifiers::{ChangeReason, FileDigest},
};

const REASON: &str = "stop-reason";
const HEADING: &str = "stop-heading";

const COLUMNS: [Column; 5] = [
    Column::Text("Serial number, and key"),
    Column::Text("Registered"),
    Column::Text("Valid until"),
    Column::Text("State"),
    Column::Text("Stop"),
];

/// A reason that was typed for stopping a key and not sent: the key, the reason.
const KEPT: &str = "sluice.stop";

fn typed(key: FileDigest) -> Option<String> {
    let kept = storage::get_list(KEPT);
    let [about, reason] = kept.as_slice() else {
        return None;
    };
    (*about == key.to_string()).then(|| reason.clone())
}

pub(super) fn own_keys(registration: Registration) -> AnyView {
    let stopping = RwSignal::new(None::<RegisteredCertificate>);
    let listed = move || {
        registration
            .me
            .with(|me| me.as_ref().map(|me| list(me, stopping)))
    };
    Effect::new(move |_| {
        let not_sent = registration.me.with(|me| {
            let mut own = me.iter().flat_map(|me| me.certificates.iter());
            own.find(|one| one.stopped.is_none() && typed(one.identity.key).is_some())
                .cloned()
        });
        if not_sent.is_some() && stopping.with_untracked(Option::is_none) {
            stopping.set(not_sent);
        }
    });
    div()
        .child((
            h2().class("govuk-heading-m")
                .child("Your registered certificates"),
            changing(listed),
            changing(move || {
                let stopped = stopping.get()?;
                Some(question(registration, stopping, &stopped))
            }),
        ))
        .into_any()
}

fn list(me: &Me, stopping: RwSignal<Option<RegisteredCertificate>>) -> AnyView {
    if me.certificates.is_empty() {
        return inset(
            "You have registered no certificate yet. A certificate that is installed in this browser is registered by itself.",
        );
    }
    let rows = me.certificates.iter().map(|certificate| {
        let identity = &certificate.identity;
        let (state, stop) = if certificate.stopped.is_some() {
            (tag("Stopped", Colour::Red), ().into_any())
        } else {
            let chosen = certificate.clone();
            let words = (
                "Stop this key",
                span()
                    .class("govuk-visually-hidden")
                    .child(format!(" {}", identity.serial)),
            );
            let stop = quiet_button(words, move |_| {
                stopping.set(Some(chosen.clone()));
                browser::focus(HEADING);
            });
            (tag("Registered", Colour::Green), stop.into_any())
        };
        vec![
            text_cell((
                identifier(&identity.serial),
                div()
                    .class("govuk-hint govuk-!-margin-bottom-0")
                    .child(format!("Key {}", identity.key.beginning())),
            )),
            text_cell(day_in_words(certificate.registered_at)),
            text_cell(day_in_words(identity.not_after)),
            text_cell(state),
            text_cell(stop),
        ]
    });
    table_below_heading("Certificates", &COLUMNS, rows.collect())
}

/// Asked with a reason, since nothing brings a key back that was stopped.
fn question(
    registration: Registration,
    stopping: RwSignal<Option<RegisteredCertificate>>,
    certificate: &RegisteredCertificate,
) -> AnyView {
    let key = certificate.identity.key;
    let (reason, fault) = (
        RwSignal::new(typed(key).unwrap_or_default()),
        RwSignal::new(None::<String>),
    );
    // A sign-in that ended, or a reload, loses nothing that was typed.
    Effect::watch(
        move || reason.get(),
        move |now, _, _| storage::set_list(KEPT, &[key.to_string(), now.clone()]),
        false,
    );
    let press = move |_| match ChangeReason::parse(&reason.get_untracked()) {
        Err(error) => {
            fault.set(Some(sentence(&error.to_string())));
            browser::focus(REASON);
        }
        Ok(why) => stop(registration, stopping, key, why),
    };
    section()
        .aria_labelledby(HEADING)
        .child((
            h3().class("govuk-heading-s")
                .id(HEADING)
                .tabindex("-1")
                .child(format!("Stop the key of certificate {}", certificate.identity.serial)),
            p().class("govuk-body").child(
                "At once and for good: nothing counts any more that is signed with it, and what was sent and has not taken effect yet is rejected. \
                 Do it when the key is lost or somebody else may have it.",
            ),
            field(REASON, "Reason")
                .hint("It stays with the change. 3 to 2,000 characters")
                .error(Signal::derive(move || fault.get()))
                .area(2, reason),
            div().class("govuk-button-group").child((
                busy_warning_button("Stop this key", move || registration.busy.get(), press),
                quiet_button("Cancel", move |_| {
                    let _ = storage::take(KEPT);
                    stopping.set(None);
                    browser::focus_heading();
                }),
            )),
        ))
        .into_any()
}

fn stop(
    registration: Registration,
    stopping: RwSignal<Option<RegisteredCertificate>>,
    key: FileDigest,
    reason: ChangeReason,
) {
    registration.begin();
    leptos::task::spawn_local(async move {
        let body = StopOwnKey { key, reason };
        let asked = registration.api.post(calls::stop_own_key(&body)).await;
        let is_taken = asked.is_ok();
        let is_done = move |me: &Me| {
            let mut of_key = me.certificates.iter();
            of_key.all(|one| one.identity.key != key || one.stopped.is_some())
        };
        registration.follow(asked, is_done).await;
        if is_taken {
            let _ = registration.done.try_set(Some("The key is stopped."));
            let _ = storage::take(KEPT);
            let _ = stopping.try_set(None);
            browser::focus_heading();
        }
    });
}
