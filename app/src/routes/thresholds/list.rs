//! The User IDs with their thresholds.

use crate::{
    address::{HelpTopic, PagePath},
    api::{calls, use_api},
    components::{
        Cell, Column, fetch, figure, identifier, inset, number_cell, plain_moment, remote,
        table_below_heading, text_cell,
    },
    sent::{Sent, sent_for_user, watch_sent},
    session::use_session,
};
use leptos::{html::*, prelude::*};
use sluice_shared::{api::UserThresholdsView, files::FileKind};

pub(crate) fn thresholds_page() -> AnyView {
    let api = use_api();
    let staff = use_session().me().is_some_and(|me| me.dcc);
    let sent = watch_sent(api, FileKind::Adt);
    let users = fetch(async move { api.get(calls::thresholds()).await });
    div()
        .child((
            h1().class("govuk-heading-l").child("Thresholds"),
            p().class("govuk-body").child((
                "Over the warning threshold people are told; over the quarantine threshold the excess is held. ",
                a().class("govuk-link").href(PagePath::HelpTopic(HelpTopic::Thresholds).href()).child("Choosing thresholds"),
            )),
            remote(users, "Loading the thresholds", move |page| users_table(page.items, sent, staff)),
        ))
        .into_any()
}

fn users_table(users: Vec<UserThresholdsView>, sent: RwSignal<Vec<Sent>>, staff: bool) -> AnyView {
    if users.is_empty() {
        return inset(
            "Your organisation has no User ID yet. The DCC registers User IDs; each then appears here with its thresholds.",
        );
    }
    let mut columns = vec![Column::Text("User ID"), Column::Text("Roles")];
    if staff {
        columns.push(Column::Text("Organisation"));
    }
    columns.extend([
        Column::Number("In force"),
        Column::Number("Exceptions"),
        Column::Text("Last accepted"),
        Column::Text("By"),
    ]);
    let rows = users
        .into_iter()
        .map(|view| row(&view, sent, staff))
        .collect();
    table_below_heading("User IDs", &columns, rows)
}

fn row(view: &UserThresholdsView, sent: RwSignal<Vec<Sent>>, staff: bool) -> Vec<Cell> {
    let id = view.user_id.to_string();
    let link = a()
        .class("govuk-link")
        .href(PagePath::UserThresholds(view.user_id).href())
        .child(identifier(&id));
    let roles: Vec<String> = view
        .roles
        .iter()
        .map(|role| format!("{role} {}", role.name()))
        .collect();
    let mut cells = vec![text_cell(link), text_cell(roles.join(", "))];
    if staff {
        cells.push(text_cell(view.organisation_name.clone()));
    }
    let (exceptions, accepted, signer) =
        view.thresholds
            .as_ref()
            .map_or((0, "Never".into_any(), String::new()), |known| {
                let signer = view
                    .people
                    .iter()
                    .find(|person| person.id == known.origin.signer);
                (
                    known
                        .exceptions
                        .iter()
                        .filter(|row| row.to > view.at)
                        .count(),
                    plain_moment(known.origin.accepted_at),
                    signer.map(|person| person.name.clone()).unwrap_or_default(),
                )
            });
    cells.extend([
        number_cell(figure(view.in_force.len() as u64)),
        number_cell(figure(exceptions as u64)),
        text_cell((accepted, sent_for_user(sent, view.user_id))),
        text_cell(signer),
    ]);
    cells
}
