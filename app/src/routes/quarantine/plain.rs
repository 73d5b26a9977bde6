//! The same rows as plain pages of a plain table, for assistive technology and for whoever likes it better.

use super::{row, work::Work};
use crate::{
    address::Parameter,
    components::{
        Cell, Column, grouped_count, pagination, service, short_moment, table, text_cell,
    },
};
use leptos::{ev, html::*, prelude::*};
use sluice_shared::identifiers::SrvOrAll;

const ROWS: usize = 100;

pub(super) fn table_in_pages(work: Work, decidable: bool) -> AnyView {
    let address = work.address();
    let page = move || {
        address
            .parameter(Parameter::Page)
            .and_then(|page| page.parse::<usize>().ok())
            .unwrap_or(1)
            .max(1)
    };
    (move || {
        let shown = work.shown.get();
        let pages = shown.len().div_ceil(ROWS).max(1);
        let page = page().min(pages);
        let rows: Vec<usize> = shown
            .iter()
            .skip((page - 1) * ROWS)
            .take(ROWS)
            .map(|row| *row as usize)
            .collect();
        let go = move |to: usize| -> Box<dyn Fn() + Send> {
            Box::new(move || {
                address.set_parameter(Parameter::Page, Some(&to.to_string()));
                crate::browser::scroll_to("held-pages");
            })
        };
        let place = format!("Page {} of {}", grouped_count(page), grouped_count(pages));
        div()
            .id("held-pages")
            .tabindex("-1")
            .child((
                table(
                    format!(
                        "Held communications, page {} of {}",
                        grouped_count(page),
                        grouped_count(pages)
                    ),
                    columns(decidable),
                    cells(work, &rows, decidable),
                ),
                pagination(
                    "Pages of held communications",
                    place,
                    (page > 1).then(|| go(page - 1)),
                    (page < pages).then(|| go(page + 1)),
                ),
            ))
            .into_any()
    })
    .into_any()
}

const fn columns(decidable: bool) -> &'static [Column] {
    const ALL: &[Column] = &[
        Column::Text("Select"),
        Column::Text("Request ID"),
        Column::Text("Service"),
        Column::Text("Held since (UTC)"),
        Column::Text("State"),
    ];
    if decidable { ALL } else { ALL.split_at(1).1 }
}

fn cells(work: Work, rows: &[usize], decidable: bool) -> Vec<Vec<Cell>> {
    rows.iter()
        .map(|&row| {
            let held = work.table.with_value(|table| table.get(row));
            let device = held.request.target.to_string();
            let mut cells = Vec::with_capacity(6);
            if decidable {
                cells.push(text_cell(
                    work.is_open(row)
                        .then(|| tick(work, row, &device, held.request.counter)),
                ));
            }
            cells.extend([
                text_cell(
                    span()
                        .class("app-request")
                        .child(row::request(held.request)),
                ),
                text_cell(service(SrvOrAll::One(held.srv))),
                text_cell(short_moment(held.quarantined_at)),
                text_cell(row::state(work, row)),
            ]);
            cells
        })
        .collect()
}

fn tick(work: Work, row: usize, device: &str, counter: u64) -> AnyView {
    let id = format!("select-{row}");
    div()
        .class("govuk-checkboxes govuk-checkboxes--small")
        .child(
            div().class("govuk-checkboxes__item").child((
                input()
                    .r#type("checkbox")
                    .class("govuk-checkboxes__input")
                    .id(id.clone())
                    .prop("checked", move || {
                        work.selection.with(|selection| selection.contains(row))
                    })
                    .on(ev::change, move |_| {
                        work.selection.update(|selection| selection.toggle(row));
                    }),
                label()
                    .class("govuk-label govuk-checkboxes__label")
                    .r#for(id)
                    .child(
                        span()
                            .class("govuk-visually-hidden")
                            .child(format!("Select {device}, counter {counter}")),
                    ),
            )),
        )
        .into_any()
}
