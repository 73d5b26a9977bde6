//! The quarantine events, the most urgent first.

use super::{listed, title};
use crate::{
    address::{PagePath, Parameter, use_address},
    api::{calls, use_api},
    components::{
        Cell, Colour, Column, Order, Remote, button, changing, counted, csv_button, day_field,
        fetch, figure, from_now, identifier, inset, list_filters, list_shown, moment, now,
        number_cell, order_field, plain_moment, remote, search_field, shown_words, sorted_table,
        table, tag, text_cell,
    },
    routes::submissions::organisation_field,
    sent::{Sent, sent_for_event, watch_sent},
    session::use_session,
};
use leptos::{html::*, prelude::*};
use sluice_shared::{
    api::{Page, QuarantineEventView},
    files::FileKind,
    quarantine::Deadline,
};

pub(crate) fn quarantine_page() -> AnyView {
    let api = use_api();
    let staff = use_session().me().is_some_and(|me| me.dcc);
    let events = fetch(async move { api.get(calls::quarantine_events(None)).await });
    let sent = watch_sent(api, FileKind::ExitQuarantine);
    div()
        .child((
            h1().class("govuk-heading-l").child("Quarantine"),
            remote(events, "Loading the quarantine events", move |page| {
                shown(events, sent, page.clone(), staff)
            }),
        ))
        .into_any()
}

fn shown(
    state: RwSignal<Remote<Page<QuarantineEventView>>>,
    sent: RwSignal<Vec<Sent>>,
    page: Page<QuarantineEventView>,
    staff: bool,
) -> AnyView {
    let (mut open, mut closed): (Vec<_>, Vec<_>) =
        page.items.into_iter().partition(|view| !view.is_closed());
    Order::up("due").sort(&mut open, |view| view.due_at);
    Order::down("held-since").sort(&mut closed, |view| view.event.quarantined_at);
    let more = page.next.map(|next| {
        let api = use_api();
        let loaded: Vec<_> = open.iter().chain(&closed).cloned().collect();
        button("Load more events", move |_| {
            let (next, mut loaded) = (next.clone(), loaded.clone());
            leptos::task::spawn_local(async move {
                let answer = api.get(calls::quarantine_events(Some(&next))).await;
                let answer = answer.map(|page| {
                    loaded.extend(page.items);
                    Page {
                        items: loaded,
                        next: page.next,
                    }
                });
                let _ = state.try_set(answer.map_or_else(Remote::Failed, Remote::Ready));
            });
        })
    });
    let held: u64 = open.iter().map(|view| view.event.counts.held).sum();
    let lead = if open.is_empty() {
        inset(
            "Nothing is held. When a User ID of yours goes over a quarantine threshold, the communications in excess are held \
             and listed here, for you to release or delete.",
        )
    } else {
        p().class("govuk-body-l")
            .child(format!(
                "{} held in {}.",
                counted(held, "communication is", "communications are"),
                counted(open.len() as u64, "event", "events")
            ))
            .into_any()
    };
    div()
        .child((lead, lists(open, closed, sent, staff), more))
        .into_any()
}

/// What is to be decided and what was, narrowed and sorted as the address says.
fn lists(
    open: Vec<QuarantineEventView>,
    closed: Vec<QuarantineEventView>,
    sent: RwSignal<Vec<Sent>>,
    staff: bool,
) -> AnyView {
    let address = use_address();
    let of = open.len() + closed.len();
    if of == 0 {
        return ().into_any();
    }
    let mut fields = vec![search_field(address, "Search")];
    if staff {
        fields.push(organisation_field(address));
    }
    fields.extend([
        day_field(address, Parameter::From, "Held from (UTC)"),
        day_field(address, Parameter::To, "Held until (UTC)"),
        order_field(address, &listed::ORDERS),
    ]);
    let (open, closed) = (StoredValue::new(open), StoredValue::new(closed));
    let of_list = move |list: StoredValue<Vec<QuarantineEventView>>| {
        list.with_value(|views| listed::found(views, address))
    };
    let all = move || [of_list(open), of_list(closed)].concat();
    div()
        .child((
            list_filters(address, &listed::FILTERS, fields),
            div().class("app-list-line").child((
                list_shown(move || shown_words(all().len(), of, "event", "events")),
                csv_button("quarantine-events.csv", &listed::HEADINGS, move || {
                    untrack(all).iter().map(listed::in_file).collect()
                }),
            )),
            changing(move || {
                let found = of_list(open);
                (!found.is_empty()).then(|| {
                    (
                        h2().class("govuk-heading-m").child("To be decided"),
                        sorted_table(
                            address,
                            "To be decided",
                            &listed::columns(staff),
                            listed::order(address),
                            rows(found, sent, staff),
                        ),
                    )
                })
            }),
            changing(move || {
                let found = of_list(closed);
                let columns: Vec<Column> = listed::columns(staff)
                    .into_iter()
                    .map(|column| column.column)
                    .collect();
                (!found.is_empty()).then(|| table("Decided", &columns, rows(found, sent, staff)))
            }),
        ))
        .into_any()
}

fn rows(
    events: Vec<QuarantineEventView>,
    sent: RwSignal<Vec<Sent>>,
    staff: bool,
) -> Vec<Vec<Cell>> {
    events
        .into_iter()
        .map(|view| {
            let event = &view.event;
            let link = a()
                .class("govuk-link app-identifier")
                .href(PagePath::QuarantineEvent(event.reference).href())
                .child(event.reference.to_string());
            let mut cells = vec![
                text_cell(link),
                text_cell(title::services(event)),
                text_cell(identifier(&event.user_id.to_string())),
            ];
            if staff {
                cells.push(text_cell(view.organisation_name.clone()));
            }
            cells.extend([
                text_cell(moment(event.quarantined_at)),
                text_cell((due_at(&view), sent_for_event(sent, event.reference))),
                number_cell(figure(event.counts.held)),
                number_cell(figure(event.counts.release)),
                number_cell(figure(event.counts.delete)),
            ]);
            cells
        })
        .collect()
}

/// When a decision is due: the time, and how urgent it is.
pub(in crate::routes) fn due_at(view: &QuarantineEventView) -> AnyView {
    div()
        .class("app-due")
        .child((plain_moment(view.due_at), " ", due(view)))
        .into_any()
}

/// How urgent a decision is, as a tag with words.
pub(super) fn due(view: &QuarantineEventView) -> AnyView {
    let far = from_now(view.due_at, now());
    let (words, colour) = match view.deadline {
        _ if view.is_closed() => ("Decided".to_owned(), Colour::Green),
        Deadline::InTime => (format!("Due {far}"), Colour::Blue),
        Deadline::Reminded => (format!("Due {far}"), Colour::Yellow),
        Deadline::Overdue => (format!("Was due {far}"), Colour::Red),
        Deadline::Listed => ("Listed for the DCC to delete".to_owned(), Colour::Red),
    };
    tag(words, colour)
}
