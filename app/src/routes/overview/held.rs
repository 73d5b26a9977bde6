//! The open quarantine events, the most urgent first.

use crate::{
    address::PagePath,
    api::QuarantineEventView,
    components::{
        Cell, Column, Order, figure, identifier, moment, number_cell, table_below_heading,
        text_cell,
    },
    routes::quarantine::due_at,
    sent::{Sent, sent_for_event},
};
use leptos::{html::*, prelude::*};

pub(super) fn held_events(events: &[QuarantineEventView], sent: RwSignal<Vec<Sent>>) -> AnyView {
    let mut open: Vec<&QuarantineEventView> =
        events.iter().filter(|event| !event.is_closed()).collect();
    if open.is_empty() {
        return p()
            .class("govuk-body")
            .child("Nothing is held. When communications are held, their events are listed here.")
            .into_any();
    }
    Order::up("due").sort(&mut open, |event| event.due_at);
    let columns = [
        Column::Text("Event"),
        Column::Text("User ID"),
        Column::Text("Held since"),
        Column::Text("Decision due"),
        Column::Number("Held"),
    ];
    let rows = open
        .into_iter()
        .map(|event| event_row(event, sent))
        .collect();
    div()
        .child((
            table_below_heading("Open events, the most urgent first", &columns, rows),
            p().class("govuk-body").child(
                "A communication is kept held until you decide: nothing is released or deleted by the clock alone.",
            ),
        ))
        .into_any()
}

fn event_row(view: &QuarantineEventView, sent: RwSignal<Vec<Sent>>) -> Vec<Cell> {
    let reference = view.event.reference.to_string();
    vec![
        text_cell(
            a().class("govuk-link")
                .href(PagePath::QuarantineEvent(view.event.reference).href())
                .child(identifier(&reference)),
        ),
        text_cell(identifier(&view.event.user_id.to_string())),
        text_cell(moment(view.event.quarantined_at)),
        text_cell((due_at(view), sent_for_event(sent, view.event.reference))),
        number_cell(figure(view.event.counts.held)),
    ]
}
