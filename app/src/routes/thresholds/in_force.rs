//! What counts now, above what starts later and the exceptions.

use super::dated;
use crate::{
    address::{Address, Parameter, use_address},
    components::{
        Cell, Colour, Column, Order, Search, SortColumn, changing, csv_button, figure, in_words,
        list_filters, list_shown, number_cell, order_field, search_field, service, service_name,
        shown_words, sorted_table, tag, text_cell,
    },
};
use leptos::{html::*, prelude::*};
use sluice_shared::{api::UserThresholdsView, identifiers::SrvOrAll, thresholds::InForce};

pub(super) fn in_force_tables(view: &UserThresholdsView) -> AnyView {
    let (later, exceptions) = (dated::later(view), dated::exceptions(view));
    let more = [
        later.is_some().then_some(dated::STARTS_FIRST),
        exceptions.is_some().then_some(dated::ENDS_FIRST),
    ];
    let more = more.into_iter().flatten();
    div()
        .child((
            (!view.in_force.is_empty()).then(|| now(view.in_force.clone(), more)),
            later,
            exceptions,
        ))
        .into_any()
}

const COLUMNS: [SortColumn; 5] = [
    SortColumn::by("service", Column::Text("Service")),
    SortColumn::by("period", Column::Text("Period")),
    SortColumn::by("warning", Column::Number("Warning")),
    SortColumn::by("quarantine", Column::Number("Quarantine")),
    SortColumn::by("kind", Column::Text("Kind")),
];

const HEADINGS: [&str; 5] = [
    "Service",
    "Period",
    "Warning threshold",
    "Quarantine threshold",
    "Kind",
];

fn order(address: Address) -> Order {
    let names = COLUMNS.map(|column| column.name.unwrap_or_default());
    let text = address.parameter(Parameter::Sort);
    Order::parse(text.as_deref(), &names, Order::up("service"))
}

/// `7.2 Disable Supply`, for a file: a spreadsheet takes `7.10` alone for a number, and drops its zero.
fn service_text(row: &InForce) -> String {
    match row.key.srv {
        SrvOrAll::All => "All communications".to_owned(),
        SrvOrAll::One(srv) => format!("{srv} {}", service_name(row.key.srv)),
    }
}

fn found(rows: &[InForce], address: Address) -> Vec<InForce> {
    let search = Search::parse(address.parameter(Parameter::Search).as_deref());
    let fits = |row: &&InForce| search.finds(&[&service_text(row), row.key.period.in_words()]);
    let mut found: Vec<InForce> = rows.iter().filter(fits).cloned().collect();
    let order = order(address);
    match order.by {
        "period" => order.sort(&mut found, |row| row.key.period),
        "warning" => order.sort(&mut found, |row| row.limits.warning),
        "quarantine" => order.sort(&mut found, |row| row.limits.quarantine),
        "kind" => order.sort(&mut found, |row| row.exception_until),
        _ => order.sort(&mut found, |row| row.key),
    }
    found
}

fn in_file(row: &InForce) -> Vec<String> {
    vec![
        service_text(row),
        row.key.period.in_words().to_owned(),
        row.limits.warning.to_string(),
        row.limits.quarantine.to_string(),
        row.exception_until.map_or_else(
            || "Standing".to_owned(),
            |until| format!("Exception until {until}"),
        ),
    ]
}

/// `more`: in which orders the tables below can be.
fn now(rows: Vec<InForce>, more: impl Iterator<Item = (Order, &'static str)>) -> AnyView {
    let address = use_address();
    let of = rows.len();
    let rows = StoredValue::new(rows);
    let shown = move || rows.with_value(|rows| found(rows, address));
    let mut orders = vec![
        (Order::up("service"), "Service"),
        (
            Order::down("quarantine"),
            "Highest quarantine threshold first",
        ),
        (Order::up("quarantine"), "Lowest quarantine threshold first"),
    ];
    orders.extend(more);
    let fields = vec![
        search_field(address, "Find a service"),
        order_field(address, &orders),
    ];
    div()
        .child((
            h2().class("govuk-heading-m govuk-!-margin-top-6")
                .child("In force now"),
            list_filters(address, &[Parameter::Search], fields),
            div().class("app-list-line").child((
                list_shown(move || shown_words(shown().len(), of, "threshold", "thresholds")),
                csv_button("thresholds-in-force.csv", &HEADINGS, move || {
                    untrack(shown).iter().map(in_file).collect()
                }),
            )),
            changing(move || {
                let rows = shown().iter().map(now_row).collect();
                sorted_table(
                    address,
                    "Thresholds in force",
                    &COLUMNS,
                    order(address),
                    rows,
                )
            }),
        ))
        .into_any()
}

fn now_row(row: &InForce) -> Vec<Cell> {
    let why = row.exception_until.map_or_else(
        || "Standing".into_any(),
        |until| {
            (
                tag("Exception", Colour::Turquoise),
                format!(" until {}", in_words(until)),
            )
                .into_any()
        },
    );
    vec![
        text_cell(service(row.key.srv)),
        text_cell(row.key.period.in_words()),
        number_cell(figure(row.limits.warning)),
        number_cell(figure(row.limits.quarantine)),
        text_cell(why),
    ]
}
