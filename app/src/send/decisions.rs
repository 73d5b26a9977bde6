//! What an Exit Quarantine file does to each event.

use super::words;
use crate::{
    api::EventEffect,
    components::{effects_table, warning_text},
};
use leptos::{html::*, prelude::*};

/// A sentence and a row for each event.
pub(super) fn table(events: &[EventEffect]) -> AnyView {
    div()
        .child((
            sentences(events),
            warning_text("Once the file is accepted, this cannot be undone."),
            effects_table("Decisions by event", events),
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
