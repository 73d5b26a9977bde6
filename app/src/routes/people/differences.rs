//! What a change makes of what was before.

use crate::components::{Column, capital, table_below_heading, text_cell};
use leptos::{html::*, prelude::*};
use sluice_shared::directory::{ChangeDifference, ChangeRecord, differences};

const COLUMNS: [Column; 3] = [
    Column::Text("What"),
    Column::Text("Before"),
    Column::Text("After"),
];

/// For whoever approves it: before beside after. Several may wait, so the table names whom or what the change is `about`.
pub(super) fn side_by_side(change: &ChangeRecord, about: &str) -> AnyView {
    let cell = |text: String, is_verbatim: bool| {
        let text = if text.is_empty() {
            "None".to_owned()
        } else if is_verbatim {
            text
        } else {
            capital(&text)
        };
        text_cell(span().class("app-breakable").child(text))
    };
    let rows = differences(change).into_iter().map(|difference| {
        let is_verbatim = difference.is_verbatim();
        vec![
            text_cell(difference.what),
            cell(difference.before, is_verbatim),
            cell(difference.after, is_verbatim),
        ]
    });
    let caption = format!("What would change for {about} ({})", change.change.title());
    table_below_heading(caption, &COLUMNS, rows.collect())
}

/// For a list: a line each.
pub(super) fn in_lines(change: &ChangeRecord) -> AnyView {
    lines(&differences(change))
}

/// The same of differences that are known.
pub(super) fn lines(differences: &[ChangeDifference]) -> AnyView {
    let lines = differences.iter().map(|difference| {
        li().class("app-breakable")
            .child(in_words(difference))
            .into_any()
    });
    ul().class("govuk-list govuk-hint govuk-!-margin-bottom-0")
        .child(lines.collect::<Vec<AnyView>>())
        .into_any()
}

fn in_words(difference: &ChangeDifference) -> String {
    let ChangeDifference {
        what,
        before,
        after,
    } = difference;
    match (before.is_empty(), after.is_empty()) {
        (true, _) => format!("{what}: {after}"),
        (false, true) => format!("{what} before: {before}"),
        (false, false) => format!("{what}: {after}. Before: {before}"),
    }
}
