//! Tables whose headings sort them.

use super::{Order, address_value};
use crate::{
    address::{Address, Parameter},
    browser,
    components::{Cell, Column, field, table::with_heads},
};
use leptos::{ev, html::*, prelude::*};

/// A column, and its name in the address where the table can be sorted by it.
#[derive(Clone, Copy, Debug)]
pub struct SortColumn {
    pub column: Column,
    pub name: Option<&'static str>,
}

impl SortColumn {
    /// A column that the table can be sorted by.
    pub const fn by(name: &'static str, column: Column) -> Self {
        Self {
            column,
            name: Some(name),
        }
    }

    /// A column that it cannot be sorted by.
    pub const fn plain(column: Column) -> Self {
        Self { column, name: None }
    }
}

/// A table right below what says what it holds, sorted as `order` says. Its rows are sorted already: who draws it knows how.
pub fn sorted_table(
    address: Address,
    caption: impl Into<String>,
    columns: &[SortColumn],
    order: Order,
    rows: Vec<Vec<Cell>>,
) -> AnyView {
    let heads = sorted_heads(address, columns, order);
    let columns: Vec<Column> = columns.iter().map(|column| column.column).collect();
    with_heads(
        "govuk-visually-hidden",
        caption.into(),
        &columns,
        heads,
        rows,
    )
}

/// The headings alone, for a table that draws its rows itself.
pub fn sorted_heads(address: Address, columns: &[SortColumn], order: Order) -> Vec<AnyView> {
    columns
        .iter()
        .map(|column| head(address, *column, order))
        .collect()
}

fn head(address: Address, SortColumn { column, name }: SortColumn, order: Order) -> AnyView {
    let Some(name) = name else {
        return column.head(column.words().into_any(), None);
    };
    let sorted = match order {
        Order {
            by,
            descending: true,
        } if by == name => "descending",
        Order { by, .. } if by == name => "ascending",
        _ => "none",
    };
    let id = format!("sort-{name}");
    let press = {
        let id = id.clone();
        move |_| {
            address.set_parameter(Parameter::Sort, Some(&order.pressed(name).text()));
            address.set_parameter(Parameter::Page, None);
            // The table is drawn anew.
            browser::focus(id.clone());
        }
    };
    let button = button()
        .r#type("button")
        .class("app-grid__sort")
        .id(id)
        .on(ev::click, press)
        .child(column.words());
    column.head(button.into_any(), Some(sorted))
}

/// The order as a field, for where the page is too narrow for headings. `options`: an order with its words, the usual one first.
pub fn order_field(address: Address, options: &[(Order, &'static str)]) -> AnyView {
    let options = options
        .iter()
        .enumerate()
        .map(|(place, (order, words))| {
            let value = if place == 0 {
                String::new()
            } else {
                order.text()
            };
            (value, (*words).to_owned())
        })
        .collect();
    div()
        .class("app-filters__order")
        .child(
            field("list-order", "Order").select(options, address_value(address, Parameter::Sort)),
        )
        .into_any()
}
