//! Quarantine events as they are looked for, sorted and taken away.

use super::title;
use crate::{
    address::{Address, Parameter},
    components::{Column, DayRange, Order, Search, SortColumn},
};
use sluice_shared::api::QuarantineEventView;

const COLUMNS: [SortColumn; 9] = [
    SortColumn::by("event", Column::Text("Event")),
    SortColumn::by("service", Column::Text("Service")),
    SortColumn::by("user", Column::Text("User ID")),
    SortColumn::by("organisation", Column::Text("Organisation")),
    SortColumn::by("held-since", Column::Text("Held since")),
    SortColumn::by("due", Column::Text("Decision due")),
    SortColumn::by("held", Column::Number("Held")),
    SortColumn::by("released", Column::Number("Released")),
    SortColumn::by("deleted", Column::Number("Deleted")),
];

/// What narrows the list.
pub(super) const FILTERS: [Parameter; 4] = [
    Parameter::Search,
    Parameter::Organisation,
    Parameter::From,
    Parameter::To,
];

/// The orders to choose from where there is no room for headings, the usual one first.
pub(super) const ORDERS: [(Order, &str); 4] = [
    (Order::up("due"), "Most urgent first"),
    (Order::down("held-since"), "Held last first"),
    (Order::down("held"), "Most held first"),
    (Order::up("event"), "Event"),
];

/// The columns of the file.
pub(super) const HEADINGS: [&str; 9] = [
    "Event",
    "Service",
    "User ID",
    "Organisation",
    "Held since (UTC)",
    "Decision due (UTC)",
    "Held",
    "Released",
    "Deleted",
];

/// The columns of the table: who sees one organisation alone needs no name of it.
pub(super) fn columns(staff: bool) -> Vec<SortColumn> {
    COLUMNS
        .into_iter()
        .filter(|column| staff || column.name != Some("organisation"))
        .collect()
}

/// The order in the address; the most urgent first where it names none.
pub(super) fn order(address: Address) -> Order {
    let names = COLUMNS.map(|column| column.name.unwrap_or_default());
    let text = address.parameter(Parameter::Sort);
    Order::parse(text.as_deref(), &names, Order::up("due"))
}

/// Those that are looked for, in order.
pub(super) fn found(views: &[QuarantineEventView], address: Address) -> Vec<QuarantineEventView> {
    let search = Search::parse(address.parameter(Parameter::Search).as_deref());
    let organisation = address.parameter(Parameter::Organisation);
    let days = DayRange::parse(
        address.parameter(Parameter::From).as_deref(),
        address.parameter(Parameter::To).as_deref(),
    );
    let fits = |view: &&QuarantineEventView| {
        let event = &view.event;
        days.has(event.quarantined_at)
            && organisation
                .as_deref()
                .is_none_or(|only| only == event.organisation.as_str())
            && search.finds(&[
                &event.reference.to_string(),
                &title::services(event),
                &event.user_id.to_string(),
                &view.organisation_name,
            ])
    };
    let mut found: Vec<QuarantineEventView> = views.iter().filter(fits).cloned().collect();
    let order = order(address);
    match order.by {
        // A reference is text, longer than any number: the shorter one is the smaller.
        "event" => order.sort(&mut found, |view| {
            let text = view.event.reference.to_string();
            (text.len(), text)
        }),
        "service" => order.sort(&mut found, |view| {
            let most = view.event.by_srv.iter();
            most.max_by_key(|row| row.counts.total()).map(|row| row.srv)
        }),
        "user" => order.sort(&mut found, |view| view.event.user_id),
        "organisation" => order.sort(&mut found, |view| view.organisation_name.clone()),
        "held-since" => order.sort(&mut found, |view| view.event.quarantined_at),
        "held" => order.sort(&mut found, |view| view.event.counts.held),
        "released" => order.sort(&mut found, |view| view.event.counts.release),
        "deleted" => order.sort(&mut found, |view| view.event.counts.delete),
        _ => order.sort(&mut found, |view| view.due_at),
    }
    found
}

/// A row of the file. A spreadsheet would take a long reference for a number, and round it: the word before it keeps it text.
pub(super) fn in_file(view: &QuarantineEventView) -> Vec<String> {
    let event = &view.event;
    vec![
        format!("Event {}", event.reference),
        title::services(event),
        event.user_id.to_string(),
        view.organisation_name.clone(),
        event.quarantined_at.to_string(),
        view.due_at.to_string(),
        event.counts.held.to_string(),
        event.counts.release.to_string(),
        event.counts.delete.to_string(),
    ]
}
