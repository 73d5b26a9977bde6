//! What an Exit Quarantine file does to each event.

use super::words;
use crate::{
    api::EventEffect,
    components::{
        Column, figure, identifier, number_cell, table as plain_table, text_cell, warning_text,
    },
};
use leptos::{html::*, prelude::*};

/// A sentence and a row for each event.
pub(super) fn table(events: &[EventEffect]) -> AnyView {
    let columns = [
        Column::Text("Event"),
        Column::Number("Release"),
        Column::Number("Delete"),
        Column::Number("Stay held"),
    ];
    let rows = events
        .iter()
        .map(|event| {
            vec![
                text_cell(identifier(&event.event.to_string())),
                number_cell(figure(event.release)),
                number_cell(figure(event.delete)),
                number_cell(figure(event.left_held)),
            ]
        })
        .collect();
    div()
        .child((
            sentences(events),
            warning_text("Once the file is accepted, this cannot be undone."),
            plain_table("Decisions by event", &columns, rows),
        ))
        .into_any()
}

/// What happens to each event, in exact numbers.
pub(super) fn sentences(events: &[EventEffect]) -> AnyView {
    let sentences: Vec<AnyView> = events
        .iter()
        .map(|event| {
            p().class("govuk-body-l")
                .child(words::event_sentence(event))
                .into_any()
        })
        .collect();
    div().child(sentences).into_any()
}
