//! How many communications are released, deleted and kept held: the one table of it.

use super::{Cell, Column, figure, identifier, number_cell, table, text_cell};
use leptos::prelude::*;
use sluice_shared::{
    api::EventEffect,
    identifiers::{Srv, SrvOrAll},
};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// To be processed.
    pub release: u64,
    pub delete: u64,
    /// Neither: they are kept held.
    pub held: u64,
}

/// ` Keep 12 held.`, after what is released and deleted; nothing where that is all.
pub fn keep_held(count: u64) -> String {
    match count {
        0 => String::new(),
        count => format!(" Keep {} held.", super::grouped(count)),
    }
}

/// What a file does to each event.
pub fn effects_table(caption: impl Into<String>, events: &[EventEffect]) -> AnyView {
    let rows = events.iter().map(|event| {
        let counts = Counts {
            release: event.release,
            delete: event.delete,
            held: event.left_held,
        };
        (identifier(&event.event.to_string()), counts)
    });
    decisions_table(caption, "Event", rows)
}

/// What is decided of each service; the sum last when there is more than one.
pub fn counts_table(
    caption: impl Into<String>,
    services: impl IntoIterator<Item = (Srv, Counts)>,
) -> AnyView {
    let mut all = Counts::default();
    let mut rows: Vec<(AnyView, Counts)> = services
        .into_iter()
        .map(|(srv, counts)| {
            all.release += counts.release;
            all.delete += counts.delete;
            all.held += counts.held;
            (super::service(SrvOrAll::One(srv)), counts)
        })
        .collect();
    if rows.len() > 1 {
        rows.push(("All".into_any(), all));
    }
    decisions_table(caption, "Service", rows)
}

fn decisions_table(
    caption: impl Into<String>,
    first: &'static str,
    rows: impl IntoIterator<Item = (AnyView, Counts)>,
) -> AnyView {
    let columns = [
        Column::Text(first),
        Column::Number("Release"),
        Column::Number("Delete"),
        Column::Number("Keep held"),
    ];
    let row = |(name, counts): (AnyView, Counts)| -> Vec<Cell> {
        vec![
            text_cell(name),
            number_cell(figure(counts.release)),
            number_cell(figure(counts.delete)),
            number_cell(figure(counts.held)),
        ]
    };
    table(caption, &columns, rows.into_iter().map(row).collect())
}
