//! The people of an organisation: searched, sorted, to take away.

use super::{Keeping, opened::Opened};
use crate::{
    address::{Address, Parameter, use_address},
    api::{OrganisationPeople, PersonView},
    components::{
        Cell, Column, Order, Search, SortColumn, capital, changing, csv_button, identifier,
        list_filters, list_shown, order_field, plain_moment, quiet_button, search_field,
        shown_words, sorted_table, text_cell,
    },
};
use leptos::{html::*, prelude::*};
use sluice_shared::{
    instant::UtcTime,
    people_file::{self, roles_in_words},
};

const COLUMNS: [SortColumn; 6] = [
    SortColumn::by("name", Column::Text("Name")),
    SortColumn::by("sign-in", Column::Text("Sign-in")),
    SortColumn::by("roles", Column::Text("Roles")),
    SortColumn::by("since", Column::Text("Since")),
    SortColumn::by("changed", Column::Text("Last changed")),
    SortColumn::plain(Column::Text("Change")),
];

fn order(address: Address) -> Order {
    let names: Vec<_> = COLUMNS.iter().filter_map(|column| column.name).collect();
    let text = address.parameter(Parameter::Sort);
    Order::parse(text.as_deref(), &names, Order::up("name"))
}

fn found(people: &[PersonView], address: Address) -> Vec<PersonView> {
    let search = Search::parse(address.parameter(Parameter::Search).as_deref());
    let fits = |person: &&PersonView| {
        let cells = people_file::row_of(person);
        search.finds(&cells.iter().take(4).map(String::as_str).collect::<Vec<_>>())
    };
    let mut found: Vec<_> = people.iter().filter(fits).cloned().collect();
    let order = order(address);
    match order.by {
        "sign-in" => order.sort(&mut found, |person| person.person.id.to_string()),
        "roles" => order.sort(&mut found, |person| roles_in_words(&person.roles)),
        "since" => order.sort(&mut found, |person| person.since),
        "changed" => order.sort(&mut found, |person| person.changed_at),
        _ => order.sort(&mut found, |person| person.person.name.clone()),
    }
    found
}

pub(super) fn people_table(keeping: Keeping, people: StoredValue<OrganisationPeople>) -> AnyView {
    let address = use_address();
    let of = people.with_value(|people| people.people.len());
    if of == 0 {
        return p()
            .class("govuk-body")
            .child("Nobody is registered here yet. Invite the organisation's first administrator.")
            .into_any();
    }
    let orders = [
        (Order::up("name"), "Name"),
        (Order::up("roles"), "Roles"),
        (Order::down("changed"), "Changed last first"),
    ];
    let fields = vec![
        search_field(address, "Search"),
        order_field(address, &orders),
    ];
    let shown = move || people.with_value(|people| found(&people.people, address));
    div()
        .child((
            list_filters(address, &[Parameter::Search], fields),
            div().class("app-list-line").child((
                list_shown(move || shown_words(shown().len(), of, "person", "people")),
                csv_button("people.csv", &people_file::HEADINGS, move || {
                    untrack(shown).iter().map(people_file::row_of).collect()
                }),
            )),
            changing(move || {
                let rows = shown()
                    .into_iter()
                    .map(|person| row(keeping, people, person))
                    .collect();
                sorted_table(address, "People", &columns(keeping), order(address), rows)
            }),
        ))
        .into_any()
}

/// Whoever only looks changes nobody.
fn columns(keeping: Keeping) -> Vec<SortColumn> {
    let all = COLUMNS.into_iter();
    all.filter(|column| column.name.is_some() || keeping.asks())
        .collect()
}

fn row(keeping: Keeping, people: StoredValue<OrganisationPeople>, person: PersonView) -> Vec<Cell> {
    let time = |at: Option<UtcTime>| at.map_or_else(|| "Not known".into_any(), plain_moment);
    let subject = person.signer_subject.clone().map(|subject| {
        div()
            .class("govuk-hint govuk-!-margin-bottom-0 app-breakable")
            .child(subject)
    });
    let mut cells = vec![
        text_cell(person.person.name.clone()),
        text_cell(identifier(person.person.id.as_str())),
        text_cell((capital(&roles_in_words(&person.roles)), subject)),
        text_cell(time(person.since)),
        text_cell(time(person.changed_at)),
    ];
    if keeping.asks() {
        let words = (
            "Change",
            span()
                .class("govuk-visually-hidden")
                .child(format!(" {}", person.person.name)),
        );
        cells.push(text_cell(quiet_button(words, move |_| {
            keeping.open_form(Opened::Person(Box::new(person.clone()), people.get_value()));
        })));
    }
    cells
}
