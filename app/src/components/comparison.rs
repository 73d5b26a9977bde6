//! Thresholds before and after, side by side, big changes marked.

use super::{Cell, Colour, Column, figure, in_words, number_cell, table, tag, text_cell};
use leptos::{html::*, prelude::*};
use sluice_shared::thresholds::{
    Change, ComparedException, ComparedThreshold, Comparison, ExceptionChange, Limits,
};

/// One User ID's thresholds beside what is in force: what changes, then (folded) what stays.
pub fn comparison(compared: &Comparison) -> AnyView {
    let (same, changed): (Vec<_>, Vec<_>) = compared
        .thresholds
        .iter()
        .partition(|row| row.change == Change::Same);
    let rows = |rows: &[&ComparedThreshold]| {
        rows.iter()
            .map(|row| threshold_row(row))
            .collect::<Vec<_>>()
    };
    let of_changes = if changed.is_empty() {
        p().class("govuk-body")
            .child("No standing threshold changes.")
            .into_any()
    } else {
        table("Thresholds that change", &COLUMNS, rows(&changed))
    };
    let stays = (!same.is_empty()).then(|| {
        super::details(
            super::counted(
                same.len() as u64,
                "threshold stays as it is",
                "thresholds stay as they are",
            ),
            table("Thresholds that stay", &COLUMNS, rows(&same)),
        )
    });
    let exceptions = (!compared.exceptions.is_empty()).then(|| {
        let rows = compared.exceptions.iter().map(exception_row).collect();
        table("Exceptions", &EXCEPTION_COLUMNS, rows)
    });
    div()
        .class("app-comparison")
        .child((
            h3().class("govuk-heading-m")
                .child(("User ID ", super::identifier(&compared.user_id.to_string()))),
            compared.first.then(|| {
                super::inset(
                    "These are the first thresholds of this User ID: nothing was in force before.",
                )
            }),
            of_changes,
            exceptions,
            stays,
        ))
        .into_any()
}

const COLUMNS: [Column; 7] = [
    Column::Text("Service"),
    Column::Text("Period"),
    Column::Number("Old warning"),
    Column::Number("New warning"),
    Column::Number("Old quarantine"),
    Column::Number("New quarantine"),
    Column::Text("Change"),
];

const EXCEPTION_COLUMNS: [Column; 6] = [
    Column::Text("Service"),
    Column::Text("Period"),
    Column::Text("In force"),
    Column::Number("Old quarantine"),
    Column::Number("New quarantine"),
    Column::Text("Change"),
];

fn threshold_row(row: &ComparedThreshold) -> Vec<Cell> {
    let words = match row.change {
        Change::Raised => "Raised",
        Change::Lowered => "Lowered",
        Change::Same => "Same",
        Change::New => "New",
        Change::Dropped => "Ended",
    };
    vec![
        text_cell(super::service(row.key.srv)),
        text_cell(row.key.period.in_words()),
        level(row.old, |limits| limits.warning),
        level(row.new, |limits| limits.warning),
        level(row.old, |limits| limits.quarantine),
        level(row.new, |limits| limits.quarantine),
        text_cell((
            change(words, row.factor, row.big),
            row.from.map(|from| {
                div()
                    .class("govuk-hint govuk-!-margin-bottom-0")
                    .child(format!("from {}", in_words(from)))
            }),
        )),
    ]
}

fn exception_row(row: &ComparedException) -> Vec<Cell> {
    let words = match row.change {
        ExceptionChange::Added => "Added",
        ExceptionChange::Kept => "Same",
        ExceptionChange::Changed => "Changed",
        ExceptionChange::Dropped => "Ended",
    };
    let from = row.from.map_or_else(|| "acceptance".to_owned(), in_words);
    vec![
        text_cell(super::service(row.key.srv)),
        text_cell(row.key.period.in_words()),
        text_cell(format!("From {from} until {}", in_words(row.to))),
        level(row.old, |limits| limits.quarantine),
        level(row.new, |limits| limits.quarantine),
        text_cell(change(words, row.factor, row.big)),
    ]
}

fn level(limits: Option<Limits>, which: fn(Limits) -> u64) -> Cell {
    match limits {
        Some(limits) => number_cell(figure(which(limits))),
        None => number_cell((
            span().aria_hidden("true").child("–"),
            span().class("govuk-visually-hidden").child("none"),
        )),
    }
}

/// `Raised to 5 times`: of a raise by how much, if that shows.
pub fn change_words(words: &str, factor: Option<f64>) -> String {
    let times = factor
        .filter(|factor| *factor >= 1.05)
        .map(|factor| format!("{factor:.1}"))
        .map(|factor| format!(" to {} times", factor.trim_end_matches(".0")))
        .unwrap_or_default();
    format!("{words}{times}")
}

fn change(words: &str, factor: Option<f64>, big: bool) -> AnyView {
    let words = change_words(words, factor);
    if big {
        (tag("Big change", Colour::Yellow), div().child(words)).into_any()
    } else {
        words.into_any()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_raise_is_told_with_its_factor_where_that_shows() {
        assert_eq!(change_words("Raised", Some(5.0)), "Raised to 5 times");
        assert_eq!(change_words("Raised", Some(2.54)), "Raised to 2.5 times");
        assert_eq!(change_words("Raised", Some(10.0)), "Raised to 10 times");
        assert_eq!(change_words("Raised", Some(1.01)), "Raised");
        assert_eq!(change_words("Lowered", Some(0.5)), "Lowered");
        assert_eq!(change_words("New", None), "New");
    }
}
