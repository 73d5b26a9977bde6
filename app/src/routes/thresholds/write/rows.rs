//! The tables of rows.

use super::{
    super::{service, service_name},
    Editor,
    line::Line,
};
use crate::components::{Colour, grouped, tag};
use leptos::{ev, html::*, prelude::*};
use sluice_shared::{
    finding::Severity,
    thresholds::{Change, ComparedThreshold, ExceptionChange, Limits, Period},
};

/// The standing thresholds.
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
    whole(editor, false, "Standing thresholds", &heads)
}

/// The exceptions.
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
    whole(editor, true, "Exceptions", &heads)
}

fn whole(editor: Editor, exception: bool, words: &'static str, heads: &[&'static str]) -> AnyView {
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
    let lines = move || {
        editor
            .lines
            .get()
            .into_iter()
            .filter(|line| line.exception == exception)
            .collect::<Vec<_>>()
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
            leptos::html::table().class("govuk-table app-write").child((
                caption()
                    .class("govuk-table__caption govuk-table__caption--m")
                    .child(words),
                thead()
                    .class("govuk-table__head")
                    .child(tr().class("govuk-table__row").child(heads)),
                body,
            )),
        );
    let none = move || lines().is_empty();
    div()
        .child((table.class(("app-write--none", none)), move || {
            none().then(|| {
                p().class("govuk-body").child(if exception {
                    "No exceptions. Add one when you expect more than usual for a time."
                } else {
                    "No thresholds."
                })
            })
        }))
        .into_any()
}

fn row(editor: Editor, line: Line) -> AnyView {
    let what = format!(
        "{} {}, {}",
        line.srv,
        service_name(line.srv),
        Period::parse(&line.period.get_untracked()).map_or("", Period::in_words)
    );
    let findings = Memo::new(move |_| editor.checked.with(|checked| checked.of(line)));
    let shows = move || editor.asked.get() || line.touched.get();
    let wrong = move |column: &'static str| {
        Signal::derive(move || {
            shows()
                && findings.with(|all| all.iter().any(|one| one.column.as_deref() == Some(column)))
        })
    };
    let id = format!("row-{}-findings", line.number);
    let cell = |content: AnyView| td().class("govuk-table__cell").child(content);
    let number = |column: &'static str, words: &str, value: RwSignal<String>| {
        cell(number_field(
            line,
            column,
            format!("{words} of {what}"),
            value,
            wrong(column),
            id.clone(),
        ))
    };
    let columns = if line.exception { "9" } else { "8" };
    let fields = tr().class("govuk-table__row").child((
        th().scope("row")
            .class("govuk-table__header app-write__service")
            .child(service(line.srv)),
        cell(period_field(line, format!("Period of {}", line.srv))),
        cell(
            span()
                .class("app-write__now")
                .child(in_force(editor, line))
                .into_any(),
        ),
        number("WarningThreshold", "Warning threshold", line.warning),
        number(
            "QuarantineThreshold",
            "Quarantine threshold",
            line.quarantine,
        ),
        cell(start_field(
            line,
            format!("Start of {what}"),
            wrong("EffectiveFrom"),
            id.clone(),
        )),
        line.exception.then(|| {
            cell(time_field(
                line,
                "EffectiveTo",
                format!("End of {what}"),
                line.to,
                wrong("EffectiveTo"),
                id.clone(),
            ))
        }),
        cell(change(editor, line)),
        cell(remove(editor, line, what.clone())),
    ));
    let words = move || {
        let all = if shows() { findings.get() } else { Vec::new() };
        let lines: Vec<AnyView> = all
            .into_iter()
            .map(|finding| {
                let class = if finding.severity == Severity::Error {
                    "govuk-error-message"
                } else {
                    "govuk-body-s"
                };
                let kind = if finding.severity == Severity::Error {
                    "Error: "
                } else {
                    "Warning: "
                };
                p().class(class)
                    .child((
                        span().class("govuk-visually-hidden").child(kind),
                        format!("{} {}", finding.message, finding.remedy),
                    ))
                    .into_any()
            })
            .collect();
        (!lines.is_empty()).then_some(lines)
    };
    let below = tr()
        .class("app-write__findings")
        .hidden(move || !(shows() && findings.with(|all| !all.is_empty())))
        .child(
            td().class("govuk-table__cell")
                .colspan(columns)
                .id(id)
                .child(words),
        );
    (fields, below).into_any()
}

