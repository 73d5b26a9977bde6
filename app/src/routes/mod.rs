//! The pages, a file or folder each. To add one: its module here, its line in [`page`], its entry in `frame::navigation`.

mod help;
mod not_found;
mod quarantine;
mod signing_key;
mod stub;

use leptos::prelude::*;

/// The page at a path.
pub fn page(path: &str) -> AnyView {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [] => stub::page("Overview"),
        ["send"] => stub::page("Send a file"),
        ["submissions"] => stub::page("Submissions"),
        ["submissions", _id] => stub::page("Submission"),
        ["quarantine"] => quarantine::list_page(),
        ["quarantine", event] => quarantine::event_page(event),
        ["quarantine", event, "review"] => quarantine::review_page(event),
        ["thresholds"] => stub::page("Thresholds"),
        ["review"] => stub::page("Review"),
        ["review", _id] => stub::page("Review of a submission"),
        ["organisations"] => stub::page("Organisations"),
        ["activity"] => stub::page("Activity"),
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
