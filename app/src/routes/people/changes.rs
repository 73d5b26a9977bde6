//! What was asked for and what became of it.

use super::differences;
use crate::{
    api::{OrganisationPeople, PersonRef},
    components::{
        Cell, Colour, Column, details, short_moment, table, table_below_heading, tag, text_cell,
    },
};
use leptos::{html::*, prelude::*};
use sluice_shared::directory::{ChangeRecord, ChangeState};

const COLUMNS: [Column; 5] = [
    Column::Text("Asked (UTC)"),
    Column::Text("About"),
    Column::Text("Change"),
    Column::Text("By, and why"),
    Column::Text("State"),
];

/// Whom a change is about, or which organisation.
pub(super) fn about(change: &ChangeRecord) -> String {
    let person = change.about.as_ref().map(|person| person.name.clone());
    person.unwrap_or_else(|| {
        let named = change.change.person().map(ToString::to_string);
        named.unwrap_or_else(|| change.organisation.to_string())
    })
}

pub(super) fn history(people: &OrganisationPeople) -> AnyView {
    let settled = people
        .changes
        .iter()
        .filter(|change| !change.awaits_approval());
    let rows: Vec<Vec<Cell>> = settled.map(row).collect();
    if rows.is_empty() {
        return p()
            .class("govuk-body")
            .child(
                "No change was asked for yet. Each is listed here, with who asked, when and why.",
            )
            .into_any();
    }
    table("Changes", &COLUMNS, rows)
}

/// What was asked for about one person.
pub(super) fn of_person(people: &OrganisationPeople, person: &PersonRef) -> AnyView {
    let about = people
        .changes
        .iter()
        .filter(|change| change.change.person() == Some(&person.id));
    let rows: Vec<Vec<Cell>> = about.map(row).collect();
    let content = if rows.is_empty() {
        p().class("govuk-body")
            .child("Nothing was changed since changes are kept.")
            .into_any()
    } else {
        table_below_heading(format!("History of {}", person.name), &COLUMNS, rows)
    };
    details(format!("History of {}", person.name), content)
}

fn row(change: &ChangeRecord) -> Vec<Cell> {
    let words = |text: String| {
        div()
            .class("govuk-hint govuk-!-margin-bottom-0")
            .child(text)
    };
    let (state, more) = match &change.state {
        ChangeState::AwaitingApproval { .. } => (tag("Waiting", Colour::Yellow), None),
        ChangeState::Made {
            approved_by,
            approval,
            ..
        } => {
            let approved = approved_by.as_ref().map(|by| {
                let why = approval.as_ref().map_or("", |why| why.as_str());
                format!("Approved by {}: {why}", by.name)
            });
            (tag("Made", Colour::Green), approved)
        }
        ChangeState::Refused { by, why, .. } => {
            let who = by
                .as_ref()
                .map(|by| format!("{}: ", by.name))
                .unwrap_or_default();
            (tag("Refused", Colour::Red), Some(format!("{who}{why}")))
        }
    };
    vec![
        text_cell(short_moment(change.asked_at)),
        text_cell(about(change)),
        text_cell((change.change.title(), differences::in_lines(change))),
        text_cell((
            change.asked_by.name.clone(),
            words(change.reason.as_str().to_owned()),
        )),
        text_cell((state, more.map(words))),
    ]
}

/// The exact words of a change, for whoever approves it.
pub(super) fn in_full(change: &ChangeRecord) -> AnyView {
    let json = serde_json::to_string_pretty(&change.change).unwrap_or_default();
    details(
        "What is changed, word for word",
        pre().class("app-breakable").child(json),
    )
}
