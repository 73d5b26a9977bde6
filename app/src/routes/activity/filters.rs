//! What narrows the list.

use super::Asked;
use crate::{
    address::{Address, Parameter},
    api::Me,
    components::{choice_field, day_field, list_filters},
};
use leptos::{ev, html::*, prelude::*};
use sluice_shared::activity::{Act, OutcomeName};

pub(super) const FILTERS: &[Parameter] = &[
    Parameter::Organisation,
    Parameter::Person,
    Parameter::Act,
    Parameter::Outcome,
    Parameter::From,
    Parameter::To,
];

const PERSON: &str = "filter-person";

/// The values of the address, each by the name that the service has for it.
pub(super) fn asked_of(address: Address) -> Asked {
    FILTERS
        .iter()
        .map(|filter| (filter.name(), address.parameter(*filter)))
        .collect()
}

pub(super) fn filters(address: Address, me: &Me) -> AnyView {
    let acts = Act::ALL
        .iter()
        .map(|act| (act.as_str().to_owned(), act.in_words().to_owned()));
    let outcomes = OutcomeName::ALL.map(|name| (name.as_str().into(), name.in_words().into()));
    let mut fields = Vec::new();
    if me.dcc {
        fields.push(organisation_field(address, me));
    }
    fields.extend([
        person_field(address),
        choice_field(address, Parameter::Act, "What", "All", acts),
        choice_field(address, Parameter::Outcome, "Outcome", "All", outcomes),
        day_field(address, Parameter::From, "From (UTC)"),
        day_field(address, Parameter::To, "Until (UTC)"),
    ]);
    list_filters(address, FILTERS, fields)
}

/// Whose record: the DCC's own, or that of an organisation.
fn organisation_field(address: Address, me: &Me) -> AnyView {
    let others = me.organisations.iter();
    let others = others.filter(|organisation| organisation.id != me.organisation.id);
    let options: Vec<_> = others
        .map(|organisation| (organisation.id.to_string(), organisation.name.clone()))
        .collect();
    choice_field(
        address,
        Parameter::Organisation,
        "Record of",
        "DCC staff",
        options,
    )
}

/// A sign-in, which is asked for once it is typed: each letter would be a question to the service.
fn person_field(address: Address) -> AnyView {
    div()
        .class("govuk-form-group")
        .child((
            label()
                .class("govuk-label")
                .r#for(PERSON)
                .child("Person's sign-in"),
            input()
                .r#type("text")
                .class("govuk-input govuk-input--width-20")
                .id(PERSON)
                .attr("autocomplete", "off")
                .attr("spellcheck", "false")
                .prop("value", move || {
                    address.parameter(Parameter::Person).unwrap_or_default()
                })
                .on(ev::change, move |event| {
                    let typed = event_target_value(&event);
                    address.set_parameter(Parameter::Person, Some(typed.trim()));
                }),
        ))
        .into_any()
}
