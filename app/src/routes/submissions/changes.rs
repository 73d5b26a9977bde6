//! What a submission changed, changes or would have changed: thresholds before and after, or communications released, deleted and kept
//! held.

use super::parts::effect;
use crate::{
    api::{SubmissionChanges, SubmissionDetail, calls, use_api},
    components::{Counts, comparison, counts_table, effects_table, fetch, remote},
};
use leptos::{html::*, prelude::*};
use sluice_shared::{
    api::FileEffect, files::FileKind, submission::StateName, verdict::ExitEvidence,
};

/// The heading of what a file does, as far as its submission has come. The same on the pages of senders and reviewers.
pub const fn changes_title(kind: FileKind, state: StateName) -> &'static str {
    match (kind, state) {
        (FileKind::Adt, StateName::Rejected | StateName::Refused) => "What would have changed",
        (FileKind::Adt, StateName::Checked) => "What would change",
        (FileKind::Adt, StateName::Accepted) => "What changed",
        (FileKind::Adt, _) => "What will change",
        (_, StateName::Rejected | StateName::Refused) => "What it would have decided",
        (_, StateName::Checked) => "What it would decide",
        (_, StateName::Accepted) => "What it decided",
        (_, _) => "What it decides",
    }
}

/// With its heading; nothing of a file that could not be read.
pub(super) fn changes(detail: &SubmissionDetail) -> AnyView {
    if detail.effect.is_none() {
        return ().into_any();
    }
    let api = use_api();
    let reference = detail.summary.reference;
    let all = fetch(async move { api.get(calls::changes(reference)).await });
    let kind = detail.summary.kind;
    let title = changes_title(kind, detail.summary.state);
    let detail = StoredValue::new(detail.clone());
    section()
        .class("app-evidence")
        .child((
            h2().class("govuk-heading-m").child(title),
            remote(all, "Loading the changes", move |changes| {
                detail.with_value(|detail| shown(detail, changes))
            }),
        ))
        .into_any()
}

fn shown(detail: &SubmissionDetail, changes: &SubmissionChanges) -> AnyView {
    match &detail.effect {
        Some(FileEffect::ExitQuarantine { events, .. }) if changes.exits.is_empty() => {
            effects_table("By event", events)
        }
        Some(FileEffect::ExitQuarantine { .. }) => changes
            .exits
            .iter()
            .map(exit)
            .collect::<Vec<_>>()
            .into_any(),
        // What was in force then is not kept of every file: the numbers are.
        _ if changes.comparisons.is_empty() => effect(detail),
        _ => (
            in_numbers(changes, detail.summary.state)
                .map(|words| p().class("govuk-body").child(words)),
            changes
                .comparisons
                .iter()
                .map(comparison)
                .collect::<Vec<_>>(),
        )
            .into_any(),
    }
}

/// `1 threshold would have been raised, 2 thresholds would have been ended.`
fn in_numbers(changes: &SubmissionChanges, state: StateName) -> Option<String> {
    let is = match state {
        StateName::Accepted => ("was", "were"),
        StateName::Rejected | StateName::Refused => ("would have been", "would have been"),
        StateName::Checked => ("would be", "would be"),
        _ => ("will be", "will be"),
    };
    let parts = changes.in_numbers(is);
    let condition = match state {
        StateName::AwaitingReview => "If it is accepted, ",
        _ => "",
    };
    (!parts.is_empty()).then(|| format!("{condition}{}.", parts.join(", ")))
}

/// What is decided of an event, by service.
pub fn exit(exit: &ExitEvidence) -> AnyView {
    let services = exit.by_srv.iter().map(|row| {
        let counts = Counts {
            release: row.counts.release,
            delete: row.counts.delete,
            held: row.counts.held,
        };
        (row.srv, counts)
    });
    counts_table(format!("Event {}", exit.event), services)
}
