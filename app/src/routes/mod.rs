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
    address::{NoPage, PagePath},
    parts, send,
};
use arriving::arriving;
use leptos::prelude::*;

/// Draws the page at a path, or says that there is none.
pub fn draw_page(page: Result<PagePath, NoPage>) -> AnyView {
    use PagePath as P;
    match page {
        Ok(P::Overview) => overview::overview_page(),
        Ok(
            P::Send
            | P::Outcome(_)
            | P::Submissions
            | P::Submission(_)
            | P::Quarantine
            | P::QuarantineEvent(_)
            | P::QuarantineDecisions(_)
            | P::Thresholds
            | P::UserThresholds(_)
            | P::WriteThresholds(_)
            | P::SigningKey,
        )
        | Err(NoPage::NotAnEvent) => arriving(parts::work, page),
        Ok(P::ReviewQueue | P::Review(_)) => arriving(parts::review, page),
        Ok(P::Help | P::HelpTopic(_)) => arriving(parts::help, page),
        Ok(P::SignedIn) | Err(NoPage::Unknown | NoPage::UnknownTopic) => {
            not_found::not_found_page()
        }
    }
}

/// The pages of the part [`parts::work`].
pub(crate) fn work(page: Result<PagePath, NoPage>) -> AnyView {
    use PagePath as P;
    match page {
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
pub(crate) fn reviews(page: Result<PagePath, NoPage>) -> AnyView {
    match page {
        Ok(PagePath::ReviewQueue) => review::review_queue_page(),
        Ok(PagePath::Review(reference)) => review::evidence_page(reference),
        _ => not_found::not_found_page(),
    }
}

/// The pages of the part [`parts::help`].
pub(crate) fn guidance(page: Result<PagePath, NoPage>) -> AnyView {
    match page {
        Ok(PagePath::Help) => help::help_page(),
        Ok(PagePath::HelpTopic(topic)) => help::topic_page(topic),
        _ => not_found::not_found_page(),
    }
}

/// True for pages that people may read before they sign in.
pub fn is_open_to_all(page: Result<PagePath, NoPage>) -> bool {
    matches!(
        page,
        Ok(PagePath::Help | PagePath::HelpTopic(_)) | Err(NoPage::UnknownTopic)
    )
}
