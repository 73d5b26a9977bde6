//! What counts now, what starts later, and the exceptions.

use crate::components::{
    Cell, Colour, Column, field, figure, grouped_count, in_words, number_cell, plain_moment,
    service, service_name, table, table_below_heading, tag, text_cell,
};
use leptos::{html::*, prelude::*};
use sluice_shared::{
    api::UserThresholdsView,
    thresholds::{InForce, UserThresholds},
};

pub(super) fn in_force_tables(view: &UserThresholdsView) -> AnyView {
    let later = view
        .thresholds
        .as_ref()
        .map(|known| later(known, view))
        .unwrap_or_default();
    let exceptions = view
        .thresholds
        .as_ref()
        .map(|known| exceptions(known, view))
        .unwrap_or_default();
    div()
        .child((
            (!view.in_force.is_empty()).then(|| now(view.in_force.clone())),
            (!later.is_empty()).then(|| {
                let columns = [
                    Column::Text("Service"),
                    Column::Text("Period"),
                    Column::Number("Warning"),
                    Column::Number("Quarantine"),
                    Column::Text("Starts"),
                ];
                table("Starting later", &columns, later)
            }),
            (!exceptions.is_empty()).then(|| {
                let columns = [
                    Column::Text("Service"),
                    Column::Text("Period"),
                    Column::Number("Warning"),
                    Column::Number("Quarantine"),
                    Column::Text("From"),
                    Column::Text("Until"),
                    Column::Text("State"),
                ];
                table("Exceptions", &columns, exceptions)
            }),
        ))
        .into_any()
}

fn now(rows: Vec<InForce>) -> AnyView {
    let wanted = RwSignal::new(String::new());
    let count = rows.len();
    let shown = Memo::new(move |_| {
        let words = wanted.get().to_lowercase();
        let fits = |row: &&InForce| {
            format!("{} {}", row.key.srv, service_name(row.key.srv))
                .to_lowercase()
                .contains(&words)
        };
        rows.iter().filter(fits).cloned().collect::<Vec<_>>()
    });
    let columns = [
        Column::Text("Service"),
        Column::Text("Period"),
        Column::Number("Warning"),
        Column::Number("Quarantine"),
        Column::Text("Kind"),
    ];
    div()
        .child((
            h2().class("govuk-heading-m govuk-!-margin-top-6")
                .child("In force now"),
            field("find-threshold", "Find a service")
                .class("govuk-input--width-20")
                .text(wanted),
            p().class("govuk-body-s").role("status").child(move || {
                format!(
                    "{} of {} shown",
                    grouped_count(shown.with(Vec::len)),
                    grouped_count(count)
                )
            }),
            move || {
                table_below_heading(
                    "Thresholds in force",
                    &columns,
                    shown.get().iter().map(now_row).collect(),
                )
            },
        ))
        .into_any()
}

fn now_row(row: &InForce) -> Vec<Cell> {
    let why = row.exception_until.map_or_else(
        || "Standing".into_any(),
        |until| {
            (
                tag("Exception", Colour::Turquoise),
                format!(" until {}", in_words(until)),
            )
                .into_any()
        },
    );
    vec![
        text_cell(service(row.key.srv)),
        text_cell(row.key.period.in_words()),
        number_cell(figure(row.limits.warning)),
        number_cell(figure(row.limits.quarantine)),
        text_cell(why),
    ]
}

fn later(known: &UserThresholds, view: &UserThresholdsView) -> Vec<Vec<Cell>> {
    known
        .standing
        .iter()
        .filter(|row| row.from > view.at)
        .map(|row| {
            vec![
                text_cell(service(row.key.srv)),
                text_cell(row.key.period.in_words()),
                number_cell(figure(row.limits.warning)),
                number_cell(figure(row.limits.quarantine)),
                text_cell(plain_moment(row.from)),
            ]
        })
        .collect()
}

fn exceptions(known: &UserThresholds, view: &UserThresholdsView) -> Vec<Vec<Cell>> {
    known
        .exceptions
        .iter()
        .filter(|row| row.to > view.at)
        .map(|row| {
            let state = if row.from <= view.at {
                tag("In force", Colour::Green)
            } else {
                tag("Later", Colour::Blue)
            };
            vec![
                text_cell(service(row.key.srv)),
                text_cell(row.key.period.in_words()),
                number_cell(figure(row.limits.warning)),
                number_cell(figure(row.limits.quarantine)),
                text_cell(plain_moment(row.from)),
                text_cell(plain_moment(row.to)),
                text_cell(state),
            ]
        })
        .collect()
}
