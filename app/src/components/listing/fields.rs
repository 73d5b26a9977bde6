//! The fields above a list. Each is a value of the address.

use crate::components::changing;
use crate::{
    address::{Address, Parameter},
    browser,
    components::{field, quiet_button},
};
use leptos::{ev, html::*, prelude::*};

fn id_of(filter: Parameter) -> String {
    format!("filter-{}", filter.name())
}

/// A value of the address as a signal that writes back. What is chosen anew begins at the first page of the list.
pub fn address_value(address: Address, parameter: Parameter) -> RwSignal<String> {
    let value = RwSignal::new(address.parameter(parameter).unwrap_or_default());
    Effect::new(move |_| {
        let now = address.parameter(parameter).unwrap_or_default();
        if value.get_untracked() != now {
            value.set(now);
        }
    });
    Effect::watch(
        move || value.get(),
        move |now, _, _| {
            if address.parameter(parameter).unwrap_or_default() != *now {
                address.set_parameter(parameter, Some(now));
                address.set_parameter(Parameter::Page, None);
            }
        },
        false,
    );
    value
}

/// The fields together, with *Clear the filters* as soon as one of `parameters` has a value.
pub fn list_filters(
    address: Address,
    parameters: &'static [Parameter],
    fields: Vec<AnyView>,
) -> AnyView {
    let is_filtered = move || {
        parameters
            .iter()
            .any(|parameter| address.parameter(*parameter).is_some())
    };
    let clear = move |_| {
        for parameter in parameters.iter().chain(&[Parameter::Page]) {
            address.set_parameter(*parameter, None);
        }
        // The button is gone, and the focus with it.
        browser::focus("list-filters");
    };
    fieldset()
        .class("govuk-fieldset app-filters")
        .id("list-filters")
        .tabindex("-1")
        .child((
            legend()
                .class("govuk-visually-hidden")
                .child("Narrow the list"),
            fields,
            changing(move || is_filtered().then(|| quiet_button("Clear the filters", clear))),
        ))
        .into_any()
}

/// What is looked for, as it is typed.
pub fn search_field(address: Address, label: &'static str) -> AnyView {
    field(id_of(Parameter::Search), label)
        .class("govuk-input--width-20")
        .text(address_value(address, Parameter::Search))
}

/// One of a few, `all` first, which is none of them.
pub fn choice_field(
    address: Address,
    parameter: Parameter,
    label: &'static str,
    all: &'static str,
    options: impl IntoIterator<Item = (String, String)>,
) -> AnyView {
    let all = std::iter::once((String::new(), all.to_owned()));
    let options = all.chain(options).collect();
    field(id_of(parameter), label).select(options, address_value(address, parameter))
}

/// A day, in UTC. Of the last one, whether it comes before the first.
pub fn day_field(address: Address, parameter: Parameter, label: &'static str) -> AnyView {
    let value = address_value(address, parameter);
    let id = id_of(parameter);
    let fault_id = format!("{id}-error");
    let is_before = Memo::new(move |_| {
        let first = address.parameter(Parameter::From);
        let last = value.get();
        // As texts: a year comes first in them, and a day last.
        parameter == Parameter::To && !last.is_empty() && first.is_some_and(|first| last < first)
    });
    let described_by = fault_id.clone();
    let fault = move || {
        is_before.get().then(|| {
            p().class("govuk-error-message")
                .id(fault_id.clone())
                .child("This day comes before the first, so that nothing is found")
        })
    };
    div()
        .class("govuk-form-group")
        .child((
            leptos::html::label()
                .class("govuk-label")
                .r#for(id.clone())
                .child(label),
            div().role("status").child(changing(fault)),
            input()
                .r#type("date")
                .class("govuk-input app-filters__day")
                .id(id)
                .attr("aria-describedby", move || {
                    is_before.get().then(|| described_by.clone())
                })
                .prop("value", move || value.get())
                .on(ev::change, move |event| {
                    value.set(event_target_value(&event));
                }),
        ))
        .into_any()
}
