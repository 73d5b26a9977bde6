//! Who has a submission in hand: taken, taken over, given back. It decides nothing.

use super::{
    aside::{Failed, own_id},
    open::Open,
};
use crate::{
    api::{Api, calls, use_api},
    browser,
    components::{busy_quiet_button, changing, moment, problem_summary},
};
use leptos::{html::*, prelude::*};
use sluice_shared::{
    identifiers::PersonId,
    review::{AssignReview, Assignment},
};

/// What says who has it: the focus goes there when that changed.
const IN_HAND: &str = "in-hand";

/// The line that says who has it, with what whoever may decide can do about it.
pub(super) fn in_hand(open: Open, may_decide: bool) -> AnyView {
    let (api, me) = (use_api(), own_id());
    let failed: Failed = RwSignal::new(None);
    let busy = RwSignal::new(false);
    let assigned = Memo::new(move |_| open.aside.with(|aside| aside.as_ref()?.assigned.clone()));
    div()
        .class("app-reading")
        .child((
            changing(move || failed.get().map(|error| problem_summary(&error))),
            changing(move || {
                let assigned = assigned.get();
                let button = may_decide
                    .then(|| wanted(assigned.as_ref(), me.as_ref()))
                    .map(|(words, wanted)| {
                        let press = move |_| {
                            leptos::task::spawn_local(assign(
                                api,
                                open,
                                wanted.clone(),
                                (failed, busy),
                            ));
                        };
                        (" ", busy_quiet_button(words, move || busy.get(), press))
                    });
                p().class("govuk-body")
                    .id(IN_HAND)
                    .tabindex("-1")
                    .child((said(assigned.as_ref(), me.as_ref()), button))
            }),
        ))
        .into_any()
}

fn said(assigned: Option<&Assignment>, me: Option<&PersonId>) -> AnyView {
    let Some(held) = assigned else {
        return "Nobody has this in hand.".into_any();
    };
    let from = held.taken_from.as_ref();
    let from = from.map(|from| format!(", taken over from {}", from.name));
    let who = if Some(&held.person.id) == me {
        ("You have".to_owned(), "")
    } else {
        (
            format!("{} has", held.person.name),
            " You may decide all the same; agree on it first.",
        )
    };
    (
        strong().child(format!("{} this in hand", who.0)),
        from,
        ", since ",
        moment(held.since),
        ".",
        who.1,
    )
        .into_any()
}

fn wanted(assigned: Option<&Assignment>, me: Option<&PersonId>) -> (&'static str, AssignReview) {
    match assigned {
        None => ("Assign to me", AssignReview::Take {}),
        Some(held) if Some(&held.person.id) == me => ("Give back", AssignReview::GiveBack {}),
        Some(held) => (
            "Take over",
            AssignReview::TakeOver {
                from: held.person.id.clone(),
            },
        ),
    }
}

async fn assign(
    api: Api,
    open: Open,
    wanted: AssignReview,
    (failed, busy): (Failed, RwSignal<bool>),
) {
    let (_, _) = (failed.try_set(None), busy.try_set(true));
    match api
        .post(calls::assign_review(open.reference, &wanted))
        .await
    {
        Ok(answer) => {
            let _ = open.aside.try_update(|aside| {
                if let Some(aside) = aside {
                    aside.assigned = answer.assigned;
                }
            });
            browser::focus(IN_HAND);
        }
        Err(error) => {
            let _ = failed.try_set(Some(error));
            // Somebody was quicker: who, is shown.
            super::watch::look_now(api, open).await;
        }
    }
    let _ = busy.try_set(false);
}

/// Beside the decision: that a colleague has it.
pub(super) fn in_anothers_hands(open: Open) -> AnyView {
    let me = own_id();
    changing(move || {
        open.aside.with(|aside| {
            let held = aside.as_ref()?.assigned.as_ref()?;
            let held = Some(held).filter(|held| Some(&held.person.id) != me.as_ref())?;
            Some(p().class("govuk-body app-in-hand").child(format!(
                "{} has this in hand. You may decide all the same; they are told.",
                held.person.name
            )))
        })
    })
}
