//! The way on from a submission that is decided: to the next one that waits for whoever looks.

use super::{aside::own_id, queue::AT_ONCE};
use crate::{
    address::PagePath,
    api::{calls, use_api},
    components::link_button,
};
use leptos::{html::*, prelude::*};
use sluice_shared::{
    api::ReviewItem,
    identifiers::{PersonId, SubmissionId},
};
use std::cmp::Reverse;

/// What is known of the others that wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    /// Not asked yet, or without an answer: the list of all shows what there is.
    Unknown,
    None,
    Waits(SubmissionId),
}

/// The next submission, the list of all, and what became of this one.
pub(super) fn way_on(decided: SubmissionId) -> AnyView {
    let api = use_api();
    let (next, me) = (RwSignal::new(Next::Unknown), own_id());
    leptos::task::spawn_local(async move {
        if let Ok(page) = api.get(calls::reviews(AT_ONCE)).await {
            let _ = next.try_set(after(decided, page.items, me.as_ref()));
        }
    });
    let first = move || match next.get() {
        Next::Waits(reference) => link_button("Next submission", PagePath::Review(reference)),
        Next::Unknown => ().into_any(),
        Next::None => p()
            .class("govuk-body")
            .child("Nothing else is waiting for you.")
            .into_any(),
    };
    let link = |page: PagePath, words: &'static str| {
        a().class("govuk-link").href(page.href()).child(words)
    };
    div()
        .class("govuk-button-group")
        .child((
            first,
            link(PagePath::ReviewQueue, "Back to review queue"),
            link(PagePath::Submission(decided), "View submission"),
        ))
        .into_any()
}

/// The one of the highest risk, of equals the one that has waited longest, of those that the person may decide: those in a colleague's hands
/// come last.
fn after(decided: SubmissionId, items: Vec<ReviewItem>, me: Option<&PersonId>) -> Next {
    let is_anothers = |item: &ReviewItem| {
        let holder = item.assigned.as_ref().map(|held| &held.person.id);
        holder.is_some() && holder != me
    };
    items
        .into_iter()
        .filter(|item| item.barred.is_none() && item.submission.reference != decided)
        .min_by_key(|item| (is_anothers(item), Reverse(item.risk), item.since))
        .map_or(Next::None, |item| Next::Waits(item.submission.reference))
}
