//! What the rows come to: how many change, and what is missing still.

use super::{Editor, NOT_LOADED, line::Line};
use crate::components::{
    changing, comparison, counted, details, fault_link, live_region, quiet_button, review_ahead,
    secondary_button,
};
use crate::parts::NotLoaded;
use leptos::{html::*, prelude::*};
use sluice_shared::thresholds::{Change, Comparison, ExceptionChange};

pub(super) fn change_summary(editor: Editor) -> AnyView {
    let errors = Memo::new(move |_| editor.checked.with(super::check::JudgedRows::errors));
    let empty = Memo::new(move |_| {
        let lines = editor.lines.get();
        lines.iter().filter(|line| is_empty(line)).count()
    });
    let state = move || match (editor.judge.get(), errors.get()) {
        (Err(NotLoaded), _) => NOT_LOADED.to_owned(),
        (Ok(None), _) => "Nothing is changed yet.".to_owned(),
        (Ok(Some(_)), 0) => "No errors.".to_owned(),
        (Ok(Some(_)), errors) => format!("{} to correct.", counted(errors, "error", "errors")),
    };
    section()
        .class("app-write__summary")
        .aria_labelledby("what-changes")
        .child((
            h2().class("govuk-heading-m")
                .id("what-changes")
                .child("What will change"),
            p().class("govuk-body").child(state),
            changing(move || {
                editor
                    .judge
                    .get()
                    .is_err()
                    .then(|| secondary_button("Try again", move |_| editor.fetch_judge()))
            }),
            live_region(state),
            changing(move || left(editor)),
            changing(move || {
                (empty.get() > 0).then(|| {
                    p().class("govuk-body").child((
                        format!(
                            "{} no number yet. ",
                            counted(empty.get() as u64, "row has", "rows have")
                        ),
                        quiet_button(
                            "Fill them with 0, which holds every communication",
                            move |_| fill(editor),
                        ),
                    ))
                })
            }),
            changing(move || {
                let faults = editor
                    .checked
                    .with(super::check::JudgedRows::findings_of_no_line);
                let shown: Vec<AnyView> = faults
                    .into_iter()
                    .filter(|_| editor.asked.get())
                    .map(|finding| {
                        p().class("govuk-error-message")
                            .child(format!("{} {}", finding.message, finding.remedy))
                            .into_any()
                    })
                    .collect();
                shown
            }),
            changing(move || {
                // A row with an error counts as left out, so the numbers would be wrong before all rows are in order.
                editor.checked.with(|checked| {
                    checked
                        .comparison
                        .as_ref()
                        .filter(|_| checked.is_acceptable())
                        .map(|compared| {
                            (
                                p().class("govuk-body")
                                    .id("change-counts")
                                    .child(words(compared)),
                                review_ahead(&checked.rules),
                                details("Old and new side by side", comparison(compared)),
                            )
                        })
                })
            }),
        ))
        .into_any()
}

/// What is left, each leading to its field. Rows without any number are only counted, below, until somebody wants to go on.
fn left(editor: Editor) -> AnyView {
    let begun: Vec<Line> = editor
        .lines
        .get()
        .into_iter()
        .filter(|line| editor.asked.get() || !is_empty(line))
        .collect();
    let faults = editor.checked.with(|checked| checked.faults_in(&begun));
    if faults.is_empty() {
        return ().into_any();
    }
    let links: Vec<AnyView> = faults
        .into_iter()
        .map(|fault| li().child(fault_link(fault, "govuk-link")).into_any())
        .collect();
    ul().class("govuk-list govuk-list--bullet")
        .child(links)
        .into_any()
}

/// Whether a row has no number yet (reactive).
fn is_empty(line: &Line) -> bool {
    !line.exception && line.warning.get().is_empty() && line.quarantine.get().is_empty()
}

fn words(compared: &Comparison) -> String {
    let count = |wanted: Change| {
        compared
            .thresholds
            .iter()
            .filter(|row| row.change == wanted)
            .count() as u64
    };
    let exceptions = |wanted: ExceptionChange| {
        compared
            .exceptions
            .iter()
            .filter(|row| row.change == wanted)
            .count() as u64
    };
    let thresholds = [
        (Change::Raised, "raised"),
        (Change::Lowered, "lowered"),
        (Change::New, "new"),
        (Change::Dropped, "ended"),
    ]
    .map(|(change, what)| (count(change), "threshold is", "thresholds are", what));
    let exceptions = [
        (ExceptionChange::Added, "added"),
        (ExceptionChange::Changed, "changed"),
        (ExceptionChange::Dropped, "ended"),
    ]
    .map(|(change, what)| (exceptions(change), "exception is", "exceptions are", what));
    let parts: Vec<String> = thresholds
        .into_iter()
        .chain(exceptions)
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, more, what)| format!("{} {what}", counted(count, one, more)))
        .collect();
    if parts.is_empty() {
        "Nothing changes.".to_owned()
    } else {
        format!("{}.", parts.join(", "))
    }
}

fn fill(editor: Editor) {
    for line in editor.lines.get_untracked() {
        let empty =
            line.warning.get_untracked().is_empty() && line.quarantine.get_untracked().is_empty();
        if empty && !line.exception {
            line.warning.set("0".to_owned());
            line.quarantine.set("0".to_owned());
        }
    }
}
