//! The pages, a file or folder each. To add one: its module here, its line in [`page`] and in its part, its entry in
//! `frame::navigation`.

mod arriving;
mod help;
mod not_found;
mod overview;
mod quarantine;
mod review;
mod signing_key;
pub mod submissions;
mod thresholds;

use crate::{parts, send};
use arriving::arriving;
use leptos::prelude::*;
pub use not_found::page as not_found_page;

/// The page at a path.
pub fn page(path: &str) -> AnyView {
    match steps(path).first() {
        None => overview::page(),
        Some(&("send" | "submissions" | "quarantine" | "thresholds" | "signing-key")) => {
            arriving(parts::work, path)
        }
        Some(&"review") => arriving(parts::review, path),
        Some(&"help") => arriving(parts::help, path),
        Some(_) => not_found::page(),
    }
}

/// The pages of the part [`parts::work`].
pub(crate) fn work(path: &str) -> AnyView {
    match steps(path)[..] {
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
        ["signing-key"] => signing_key::page(),
        _ => not_found::page(),
    }
}

/// The pages of the part [`parts::review`].
pub(crate) fn reviews(path: &str) -> AnyView {
    match steps(path)[..] {
        ["review"] => review::queue_page(),
        ["review", reference] => review::evidence_page(reference),
        _ => not_found::page(),
    }
}

/// The pages of the part [`parts::help`].
pub(crate) fn guidance(path: &str) -> AnyView {
    match steps(path)[..] {
        ["help"] => help::page(None),
        ["help", topic] => help::page(Some(topic)),
        _ => not_found::page(),
    }
}

/// True for pages that people may read before they sign in.
pub fn is_open_to_all(path: &str) -> bool {
    path == "/help" || path.starts_with("/help/")
}

fn steps(path: &str) -> Vec<&str> {
    path.split('/').filter(|step| !step.is_empty()).collect()
}
