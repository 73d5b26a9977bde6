//! The tables of rows.

use super::{
    Editor,
    change::{change, in_force},
    fields::{number_field, period_field, start_field, time_field},
    line::Line,
};
use crate::components::{
    changing, field, grouped_count, labelled_cell, service, service_in_words, service_name,
};
use leptos::{ev, html::*, prelude::*};
use sluice_shared::{
    files::AdtColumn,
    finding::{Finding, Severity},
    thresholds::Period,
};

pub(super) fn standing(editor: Editor) -> AnyView {
    let heads = [
        "Service",
        "Period",
        "In force",
        "Warning",
        "Quarantine",
        "Starts",
        "Change",
        "",
    ];
    rows_table(editor, false, "Standing thresholds", &heads)
}

pub(super) fn exceptions(editor: Editor) -> AnyView {
    let heads = [
        "Service",
        "Period",
        "In force",
        "Warning",
        "Quarantine",
        "From",
        "Until",
        "Change",
        "",
    ];
    rows_table(editor, true, "Exceptions", &heads)
}

fn rows_table(
    editor: Editor,
    exception: bool,
    words: &'static str,
    heads: &[&'static str],
) -> AnyView {
    let heads: Vec<AnyView> = heads
        .iter()
        .map(|words| match *words {
            "" => td().class("govuk-table__header").child(()).into_any(),
            words => th()
                .scope("col")
                .class("govuk-table__header")
                .child(words)
                .into_any(),
        })
        .collect();
    let find = RwSignal::new(String::new());
    let all = move || {
        editor
            .lines
            .get()
            .into_iter()
            .filter(|line| line.exception == exception)
            .collect::<Vec<_>>()
    };
    let lines = move || {
        let wanted = find.get().to_lowercase();
        let mut lines = all();
        lines.retain(|line| fits(*line, &wanted) || is_at_fault(editor, *line));
        lines
    };
    let body = tbody().class("govuk-table__body").child(For(ForProps {
        each: lines,
        key: |line| line.number,
        children: move |line| row(editor, line),
    }));
    let table = div()
        .class("app-table-scroll")
        .role("region")
        .tabindex("0")
        .aria_label(words)
        .child(
            leptos::html::table()
                .class("govuk-table app-stacks app-write")
                .child((
                    caption().class("govuk-visually-hidden").child(words),
                    thead()
                        .class("govuk-table__head")
                        .child(tr().class("govuk-table__row").child(heads)),
                    body,
                )),
        );
    let none = move || all().is_empty();
    div()
        .child((
            h2().class("govuk-heading-m").child(words),
            (!exception).then(|| {
                (
                    field("find-service", "Find a service")
                        .class("govuk-input--width-20")
                        .text(find),
                    p().class("govuk-body-s")
                        .role("status")
                        .child(changing(move || {
                            format!(
                                "{} of {} shown",
                                grouped_count(lines().len()),
                                grouped_count(all().len())
                            )
                        })),
                )
            }),
            table.class(("app-write--none", none)),
            changing(move || {
                none().then(|| {
                    p().class("govuk-body").child(if exception {
                        "No exceptions. Add one when you expect more than usual for a time."
                    } else {
                        "No thresholds."
                    })
                })
            }),
        ))
        .into_any()
}

fn fits(line: Line, wanted: &str) -> bool {
    wanted.is_empty()
        || format!("{} {}", line.srv, service_name(line.srv))
            .to_lowercase()
            .contains(wanted)
}

/// What is to be put right is always there to be led to.
fn is_at_fault(editor: Editor, line: Line) -> bool {
    editor
        .checked
        .with(|checked| !checked.findings_of(line).is_empty())
}

fn row(editor: Editor, line: Line) -> AnyView {
    let what = format!(
        "{}, {}",
        service_in_words(line.srv),
        Period::parse(&line.period.get_untracked()).map_or("", Period::in_words)
    );
    let findings = Memo::new(move |_| editor.checked.with(|checked| checked.findings_of(line)));
    let shows = move || editor.asked.get() || line.touched.get();
    let wrong = move |column: AdtColumn| {
        Signal::derive(move || {
            shows()
                && findings.with(|all| {
                    all.iter()
                        .any(|one| one.column.as_deref() == Some(column.name()))
                })
        })
    };
    let id = format!("row-{}-findings", line.number);
    let cell = |heading: &'static str, content: AnyView| {
        labelled_cell(heading, "govuk-table__cell", content)
    };
    let number = |column: AdtColumn, heading: &'static str, words: &str, value| {
        cell(
            heading,
            number_field(
                line,
                column,
                format!("{words} of {what}"),
                value,
                wrong(column),
                id.clone(),
            ),
        )
    };
    let columns = if line.exception { "9" } else { "8" };
    let fields = tr().class("govuk-table__row").child((
        th().scope("row")
            .class("govuk-table__header app-write__service")
            .child(service(line.srv)),
        cell(
            "Period",
            period_field(line, format!("Period of {}", line.srv)),
        ),
        cell(
            "In force",
            span()
                .class("app-write__now")
                .child(in_force(editor, line))
                .into_any(),
        ),
        number(
            AdtColumn::Warning,
            "Warning",
            "Warning threshold",
            line.warning,
        ),
        number(
            AdtColumn::Quarantine,
            "Quarantine",
            "Quarantine threshold",
            line.quarantine,
        ),
        cell(
            if line.exception { "From" } else { "Starts" },
            start_field(
                line,
                format!("Start of {what}"),
                wrong(AdtColumn::From),
                id.clone(),
            ),
        ),
        line.exception.then(|| {
            cell(
                "Until",
                time_field(
                    line,
                    AdtColumn::To,
                    format!("End of {what}"),
                    line.to,
                    wrong(AdtColumn::To),
                    id.clone(),
                ),
            )
        }),
        cell("Change", change(editor, line)),
        cell("", remove(editor, line, what.clone())),
    ));
    let told = findings_row(columns, id, move || {
        if shows() { findings.get() } else { Vec::new() }
    });
    (fields, told).into_any()
}

