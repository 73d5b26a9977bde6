//! The list, newest first.

use crate::{
    address::PagePath,
    components::{
        Cell, Colour, Column, identifier, short_moment, table_below_heading, tag, text_cell,
    },
};
use leptos::{html::*, prelude::*};
use sluice_shared::activity::{About, ActivityRecord, OutcomeName};

const COLUMNS: [Column; 5] = [
    Column::Text("Time (UTC)"),
    Column::Text("Person"),
    Column::Text("What"),
    Column::Text("Outcome"),
    Column::Text("Where"),
];

pub(super) fn activity_table(records: &[ActivityRecord]) -> AnyView {
    table_below_heading("Activity", &COLUMNS, records.iter().map(row).collect())
}

fn hint(content: impl IntoView + 'static) -> AnyView {
    div()
        .class("govuk-hint govuk-!-margin-bottom-0 app-breakable")
        .child(content.into_any())
        .into_any()
}

fn row(record: &ActivityRecord) -> Vec<Cell> {
    vec![
        text_cell(short_moment(record.at)),
        text_cell(person(record)),
        text_cell((
            record.act.in_words(),
            record.about.iter().map(about).collect::<Vec<_>>(),
        )),
        text_cell(outcome(record)),
        text_cell((
            record.recorder.in_words(),
            record.address.map(|address| hint(address.to_string())),
            record
                .correlation_id
                .map(|id| hint(("Request ", identifier(&id.to_string())))),
        )),
    ]
}

/// Who, under which sign-in, and of which organisation where it is another's record.
fn person(record: &ActivityRecord) -> AnyView {
    let Some(person) = &record.person else {
        return "Nobody".into_any();
    };
    let of = record.person_organisation.as_ref();
    let of = of.filter(|of| **of != record.organisation);
    (
        person.name.clone(),
        hint(identifier(person.id.as_str())),
        of.map(|of| hint(format!("of {of}"))),
    )
        .into_any()
}

fn about(about: &About) -> AnyView {
    let name = identifier(&about.identifier());
    let named = match about {
        About::Submission(reference) => a()
            .class("govuk-link")
            .href(PagePath::Submission(*reference).href())
            .child(name)
            .into_any(),
        _ => name,
    };
    hint((about.kind(), " ", named))
}

fn outcome(record: &ActivityRecord) -> AnyView {
    let name = record.outcome.name();
    let colour = match name {
        OutcomeName::Done => Colour::Green,
        OutcomeName::Refused => Colour::Red,
        OutcomeName::Failed => Colour::Orange,
    };
    let why = record.outcome.code().map(|code| hint(code.title()));
    (tag(name.in_words(), colour), why).into_any()
}
