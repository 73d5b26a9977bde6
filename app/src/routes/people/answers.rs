//! Approving or refusing what another DCC administrator asked for.

use super::{Keeping, drafts};
use crate::{
    components::{busy_button, busy_warning_button, field, sentence},
    parts,
};
use leptos::{html::*, prelude::*};
use sluice_shared::{
    directory::{ChangeAnswer, ChangeRecord},
    identifiers::ChangeReason,
};

pub(super) fn answer(keeping: Keeping, change: &ChangeRecord) -> AnyView {
    let me = keeping.person();
    // The rule is the service's; this only says beforehand what it will say.
    let bar = if change.asked_by.id == me {
        Some("You asked for it: another DCC administrator has to approve it.")
    } else if change.change.person() == Some(&me) {
        Some("It is about yourself: another DCC administrator has to approve it.")
    } else {
        None
    };
    if let Some(words) = bar {
        return p().class("govuk-body").child(words).into_any();
    }
    let request = change.request;
    let reason = RwSignal::new(drafts::reason(&me, request).unwrap_or_default());
    Effect::watch(
        move || reason.get(),
        move |now, _, _| drafts::keep_reason(&me, request, now),
        false,
    );
    let fault = RwSignal::new(None::<String>);
    let change = StoredValue::new(change.clone());
    let say = move |answer: ChangeAnswer| match ChangeReason::parse(&reason.get_untracked()) {
        Err(error) => fault.set(Some(sentence(&error.to_string()))),
        Ok(why) => {
            fault.set(None);
            let change = change.get_value();
            keeping.busy.set(true);
            leptos::task::spawn_local(async move {
                if let Ok(forms) = parts::change_forms().await {
                    (forms.answer)(keeping, change, answer, why);
                } else {
                    let words = "What signs the answer could not be loaded. Check your network and try again.";
                    let _ = fault.try_set(Some(words.to_owned()));
                    let _ = keeping.busy.try_set(false);
                }
            });
        }
    };
    let id = format!("answer-{request}");
    div()
        .child((
            field(id, "Reason")
                .hint("It stays with the change. 3 to 2,000 characters")
                .error(Signal::derive(move || fault.get()))
                .area(2, reason),
            div().class("govuk-button-group").child((
                busy_button(
                    "Approve change",
                    move || keeping.busy.get(),
                    move |_| say(ChangeAnswer::Approve),
                ),
                busy_warning_button(
                    "Refuse change",
                    move || keeping.busy.get(),
                    move |_| say(ChangeAnswer::Refuse),
                ),
            )),
        ))
        .into_any()
}
