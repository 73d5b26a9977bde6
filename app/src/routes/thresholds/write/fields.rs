//! The fields of a row.

use super::line::Line;
use leptos::{ev, html::*, prelude::*};
use sluice_shared::{files::AdtColumn, thresholds::Period};

pub(super) fn number_field(
    line: Line,
    column: AdtColumn,
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

/// A time in UTC, by the browser's own field.
pub(super) fn time_field(
    line: Line,
    column: AdtColumn,
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
pub(super) fn start_field(
    line: Line,
    label: String,
    wrong: Signal<bool>,
    findings: String,
) -> AnyView {
    let wanted = RwSignal::new(!line.from.get_untracked().is_empty());
    (move || {
        if wanted.get() {
            let field = time_field(
                line,
                AdtColumn::From,
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
                    .child(format!(": change the {}", without_capital(&label))),
            );
            let id = line.field_id(AdtColumn::From);
            let change = move |_| {
                wanted.set(true);
                crate::browser::focus(id.clone());
            };
            crate::components::quiet_button(words, change)
        }
    })
    .into_any()
}

/// A label within a sentence: what it names keeps its capitals.
fn without_capital(label: &str) -> String {
    let mut letters = label.chars();
    let first = letters.next().map(char::to_lowercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// The window that is counted in.
pub(super) fn period_field(line: Line, label: String) -> AnyView {
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
        .id(line.field_id(AdtColumn::Period))
        .aria_label(label)
        .on(ev::change, move |event| {
            line.period.set(event_target_value(&event));
            line.touched.set(true);
        })
        .child(options)
        .into_any()
}
