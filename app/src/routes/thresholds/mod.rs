//! Thresholds: what is in force for each User ID, its exceptions and history, and writing new ones.

mod history;
mod in_force;
mod list;
mod user;
mod write;

use leptos::{html::*, prelude::*};
use sluice_shared::{identifiers::SrvOrAll, services::ServiceTable};

pub(super) use list::page as list_page;
pub(super) use user::page as user_page;
pub(super) use write::page as write_page;

/// `7.2 Disable Supply`, or "All communications".
fn service(srv: SrvOrAll) -> AnyView {
    match srv {
        SrvOrAll::All => "All communications".into_any(),
        SrvOrAll::One(srv) => (
            strong().class("app-srv").child(srv.to_string()),
            " ",
            service_name(srv_or_all(srv)),
        )
            .into_any(),
    }
}

const fn srv_or_all(srv: sluice_shared::identifiers::Srv) -> SrvOrAll {
    SrvOrAll::One(srv)
}

/// The name of a service in the catalogue, in words.
fn service_name(srv: SrvOrAll) -> String {
    match srv {
        SrvOrAll::All => "all communications".to_owned(),
        SrvOrAll::One(srv) => ServiceTable::standard()
            .get(&srv)
            .map(|service| service.name.clone())
            .unwrap_or_default(),
    }
}
