//! What tells one event from another beside its number.

use crate::components::{day_in_words, service_name};
use leptos::{html::*, prelude::*};
use sluice_shared::{identifiers::SrvOrAll, quarantine::QuarantineEvent};

/// `7.2 Disable Supply`, or `7.1 Enable Supply and 2 other services`: that of which most is in it comes first.
pub(in crate::routes) fn services(event: &QuarantineEvent) -> String {
    let Some(most) = event.by_srv.iter().max_by_key(|row| row.counts.total()) else {
        return String::new();
    };
    let name = format!("{} {}", most.srv, service_name(SrvOrAll::One(most.srv)));
    match event.by_srv.len() - 1 {
        0 => name,
        1 => format!("{name} and 1 other service"),
        others => format!("{name} and {others} other services"),
    }
}

/// The heading of a page about an event: its number, and what tells it apart.
pub(super) fn heading(words: &'static str, event: &QuarantineEvent) -> AnyView {
    h1().class("govuk-heading-l")
        .child((
            words,
            span()
                .class("app-identifier")
                .child(event.reference.to_string()),
            span().class("govuk-visually-hidden").child(": "),
            span().class("app-heading-more").child(format!(
                "{}, User ID {}, held since {}",
                services(event),
                event.user_id,
                day_in_words(event.quarantined_at)
            )),
        ))
        .into_any()
}