fn number_field(
    line: Line,
    column: &'static str,
    label: String,
    value: RwSignal<String>,
    wrong: Signal<bool>,
    findings: String,
) -> AnyView {
    input()
        .r#type("text")
        .class("govuk-input app-write__number")
        .class(("govuk-input--error", move || wrong.get()))
        .id(line.field_id(column))
        .inputmode("numeric")
        .autocomplete("off")
        .aria_label(label)
        .aria_invalid(move || wrong.get().then_some("true"))
        .aria_describedby(move || wrong.get().then(|| findings.clone()))
        .prop("value", move || value.get())
        .on(ev::input, move |event| {
            value.set(event_target_value(&event));
        })
        .on(ev::change, move |_| line.touched.set(true))
        .into_any()
}

fn time_field(
    line: Line,
    column: &'static str,
    label: String,
    value: RwSignal<String>,
    wrong: Signal<bool>,
    findings: String,
) -> AnyView {
    input()
        .r#type("datetime-local")
        .class("govuk-input app-write__time")
        .class(("govuk-input--error", move || wrong.get()))
        .id(line.field_id(column))
        .aria_label(label)
        .aria_invalid(move || wrong.get().then_some("true"))
        .aria_describedby(move || wrong.get().then(|| findings.clone()))
        .prop("value", move || {
            crate::components::utc_to_field(&value.get())
        })
        .on(ev::change, move |event| {
            value.set(crate::components::utc_from_field(&event_target_value(
                &event,
            )));
            line.touched.set(true);
        })
        .into_any()
}

/// When the row starts: on acceptance, unless somebody wants a later start.
fn start_field(line: Line, label: String, wrong: Signal<bool>, findings: String) -> AnyView {
    let wanted = RwSignal::new(!line.from.get_untracked().is_empty());
    (move || {
        if wanted.get() {
            let field = time_field(
                line,
                "EffectiveFrom",
                label.clone(),
                line.from,
                wrong,
                findings.clone(),
            );
            let back = move |_| {
                line.from.set(String::new());
                wanted.set(false);
            };
            div()
                .child((
                    field,
                    crate::components::quiet_button("On acceptance", back),
                ))
                .into_any()
        } else {
            let words = (
                "On acceptance",
                span()
                    .class("govuk-visually-hidden")
                    .child(format!(": change the {}", label.to_lowercase())),
            );
            let id = line.field_id("EffectiveFrom");
            let change = move |_| {
                wanted.set(true);
                crate::browser::focus(id.clone());
            };
            crate::components::quiet_button(words, change)
        }
    })
    .into_any()
}

fn period_field(line: Line, label: String) -> AnyView {
    let options: Vec<AnyView> = Period::ALL
        .into_iter()
        .map(|period| {
            option()
                .value(period.as_str())
                .prop("selected", move || line.period.get() == period.as_str())
                .child(period.in_words())
                .into_any()
        })
        .collect();
    select()
        .class("govuk-select app-write__period")
        .id(line.field_id("Period"))
        .aria_label(label)
        .on(ev::change, move |event| {
            line.period.set(event_target_value(&event));
            line.touched.set(true);
        })
        .child(options)
        .into_any()
}

/// What counts now for the row's service and period.
fn in_force(editor: Editor, line: Line) -> AnyView {
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
fn change(editor: Editor, line: Line) -> AnyView {
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
                    ExceptionChange::Dropped => "Dropped",
                };
                Some(told(words, row.factor, row.big))
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
        Change::Dropped => "Dropped",
    };
    told(
        words,
        row.factor.filter(|_| row.change != Change::Same),
        row.big,
    )
}

fn told(words: &'static str, factor: Option<f64>, big: bool) -> AnyView {
    let times = factor
        .filter(|factor| (factor - 1.0).abs() > 0.049)
        .map(|factor| format!(", {factor:.1} times"))
        .unwrap_or_default();
    (
        big.then(|| tag("Big change", Colour::Yellow)),
        span()
            .class("app-write__change")
            .child(format!("{words}{times}")),
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
