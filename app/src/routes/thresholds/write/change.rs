//! What a row changes, beside what is in force.

use super::{Editor, line::Line};
use crate::components::{Colour, change_words, grouped, tag};
use leptos::{html::*, prelude::*};
use sluice_shared::thresholds::{Change, ComparedThreshold, ExceptionChange, Limits};

/// What counts now for the row's service and period.
pub(super) fn in_force(editor: Editor, line: Line) -> AnyView {
    (move || {
        let limits = line.key().and_then(|key| {
            editor.view.with_value(|view| {
                view.in_force
                    .iter()
                    .find(|row| row.key == key)
                    .map(|row| row.limits)
            })
        });
        limits.map_or_else(
            || "Nothing".to_owned(),
            |Limits {
                 warning,
                 quarantine,
             }| format!("{} / {}", grouped(warning), grouped(quarantine)),
        )
    })
    .into_any()
}

/// What the row changes, as far as it can be read.
pub(super) fn change(editor: Editor, line: Line) -> AnyView {
    (move || {
        let key = line.key()?;
        editor.checked.with(|checked| {
            let comparison = checked.comparison.as_ref()?;
            if line.exception {
                let (from, to) = (line.from.get(), line.to.get());
                let same = |at: String, text: &str| at == text;
                let row = comparison.exceptions.iter().find(|row| {
                    row.key == key
                        && same(row.to.to_string(), &to)
                        && same(
                            row.from.map(|from| from.to_string()).unwrap_or_default(),
                            &from,
                        )
                })?;
                let words = match row.change {
                    ExceptionChange::Added => "Added",
                    ExceptionChange::Kept => "Same",
                    ExceptionChange::Changed => "Changed",
                    ExceptionChange::Dropped => "Ended",
                };
                Some(told(words, row.old, row.new, row.big))
            } else {
                comparison
                    .thresholds
                    .iter()
                    .find(|row| row.key == key && row.new.is_some())
                    .map(standing_change)
            }
        })
    })
    .into_any()
}

fn standing_change(row: &ComparedThreshold) -> AnyView {
    let words = match row.change {
        Change::Raised => "Raised",
        Change::Lowered => "Lowered",
        Change::Same => "Same",
        Change::New => "New",
        Change::Dropped => "Ended",
    };
    told(words, row.old, row.new, row.big)
}

fn told(words: &str, old: Option<Limits>, new: Option<Limits>, big: bool) -> AnyView {
    (
        big.then(|| tag("Big change", Colour::Yellow)),
        span()
            .class("app-write__change")
            .child(change_words(words, old, new)),
    )
        .into_any()
}
