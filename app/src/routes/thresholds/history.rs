//! What was accepted before, latest first.

use crate::{
    address::PagePath,
    api::{calls, use_api},
    components::{comparison, counted, details, fetch, moment, remote, secondary_button},
};
use leptos::{html::*, prelude::*};
use sluice_shared::{
    api::{Cursor, HistoryView},
    identifiers::{Eui64, PersonId},
    thresholds::{Change, Comparison, ExceptionChange},
};

pub(super) fn history_section(user_id: Eui64) -> AnyView {
    section()
        .aria_labelledby("history")
        .child((
            h2().class("govuk-heading-m govuk-!-margin-top-6")
                .id("history")
                .child("History"),
            entries_from(user_id, None),
        ))
        .into_any()
}

/// What was accepted before a place in the history, from the latest on without one.
fn entries_from(user_id: Eui64, place: Option<Cursor>) -> AnyView {
    let api = use_api();
    let is_first = place.is_none();
    let history = fetch(async move {
        let call = calls::threshold_history(user_id, place.as_ref());
        api.get(call).await
    });
    remote(history, "Loading the history", move |page| {
        if page.items.is_empty() && is_first {
            return p()
                .class("govuk-body")
                .child("Nothing has been accepted yet.")
                .into_any();
        }
        let entries = page.items.iter().map(entry).collect::<Vec<_>>();
        let earlier = page.next.clone().map(|next| earlier(user_id, next));
        (ol().class("govuk-list app-history").child(entries), earlier).into_any()
    })
    .into_any()
}

/// A button in whose place the statements before these come.
fn earlier(user_id: Eui64, next: Cursor) -> AnyView {
    let wanted = RwSignal::new(false);
    (move || {
        if wanted.get() {
            entries_from(user_id, Some(next.clone()))
        } else {
            secondary_button("Show earlier statements", move |_| wanted.set(true))
        }
    })
    .into_any()
}

fn entry(view: &HistoryView) -> AnyView {
    let origin = &view.entry.origin;
    let name = |id: &PersonId| {
        view.people
            .iter()
            .find(|person| person.id == *id)
            .map_or_else(|| id.to_string(), |person| person.name.clone())
    };
    let reviewer = origin
        .reviewer
        .as_ref()
        .map(|reviewer| format!("; reviewed by {}", name(reviewer)));
    li().class("app-history__entry")
        .child((
            p().class("govuk-body govuk-!-margin-bottom-1").child((
                "Accepted ",
                moment(origin.accepted_at),
                ", ",
                a().class("govuk-link app-identifier")
                    .href(PagePath::Submission(origin.submission).href())
                    .child(origin.submission.to_string()),
            )),
            p().class("govuk-body-s govuk-!-margin-bottom-1")
                .child(format!(
                    "Signed by {}, sent by {}{}. {}",
                    name(&origin.signer),
                    name(&origin.uploader),
                    reviewer.unwrap_or_default(),
                    changes(&view.entry.changes)
                )),
            details("What it changed", comparison(&view.entry.changes)),
        ))
        .into_any()
}

fn changes(changes: &Comparison) -> String {
    let thresholds = changes
        .thresholds
        .iter()
        .filter(|row| row.change != Change::Same)
        .count();
    let exceptions = changes
        .exceptions
        .iter()
        .filter(|row| row.change != ExceptionChange::Kept)
        .count();
    let thresholds =
        (thresholds > 0).then(|| counted(thresholds as u64, "threshold", "thresholds"));
    let exceptions =
        (exceptions > 0).then(|| counted(exceptions as u64, "exception", "exceptions"));
    match (thresholds, exceptions) {
        (None, None) => "Nothing changed.".to_owned(),
        (Some(one), None) | (None, Some(one)) => format!("{one} changed."),
        (Some(thresholds), Some(exceptions)) => format!("{thresholds} and {exceptions} changed."),
    }
}
