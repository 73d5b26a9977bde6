//! The organisations of the directory, and what is known of one.

use super::{Keeping, opened::Opened, waiting};
use crate::{
    address::{PagePath, Parameter},
    api::{OrganisationPeople, OrganisationView, calls},
    components::{
        Column, certificate_reminder, changing, fetch, figure, identifier, number_cell, remote,
        row, secondary_button, summary_list, table_below_heading, text_cell,
    },
};
use leptos::{html::*, prelude::*};
use sluice_shared::directory::Permission;

const COLUMNS: [Column; 3] = [
    Column::Text("Organisation"),
    Column::Text("Short name"),
    Column::Number("User IDs"),
];

pub(super) fn all(keeping: Keeping) -> AnyView {
    keeping.open_form_not_sent(None);
    let keeps = keeping.may(Permission::KeepDirectory);
    let approvals = keeps.then(|| {
        (
            h2().class("govuk-heading-m")
                .child("Waiting for a second DCC administrator"),
            waiting::of_all(keeping),
        )
    });
    let register = keeps.then(|| {
        secondary_button("Register an organisation", move |_| {
            keeping.open_form(Opened::Registration);
        })
    });
    div()
        .child((
            h1().class("govuk-heading-l").child("Directory"),
            keeping.me.with_value(certificate_reminder),
            approvals,
            h2().class("govuk-heading-m").child("Organisations"),
            changing(move || {
                // Asked for anew: one may have been registered since the sign-in.
                let _ = keeping.again.get();
                let me = fetch(async move { keeping.api.get(calls::me()).await });
                remote(me, "Loading the organisations", |me| {
                    list(&me.organisations)
                })
            }),
            register,
            keeping.open_form_shown(),
        ))
        .into_any()
}

fn list(organisations: &[OrganisationView]) -> AnyView {
    let rows = organisations.iter().map(|organisation| {
        let id = organisation.id.to_string();
        let link = PagePath::Directory.with(Parameter::Organisation, id);
        let name = a()
            .class("govuk-link")
            .href(link.href())
            .child(organisation.name.clone());
        vec![
            text_cell(name),
            text_cell(identifier(organisation.id.as_str())),
            number_cell(figure(organisation.user_ids.len() as u64)),
        ]
    });
    table_below_heading("Organisations", &COLUMNS, rows.collect())
}

/// What is known of an organisation beside its people.
pub(super) fn facts(people: &OrganisationPeople) -> AnyView {
    let user_ids: Vec<AnyView> = people
        .organisation
        .user_ids
        .iter()
        .map(|user_id| {
            let roles: Vec<_> = user_id.roles.iter().map(ToString::to_string).collect();
            li().child((
                identifier(&user_id.id.to_string()),
                format!(" {}", roles.join(", ")),
            ))
            .into_any()
        })
        .collect();
    let details = &people.details;
    let mut rows = vec![row(
        "Short name",
        identifier(people.organisation.id.as_str()),
    )];
    if !user_ids.is_empty() {
        rows.push(row(
            "User IDs",
            ul().class("govuk-list govuk-!-margin-bottom-0")
                .child(user_ids),
        ));
    }
    if let Some(category) = details.category {
        rows.push(row("Party Category", category.in_words()));
    }
    if let Some(range) = details.allocated {
        rows.push(row("Allocated EUI-64s", identifier(&range.to_string())));
    }
    if let Some(contact) = &details.contact {
        rows.push(row("Contact", contact.to_string()));
    }
    summary_list(rows)
}
