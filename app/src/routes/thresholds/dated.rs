//! Thresholds with times of their own: what starts later, and the exceptions.

use crate::{
    address::{Address, Parameter, use_address},
    components::{
        Cell, Colour, Column, Order, SortColumn, figure, number_cell, plain_moment, service,
        sorted_table, tag, text_cell,
    },
};
use leptos::{html::*, prelude::*};
use sluice_shared::{
    api::UserThresholdsView,
    instant::UtcTime,
    thresholds::{Limits, ThresholdKey},
};

/// A row of either table.
#[derive(Clone, Copy)]
struct Row {
    key: ThresholdKey,
    limits: Limits,
    from: UtcTime,
    /// Until when it counts, of an exception.
    until: Option<UtcTime>,
    counts_now: bool,
}

/// One table. The columns of the page have different names in the address, since one of them sorts at a time.
#[derive(Clone, Copy)]
struct Table {
    heading: &'static str,
    columns: &'static [SortColumn],
}

const LATER: Table = Table {
    heading: "Starting later",
    columns: &[
        SortColumn::by("later-service", Column::Text("Service")),
        SortColumn::by("later-period", Column::Text("Period")),
        SortColumn::by("later-warning", Column::Number("Warning")),
        SortColumn::by("later-quarantine", Column::Number("Quarantine")),
        SortColumn::by("later-from", Column::Text("Starts")),
    ],
};

const EXCEPTIONS: Table = Table {
    heading: "Exceptions",
    columns: &[
        SortColumn::by("exception-service", Column::Text("Service")),
        SortColumn::by("exception-period", Column::Text("Period")),
        SortColumn::by("exception-warning", Column::Number("Warning")),
        SortColumn::by("exception-quarantine", Column::Number("Quarantine")),
        SortColumn::by("exception-from", Column::Text("From")),
        SortColumn::by("exception-until", Column::Text("Until")),
        SortColumn::by("exception-state", Column::Text("State")),
    ],
};

/// The orders that are offered where the page is too narrow for headings.
pub(super) const STARTS_FIRST: (Order, &str) =
    (Order::up("later-from"), "Starting later: first to start");
pub(super) const ENDS_FIRST: (Order, &str) =
    (Order::up("exception-until"), "Exceptions: first to end");

/// What starts later; nothing where all counts already.
pub(super) fn later(view: &UserThresholdsView) -> Option<AnyView> {
    let known = view.thresholds.as_ref()?;
    let later = known.standing.iter().filter(|row| row.from > view.at);
    let rows = later.map(|row| Row {
        key: row.key,
        limits: row.limits,
        from: row.from,
        until: None,
        counts_now: false,
    });
    LATER.draw(rows.collect())
}

/// The exceptions that count, or will.
pub(super) fn exceptions(view: &UserThresholdsView) -> Option<AnyView> {
    let known = view.thresholds.as_ref()?;
    let open = known.exceptions.iter().filter(|row| row.to > view.at);
    let rows = open.map(|row| Row {
        key: row.key,
        limits: row.limits,
        from: row.from,
        until: Some(row.to),
        counts_now: row.from <= view.at,
    });
    EXCEPTIONS.draw(rows.collect())
}

impl Table {
    fn draw(self, rows: Vec<Row>) -> Option<AnyView> {
        if rows.is_empty() {
            return None;
        }
        let address = use_address();
        let table = move || {
            let (order, mut rows) = (self.order(address), rows.clone());
            sort(order, &mut rows);
            let cells = rows.iter().map(cells).collect();
            sorted_table(address, self.heading, self.columns, order, cells)
        };
        let heading = h2()
            .class("govuk-heading-m govuk-!-margin-top-6")
            .child(self.heading);
        Some(div().child((heading, table)).into_any())
    }

    /// By service, unless the address names a column of this table.
    fn order(self, address: Address) -> Order {
        let names: Vec<_> = self
            .columns
            .iter()
            .filter_map(|column| column.name)
            .collect();
        let usual = Order::up(names.first().copied().unwrap_or_default());
        Order::parse(address.parameter(Parameter::Sort).as_deref(), &names, usual)
    }
}

fn sort(order: Order, rows: &mut [Row]) {
    match order.by.rsplit('-').next() {
        Some("period") => order.sort(rows, |row| row.key.period),
        Some("warning") => order.sort(rows, |row| row.limits.warning),
        Some("quarantine") => order.sort(rows, |row| row.limits.quarantine),
        Some("from") => order.sort(rows, |row| row.from),
        Some("until") => order.sort(rows, |row| row.until),
        Some("state") => order.sort(rows, |row| !row.counts_now),
        _ => order.sort(rows, |row| (row.key, row.from)),
    }
}

fn cells(row: &Row) -> Vec<Cell> {
    let mut cells = vec![
        text_cell(service(row.key.srv)),
        text_cell(row.key.period.in_words()),
        number_cell(figure(row.limits.warning)),
        number_cell(figure(row.limits.quarantine)),
        text_cell(plain_moment(row.from)),
    ];
    if let Some(until) = row.until {
        let state = if row.counts_now {
            tag("In force", Colour::Green)
        } else {
            tag("Later", Colour::Blue)
        };
        cells.extend([text_cell(plain_moment(until)), text_cell(state)]);
    }
    cells
}
