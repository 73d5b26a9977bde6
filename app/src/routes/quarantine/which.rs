//! Which communications are released and which deleted, to be looked at before they are sent: by service, each with its Request ID.

use super::{row, work::Work};
use crate::{
    browser,
    components::{
        Cell, Column, changing, counted, grouped_count, number_cell, pagination, service_name,
        short_moment, table, text_cell,
    },
    decide::Choice,
};
use leptos::{ev, html::*, prelude::*};
use sluice_shared::identifiers::{Eui64, Srv, SrvOrAll};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use wasm_bindgen::JsCast;

/// Rows of a page.
const ROWS: usize = 50;
/// Lists up to this long stand open.
const SHORT: usize = 20;
/// Rows that are printed of a service.
const MOST_PRINTED: usize = 5_000;

/// Both lists, as far as there is something in them.
pub(super) fn which(work: Work) -> AnyView {
    [(Choice::Release, "Release"), (Choice::Delete, "Delete")]
        .map(|(choice, verb)| of_choice(work, choice, verb))
        .into_any()
}

fn of_choice(work: Work, choice: Choice, verb: &'static str) -> Option<AnyView> {
    let table = work.table.get_value();
    let mut by_srv: BTreeMap<Srv, Vec<u32>> = BTreeMap::new();
    work.choices.with_untracked(|choices| {
        for row in (0..table.len()).filter(|row| choices.get(*row) == choice && work.is_open(*row))
        {
            let place = u32::try_from(row).unwrap_or(u32::MAX);
            by_srv.entry(table.get(row).srv).or_default().push(place);
        }
    });
    if by_srv.is_empty() {
        return None;
    }
    let all: Vec<u32> = by_srv.values().flatten().copied().collect();
    let heading = format!("{verb} {}", numbers(work, &all));
    let lists: Vec<AnyView> = by_srv
        .into_iter()
        .map(|(srv, rows)| list(work, verb, srv, rows, all.len() <= SHORT))
        .collect();
    Some(
        section()
            .class("app-which")
            .child((h2().class("govuk-heading-m").child(heading), lists))
            .into_any(),
    )
}

/// `8 communications for 7 devices`.
fn numbers(work: Work, rows: &[u32]) -> String {
    let devices: BTreeSet<Eui64> = work.table.with_value(|table| {
        let device = |row: &u32| table.get(*row as usize).request.target;
        rows.iter().map(device).collect()
    });
    format!(
        "{} for {}",
        counted(rows.len() as u64, "communication", "communications"),
        counted(devices.len() as u64, "device", "devices")
    )
}

/// One service, folded where it is long: nobody waits for 100,000 rows that are not looked at.
fn list(work: Work, verb: &'static str, srv: Srv, rows: Vec<u32>, open: bool) -> AnyView {
    let name = format!("{srv} {}", service_name(SrvOrAll::One(srv)));
    let words = format!("{name}: {}", numbers(work, &rows));
    let caption = format!("{verb}: {name}");
    let rows = Arc::new(rows);
    let is_open = RwSignal::new(open);
    let printing = RwSignal::new(false);
    browser::listen(ev::beforeprint, move |_| printing.set(true));
    browser::listen(ev::afterprint, move |_| printing.set(false));
    let turned = move |event: ev::Event| {
        let details = event.current_target();
        let details = details.and_then(|all| all.dyn_into::<web_sys::Element>().ok());
        is_open.set(details.is_some_and(|details| details.has_attribute("open")));
    };
    details()
        .class("govuk-details")
        .attr("open", open.then_some(""))
        .on(ev::toggle, turned)
        .child((
            summary()
                .class("govuk-details__summary")
                .child(span().class("govuk-details__summary-text").child(words)),
            div().class("govuk-details__text").child(changing(move || {
                (is_open.get() || printing.get())
                    .then(|| in_pages(work, caption.clone(), Arc::clone(&rows), printing))
            })),
        ))
        .into_any()
}

fn in_pages(work: Work, caption: String, rows: Arc<Vec<u32>>, printing: RwSignal<bool>) -> AnyView {
    let page = RwSignal::new(0_usize);
    (move || {
        let (from, most) = if printing.get() {
            (0, MOST_PRINTED)
        } else {
            (page.get() * ROWS, ROWS)
        };
        let to = (from + most).min(rows.len());
        let place = format!(
            "{} to {} of {}",
            grouped_count(from + 1),
            grouped_count(to),
            grouped_count(rows.len())
        );
        let step = |to: usize| -> Box<dyn Fn() + Send> { Box::new(move || page.set(to)) };
        let now = page.get_untracked();
        let whole = rows.len() <= ROWS;
        let caption = if whole {
            caption.clone()
        } else {
            format!("{caption}, {place}")
        };
        (
            table(caption, &COLUMNS, cells(work, &rows[from..to], from)),
            (!whole).then(|| {
                let previous = (now > 0).then(|| step(now.saturating_sub(1)));
                let next = (to < rows.len()).then(|| step(now + 1));
                pagination("Pages of communications", place, previous, next)
            }),
        )
            .into_any()
    })
    .into_any()
}

const COLUMNS: [Column; 3] = [
    Column::Number("No."),
    Column::Text("Request ID"),
    Column::Text("Held since (UTC)"),
];

fn cells(work: Work, rows: &[u32], before: usize) -> Vec<Vec<Cell>> {
    let row = |(place, row): (usize, &u32)| {
        let held = work.table.with_value(|table| table.get(*row as usize));
        vec![
            number_cell(grouped_count(before + place + 1)),
            text_cell(
                span()
                    .class("app-request")
                    .child(row::request(held.request)),
            ),
            text_cell(short_moment(held.quarantined_at)),
        ]
    };
    rows.iter().enumerate().map(row).collect()
}
