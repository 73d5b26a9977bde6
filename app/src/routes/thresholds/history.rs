//! What was accepted before, latest first.

use crate::{
    api::use_api,
    components::{comparison, counted, details, fetch, moment, remote},
};
use leptos::{html::*, prelude::*};
use sluice_shared::{
    api::{HistoryView, Page},
    identifiers::{Eui64, PersonId},
    thresholds::{Change, Comparison, ExceptionChange},
};

pub(super) fn part(user_id: Eui64) -> AnyView {
    let api = use_api();
    let history = fetch(async move {
        api.get::<Page<HistoryView>>(&format!("/thresholds/{user_id}/history"))
            .await
    });
    section()
        .aria_labelledby("history")
        .child((
            h2().class("govuk-heading-m govuk-!-margin-top-6")
                .id("history")
                .child("History"),
            remote(history, "Loading the history", |page| {
                if page.items.is_empty() {
                    p().class("govuk-body")
                        .child("Nothing has been accepted yet.")
                        .into_any()
                } else {
                    ol().class("govuk-list app-history")
                        .child(page.items.iter().map(entry).collect::<Vec<_>>())
                        .into_any()
                }
            }),
        ))
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
                    .href(format!("/submissions/{}", origin.submission))
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
    format!(
        "{} and {} changed.",
        counted(thresholds as u64, "threshold", "thresholds"),
        counted(exceptions as u64, "exception", "exceptions")
    )
}
