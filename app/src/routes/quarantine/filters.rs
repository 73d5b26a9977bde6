//! The filters above the table. They live in the address, so a view can be shared and found again.

use super::{
    in_view::{self, FILTER_FIELDS},
    work::{self, Work},
};
use crate::{
    address::Parameter,
    components::{address_value, changing, field, quiet_button, utc_from_field, utc_to_field},
    decide::StateFilter,
};
use leptos::{ev, html::*, prelude::*};
use sluice_shared::services::ServiceTable;

const FILTERS: [Parameter; 5] = [
    Parameter::Srv,
    Parameter::Device,
    Parameter::From,
    Parameter::To,
    Parameter::State,
];

fn id_of(filter: Parameter) -> String {
    format!("filter-{}", filter.name())
}

pub(super) fn filter_fields(work: Work) -> AnyView {
    let address = work.address();
    let is_filtered = move || !work::filter(address).is_empty();
    fieldset()
        .class("govuk-fieldset app-filters")
        .id(FILTER_FIELDS)
        .child((
            legend().class("govuk-visually-hidden").child("Filter"),
            choice(work, Parameter::Srv, "Service", services(work)),
            device(work),
            time(work, Parameter::From, "Held from (UTC)"),
            time(work, Parameter::To, "Held before (UTC)"),
            choice(work, Parameter::State, "State", states()),
            changing(move || {
                is_filtered().then(|| {
                    quiet_button("Clear the filters", move |_| {
                        for parameter in FILTERS {
                            address.set_parameter(parameter, None);
                        }
                    })
                })
            }),
        ))
        .into_any()
}

fn services(work: Work) -> Vec<(String, String)> {
    let all = std::iter::once((String::new(), "All".to_owned()));
    let srvs = work.table.with_value(|table| table.srvs());
    all.chain(srvs.into_iter().map(|srv| {
        let name = ServiceTable::standard()
            .get(&srv)
            .map(|service| service.name.as_str())
            .unwrap_or_default();
        (srv.to_string(), format!("{srv} {name}"))
    }))
    .collect()
}

fn states() -> Vec<(String, String)> {
    StateFilter::ALL
        .into_iter()
        .map(|state| (state.as_str().to_owned(), state.in_words().to_owned()))
        .collect()
}

/// A value of the address. Where it changes, other rows are shown: keys act from the first, and they are in view.
fn value_of(work: Work, parameter: Parameter) -> RwSignal<String> {
    let value = address_value(work.address(), parameter);
    Effect::watch(
        move || value.get(),
        move |_, _, _| {
            work.cursor.set(0);
            in_view::make_room();
        },
        false,
    );
    value
}

fn choice(
    work: Work,
    parameter: Parameter,
    label: &'static str,
    options: Vec<(String, String)>,
) -> AnyView {
    field(id_of(parameter), label).select(options, value_of(work, parameter))
}

fn device(work: Work) -> AnyView {
    field(id_of(Parameter::Device), "Device contains")
        .class("govuk-input--width-20 app-identifier")
        .text(value_of(work, Parameter::Device))
}

/// A time in UTC by the browser's own field, which knows no zone: `Z` is added and taken off here.
fn time(work: Work, parameter: Parameter, words: &'static str) -> AnyView {
    let value = value_of(work, parameter);
    let id = id_of(parameter);
    div()
        .class("govuk-form-group")
        .child((
            label().class("govuk-label").r#for(id.clone()).child(words),
            input()
                .r#type("datetime-local")
                .class("govuk-input app-filters__time")
                .id(id)
                .prop("value", move || utc_to_field(&value.get()))
                .on(ev::change, move |event| {
                    value.set(utc_from_field(&event_target_value(&event)));
                }),
        ))
        .into_any()
}
