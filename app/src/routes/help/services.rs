//! The table of services.

use super::{say, section_heading};
use crate::components::{Column, counted, table, table_below_heading, text_cell};
use leptos::{html::div, prelude::*};
use sluice_shared::{
    identifiers::UserRole,
    services::{Service, ServiceTable},
};

pub(super) fn content() -> AnyView {
    let all: Vec<&Service> = ServiceTable::standard().iter().collect();
    let (critical, others): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|service| service.critical);
    let required = |role| ServiceTable::standard().required_for(&[role]).len();
    let rows = UserRole::ALL
        .into_iter()
        .map(|role| {
            vec![
                text_cell(role.to_string()),
                text_cell(role.name()),
                crate::components::number_cell(required(role).to_string()),
            ]
        })
        .collect();
    div()
        .child((
            say("A critical service can affect supply. Each User ID needs a standing threshold for every critical service that its role may send."),
            table(
                "Thresholds that a role needs",
                &[Column::Text("Role"), Column::Text("Name"), Column::Number("Critical services")],
                rows,
            ),
            section_heading("critical", "Critical services"),
            services(format!("{}, and the roles that may send them", counted(critical.len() as u64, "critical service", "critical services")), &critical),
            section_heading("others", "Other services"),
            crate::components::details("Services that are not critical", services(counted(others.len() as u64, "service", "services"), &others)),
        ))
        .into_any()
}

fn services(caption: String, services: &[&Service]) -> AnyView {
    let rows = services
        .iter()
        .map(|service| {
            let roles: Vec<String> = service.roles.iter().map(ToString::to_string).collect();
            let roles = if roles.is_empty() {
                "No User".to_owned()
            } else {
                roles.join(", ")
            };
            vec![
                text_cell(service.srv.to_string()),
                text_cell(service.name.clone()),
                text_cell(roles),
            ]
        })
        .collect();
    table_below_heading(
        caption,
        &[
            Column::Text("Service"),
            Column::Text("Name"),
            Column::Text("Roles"),
        ],
        rows,
    )
}
