//! Thresholds before and after, side by side, big changes marked.

use super::{
    Cell, Colour, Column, figure, in_words, number_cell, table_below_heading, tag, text_cell,
};
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
    // Several may stand on a page, and each table is a landmark.
    let named = |caption| format!("{caption}: {}", compared.user_id);
    let of_changes = if changed.is_empty() {
        p().class("govuk-body")
            .child("No standing threshold changes.")
            .into_any()
    } else {
        table_below_heading(named("Thresholds that change"), &COLUMNS, rows(&changed))
    };
    let stays = (!same.is_empty()).then(|| {
        super::details(
            super::counted(
                same.len() as u64,
                "threshold stays as it is",
                "thresholds stay as they are",
            ),
            table_below_heading(named("Thresholds that stay"), &COLUMNS, rows(&same)),
        )
    });
    let exceptions = (!compared.exceptions.is_empty()).then(|| {
        let rows = compared.exceptions.iter().map(exception_row).collect();
        (
            h4().class("govuk-heading-s").child("Exceptions"),
            table_below_heading(named("Exceptions"), &EXCEPTION_COLUMNS, rows),
        )
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
            change(words, row.old, row.new, row.big),
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
        text_cell(change(words, row.old, row.new, row.big)),
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

/// `Up 10% (200 → 220)`, of the quarantine threshold, or of the warning threshold where that alone changes; `words` where nothing can be
/// set beside each other.
pub fn change_words(words: &str, old: Option<Limits>, new: Option<Limits>) -> String {
    let (Some(old), Some(new)) = (old, new) else {
        return words.to_owned();
    };
    if old.quarantine != new.quarantine {
        moved(old.quarantine, new.quarantine)
    } else if old.warning != new.warning {
        let moved = moved(old.warning, new.warning);
        format!("Warning {}{}", moved[..1].to_lowercase(), &moved[1..])
    } else {
        words.to_owned()
    }
}

fn moved(old: u64, new: u64) -> String {
    let way = if new > old { "Up" } else { "Down" };
    let by = new.abs_diff(old);
    let from_to = format!("({} → {})", super::grouped(old), super::grouped(new));
    // Of nothing there are no per cent.
    let Some(percent) = (u128::from(by) * 200 + u128::from(old)).checked_div(u128::from(old) * 2)
    else {
        return format!("{way} {from_to}");
    };
    match percent {
        0 => format!("{way} by less than 1% {from_to}"),
        1_000.. => {
            let times = u64::try_from(u128::from(new) / u128::from(old)).unwrap_or(u64::MAX);
            format!("{} times as high {from_to}", super::grouped(times))
        }
        percent => format!("{way} {percent}% {from_to}"),
    }
}

fn change(words: &str, old: Option<Limits>, new: Option<Limits>, big: bool) -> AnyView {
    let words = change_words(words, old, new);
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
    fn a_change_is_told_in_per_cent_and_in_numbers() {
        let limits = |warning, quarantine| {
            Some(Limits {
                warning,
                quarantine,
            })
        };
        let told = |old, new| change_words("New", old, new);
        assert_eq!(
            told(limits(100, 200), limits(110, 220)),
            "Up 10% (200 → 220)"
        );
        assert_eq!(
            told(limits(100, 200), limits(100, 100)),
            "Down 50% (200 → 100)"
        );
        assert_eq!(
            told(limits(100, 200), limits(150, 200)),
            "Warning up 50% (100 → 150)"
        );
        assert_eq!(
            told(limits(0, 1_000), limits(0, 1_001)),
            "Up by less than 1% (1,000 → 1,001)"
        );
        assert_eq!(
            told(limits(0, 2), limits(0, 62)),
            "31 times as high (2 → 62)"
        );
        assert_eq!(told(limits(0, 0), limits(0, 5)), "Up (0 → 5)");
        assert_eq!(told(None, limits(0, 5)), "New");
    }
}