/// What is wrong with a row, below it.
fn findings_row(
    columns: &'static str,
    id: String,
    findings: impl Fn() -> Vec<Finding> + Copy + Send + 'static,
) -> AnyView {
    let words = move || {
        let lines: Vec<AnyView> = findings()
            .into_iter()
            .map(|finding| {
                let (class, kind) = match finding.severity {
                    Severity::Error => ("govuk-error-message", "Error: "),
                    Severity::Warning => ("govuk-body-s", "Warning: "),
                };
                p().class(class)
                    .child((
                        span().class("govuk-visually-hidden").child(kind),
                        format!("{} {}", finding.message, finding.remedy),
                    ))
                    .into_any()
            })
            .collect();
        lines
    };
    tr().class("app-write__findings")
        .hidden(move || findings().is_empty())
        .child(
            td().class("govuk-table__cell")
                .colspan(columns)
                .id(id)
                .child(words),
        )
        .into_any()
}

/// A row that no rule asks for can be taken out. The only row of a required service cannot.
fn remove(editor: Editor, line: Line, what: String) -> AnyView {
    let removable = move || {
        line.exception
            || !line.required
            || editor.lines.with(|lines| {
                lines
                    .iter()
                    .filter(|other| other.srv == line.srv && !other.exception)
                    .count()
                    > 1
            })
    };
    (move || {
        removable().then(|| {
            button()
                .r#type("button")
                .class("govuk-link app-quiet-button")
                .on(ev::click, move |_| {
                    editor
                        .lines
                        .update(|lines| lines.retain(|other| other.number != line.number));
                })
                .child((
                    "Remove",
                    span()
                        .class("govuk-visually-hidden")
                        .child(format!(" {what}")),
                ))
        })
    })
    .into_any()
}
