//! What waits for a second DCC administrator, to approve or to refuse.

use super::{Keeping, answers, changes, differences};
use crate::{
    api::{OrganisationPeople, calls},
    components::{changing, fetch, identifier, inset, moment, remote, row, summary_list},
};
use leptos::{html::*, prelude::*};
use sluice_shared::directory::{ChangeRecord, ChangeState, Permission};

/// Of all organisations.
pub(super) fn of_all(keeping: Keeping) -> AnyView {
    changing(move || {
        let _ = keeping.again.get();
        let waiting = fetch(async move { keeping.api.get(calls::changes_to_approve()).await });
        remote(waiting, "Loading what waits for approval", move |page| {
            if page.items.is_empty() {
                inset(
                    "Nothing waits for approval. What another DCC administrator asks for appears here.",
                )
            } else {
                list(keeping, &page.items)
            }
        })
    })
}

/// Of one; nothing, where nothing waits.
pub(super) fn of_one(keeping: Keeping, people: &OrganisationPeople) -> AnyView {
    let waiting = people
        .changes
        .iter()
        .filter(|change| change.awaits_approval());
    let waiting: Vec<_> = waiting.cloned().collect();
    if waiting.is_empty() {
        return ().into_any();
    }
    div()
        .child((
            h2().class("govuk-heading-m")
                .child("Waiting for a second DCC administrator"),
            list(keeping, &waiting),
        ))
        .into_any()
}

fn list(keeping: Keeping, waiting: &[ChangeRecord]) -> AnyView {
    let all: Vec<AnyView> = waiting.iter().map(|change| one(keeping, change)).collect();
    div().child(all).into_any()
}

fn one(keeping: Keeping, change: &ChangeRecord) -> AnyView {
    let since = match change.state {
        ChangeState::AwaitingApproval { since } => Some(row("Since", moment(since))),
        _ => None,
    };
    let about = changes::about(change);
    let heading = format!("{}: {about}", change.change.title());
    let answer = keeping
        .may(Permission::KeepDirectory)
        .then(|| answers::answer(keeping, change));
    let person = change.change.person().filter(|id| id.as_str() != about);
    let facts = [
        Some(row("Organisation", organisation(keeping, change))),
        person.map(|id| row("Sign-in", identifier(id.as_str()))),
        Some(row("Asked for by", change.asked_by.name.clone())),
        Some(row("Reason", change.reason.as_str().to_owned())),
        since,
    ];
    let differences = differences::side_by_side(change, &about);
    section()
        .class("govuk-inset-text")
        .aria_label(heading.clone())
        .child((
            h3().class("govuk-heading-s").child(heading),
            summary_list(facts.into_iter().flatten()),
            differences,
            changes::in_full(change),
            answer,
        ))
        .into_any()
}

/// As it is called, and its short name.
fn organisation(keeping: Keeping, change: &ChangeRecord) -> String {
    let id = &change.organisation;
    let name = keeping.me.with_value(|me| {
        let mut known = me.organisations.iter();
        let known = known.find(|known| known.id == *id);
        known.map(|known| known.name.clone())
    });
    name.map_or_else(|| id.to_string(), |name| format!("{name} ({id})"))
}
