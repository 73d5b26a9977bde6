//! The pages, a file or folder each. To add one: its path in [`PagePath`], its module here, its line in [`draw_page`] and in its part, its
//! entry in `frame::navigation`.

mod arriving;
mod help;
mod not_found;
mod overview;
mod quarantine;
mod review;
mod signing_key;
pub mod submissions;
mod thresholds;

use crate::{
    address::{NoPage, PagePath, Section},
    parts, send,
};
use arriving::arriving;
use leptos::prelude::*;

/// Draws the page at a path, or says that there is none.
pub fn draw_page(path: &str) -> AnyView {
    use Section as S;
    match Section::of_path(path) {
        Some(S::Overview) => overview::overview_page(),
        Some(S::Send | S::Submissions | S::Quarantine | S::Thresholds | S::SigningKey) => {
            arriving(parts::work, path)
        }
        Some(S::Review) => arriving(parts::review, path),
        Some(S::Help) => arriving(parts::help, path),
        Some(S::SignedIn) | None => not_found::not_found_page(),
    }
}

/// The pages of the part [`parts::work`].
pub(crate) fn work(path: &str) -> AnyView {
    use PagePath as P;
    match PagePath::parse(path) {
        Ok(P::Send) => send::send_page(),
        Ok(P::Outcome(reference)) => send::outcome_page(reference),
        Ok(P::Submissions) => submissions::submissions_page(),
        Ok(P::Submission(reference)) => submissions::submission_page(reference),
        Ok(P::Quarantine) => quarantine::quarantine_page(),
        Ok(P::QuarantineEvent(event)) => quarantine::event_page(event),
        Ok(P::QuarantineDecisions(event)) => quarantine::decisions_page(event),
        Err(NoPage::NotAnEvent) => quarantine::no_such_event_page(),
        Ok(P::Thresholds) => thresholds::thresholds_page(),
        Ok(P::UserThresholds(id)) => thresholds::user_thresholds_page(id),
        Ok(P::WriteThresholds(id)) => thresholds::write_thresholds_page(id),
        Ok(P::SigningKey) => signing_key::signing_key_page(),
        _ => not_found::not_found_page(),
    }
}

/// The pages of the part [`parts::review`].
pub(crate) fn reviews(path: &str) -> AnyView {
    match PagePath::parse(path) {
        Ok(PagePath::ReviewQueue) => review::review_queue_page(),
        Ok(PagePath::Review(reference)) => review::evidence_page(reference),
        _ => not_found::not_found_page(),
    }
}

/// The pages of the part [`parts::help`].
pub(crate) fn guidance(path: &str) -> AnyView {
    match PagePath::parse(path) {
        Ok(PagePath::Help) => help::help_page(),
        Ok(PagePath::HelpTopic(topic)) => help::topic_page(topic),
        _ => not_found::not_found_page(),
    }
}

/// True for pages that people may read before they sign in.
pub fn is_open_to_all(path: &str) -> bool {
    Section::of_path(path) == Some(Section::Help)
}
