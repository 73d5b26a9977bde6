//! The page *Sign out*, for whoever leaves something in this browser: what that is, and whether it is to be removed.

mod kept;

use crate::{
    address::PagePath,
    components::{Fault, busy_button, changing, counted, error_summary, sentence},
    keep,
    key::{self, KeyProgress},
    session::use_session,
};
pub(crate) use kept::Kept;
use leptos::{ev, html::*, prelude::*};
use sluice_shared::identifiers::PersonId;

const DRAFTS: &str = "remove-drafts";
const KEY: &str = "remove-key";

pub(super) fn sign_out_page() -> AnyView {
    let session = use_session();
    let Some(person) = session.me().map(|me| me.person.id) else {
        return ().into_any();
    };
    let person = StoredValue::new(person);
    let (drafts, key) = (RwSignal::new(false), RwSignal::new(false));
    let (going, fault) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let found = RwSignal::new(None::<(Kept, bool)>);
    leptos::task::spawn_local(async move {
        let of = person.get_value();
        let kept = Kept::of(&of).await.unwrap_or_default();
        let progress = key::progress(of.as_str()).await.unwrap_or_default();
        let _ = found.try_set(Some((kept, progress > KeyProgress::None)));
    });
    let leave = move |_| {
        going.set(true);
        fault.set(None);
        let (of, drafts, key) = (
            person.get_value(),
            drafts.get_untracked(),
            key.get_untracked(),
        );
        leptos::task::spawn_local(async move {
            match removed(&of, drafts, key).await {
                Ok(()) => session.sign_out().await,
                Err(words) => {
                    let _ = fault.try_set(Some(words));
                    let _ = going.try_set(false);
                }
            }
        });
    };
    div()
        .class("app-reading")
        .child((
            changing(move || fault.get().map(|words| not_removed(&words))),
            h1().class("govuk-heading-l").child("Sign out"),
            changing(move || {
                found.with(|found| {
                    let (kept, has_key) = found.as_ref()?;
                    Some(question(kept, *has_key, drafts, key))
                })
            }),
            div().class("govuk-button-group").child((
                busy_button(
                    "Sign out",
                    move || going.get() || found.with(Option::is_none),
                    leave,
                ),
                a().class("govuk-link")
                    .href(PagePath::Overview.href())
                    .child("Stay signed in"),
            )),
        ))
        .into_any()
}

fn question(kept: &Kept, has_key: bool, drafts: RwSignal<bool>, key: RwSignal<bool>) -> AnyView {
    let words = in_words(kept);
    let told = if words.is_empty() {
        "There are no drafts of yours in this browser.".to_owned()
    } else {
        format!(
            "Yours in this browser: {words}. What you do not remove stays here until you come back. On a computer that others use, remove it."
        )
    };
    let choices = (!kept.is_empty() || has_key).then(|| {
        div().class("govuk-form-group").child(fieldset().class("govuk-fieldset").child((
            legend()
                .class("govuk-fieldset__legend govuk-fieldset__legend--s")
                .child("Remove from this browser"),
            div().class("govuk-checkboxes govuk-checkboxes--small").child((
                (!kept.is_empty()).then(|| tick(DRAFTS, "My drafts", drafts)),
                has_key.then(|| {
                    tick(
                        KEY,
                        "My signing key: nothing brings it back, and to sign here again I need a new key and a new certificate",
                        key,
                    )
                }),
            )),
        )))
    });
    div()
        .child((
            p().class("govuk-body").child(told),
            p().class("govuk-body").child(
                "Reasons and changes that you typed in this tab and did not send are forgotten whatever you choose.",
            ),
            choices,
        ))
        .into_any()
}

fn in_words(kept: &Kept) -> String {
    [
        (&kept.files, "file not sent", "files not sent"),
        (
            &kept.decisions,
            "set of decisions on held communications",
            "sets of decisions on held communications",
        ),
        (&kept.thresholds, "set of thresholds", "sets of thresholds"),
    ]
    .into_iter()
    .filter(|(names, ..)| !names.is_empty())
    .map(|(names, one, more)| counted(names.len() as u64, one, more))
    .collect::<Vec<_>>()
    .join(", ")
}

async fn removed(person: &PersonId, drafts: bool, key: bool) -> Result<(), String> {
    let told = |error: keep::KeepError| error.to_string();
    if drafts {
        Kept::of(person)
            .await
            .map_err(told)?
            .remove()
            .await
            .map_err(told)?;
    }
    if key {
        let removed = key::remove(person.as_str()).await;
        removed.map_err(|error| error.to_string())?;
    }
    Ok(())
}

fn not_removed(words: &str) -> AnyView {
    let words = format!("Not everything was removed. {}", sentence(words));
    error_summary("You are still signed in", vec![Fault::of_no_field(words)])
}

fn tick(id: &'static str, words: &'static str, on: RwSignal<bool>) -> AnyView {
    div()
        .class("govuk-checkboxes__item")
        .child((
            input()
                .r#type("checkbox")
                .class("govuk-checkboxes__input")
                .id(id)
                .prop("checked", move || on.get())
                .on(ev::change, move |event| {
                    on.set(event_target_checked(&event));
                }),
            label()
                .class("govuk-label govuk-checkboxes__label")
                .r#for(id)
                .child(words),
        ))
        .into_any()
}
