//! The pages, a file or folder each. To add one: its module here, its line in [`page`], its entry in `frame::navigation`.

mod help;
mod not_found;
mod overview;
mod quarantine;
mod review;
mod signing_key;
pub mod submissions;
mod thresholds;

use crate::send;
use leptos::prelude::*;
pub use not_found::page as not_found_page;

/// The page at a path.
pub fn page(path: &str) -> AnyView {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [] => overview::page(),
        ["send"] => send::page(),
        ["send", reference] => send::outcome_page(reference),
        ["submissions"] => submissions::list_page(),
        ["submissions", reference] => submissions::detail_page(reference),
        ["quarantine"] => quarantine::list_page(),
        ["quarantine", event] => quarantine::event_page(event),
        ["quarantine", event, "review"] => quarantine::review_page(event),
        ["thresholds"] => thresholds::list_page(),
        ["thresholds", user_id] => thresholds::user_page(user_id),
        ["thresholds", user_id, "write"] => thresholds::write_page(user_id),
        ["review"] => review::queue_page(),
        ["review", reference] => review::evidence_page(reference),
        ["signing-key"] => signing_key::page(),
        ["help"] => help::page(None),
        ["help", topic] => help::page(Some(topic)),
        _ => not_found::page(),
    }
}

/// True for pages that people may read before they sign in.
pub fn is_open_to_all(path: &str) -> bool {
    path == "/help" || path.starts_with("/help/")
}
