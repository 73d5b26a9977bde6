//! Services by number and name: `7.2 Disable Supply`.

use leptos::{html::*, prelude::*};
use sluice_shared::{identifiers::SrvOrAll, services::ServiceTable};

/// `7.2 Disable Supply`, or "All communications".
pub fn service(srv: SrvOrAll) -> AnyView {
    match srv {
        SrvOrAll::All => "All communications".into_any(),
        SrvOrAll::One(one) => (
            strong().class("app-srv").child(one.to_string()),
            " ",
            service_name(srv),
        )
            .into_any(),
    }
}

/// `7.2 Disable Supply`, or "all communications", for names that are heard and searched.
pub fn service_in_words(srv: SrvOrAll) -> String {
    match srv {
        SrvOrAll::All => service_name(srv),
        SrvOrAll::One(one) => format!("{one} {}", service_name(srv)),
    }
}

/// The name of a service in the catalogue, in words.
pub fn service_name(srv: SrvOrAll) -> String {
    match srv {
        SrvOrAll::All => "all communications".to_owned(),
        SrvOrAll::One(srv) => ServiceTable::standard()
            .get(&srv)
            .map(|service| service.name.clone())
            .unwrap_or_default(),
    }
}
