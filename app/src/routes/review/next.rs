//! The way on from a submission that is decided: to the next one that waits for whoever looks.

use super::queue::MOST_SHOWN;
use crate::{
    address::PagePath,
    api::{calls, use_api},
    components::link_button,
};
use leptos::{html::*, prelude::*};
use sluice_shared::{api::ReviewItem, identifiers::SubmissionId};

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
    let next = RwSignal::new(Next::Unknown);
    leptos::task::spawn_local(async move {
        if let Ok(page) = api.get(calls::reviews(MOST_SHOWN)).await {
            let _ = next.try_set(after(decided, page.items));
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

/// The one that has waited longest of those that the person may decide.
fn after(decided: SubmissionId, items: Vec<ReviewItem>) -> Next {
    items
        .into_iter()
        .filter(|item| item.barred.is_none() && item.submission.reference != decided)
        .min_by_key(|item| item.since)
        .map_or(Next::None, |item| Next::Waits(item.submission.reference))
}
