//! The pages, a file or folder each. To add one: its path in [`PagePath`], its module here, its line in [`draw_page`] and in its part, its
//! entry in `frame::navigation`.

mod activity;
mod arriving;
mod help;
mod not_found;
mod overview;
mod people;
mod quarantine;
mod review;
mod sign_out;
mod signing_key;
pub mod submissions;
mod thresholds;

use crate::{
    address::{NoPage, PagePath, Section},
    parts::{self, Draw, Fetch},
    send,
};
pub(crate) use arriving::{Meanwhile, arriving, arriving_page, lost_part};
use leptos::prelude::*;
pub(crate) use people::{AccessReview, ChangeForms, PeopleList};
pub(crate) use review::{DecisionForm, differences_here};
pub(crate) use sign_out::Kept;
pub(crate) use signing_key::KeyElsewhere;
pub(crate) use thresholds::RowChecks;

/// Draws the page at a path, or says that there is none.
pub fn draw_page(path: &str) -> AnyView {
    use PagePath as P;
    let part: Fetch<Draw> = match PagePath::parse(path) {
        Ok(P::Overview) => return overview::overview_page(),
        Ok(P::Send) => || Box::pin(parts::send()),
        Ok(P::Submissions) => || Box::pin(parts::submissions()),
        Ok(P::Outcome(_) | P::Submission(_)) => || Box::pin(parts::submission()),
        Ok(P::Receipt(_)) => || Box::pin(parts::receipt()),
        Ok(P::Quarantine) => || Box::pin(parts::quarantine()),
        Ok(P::QuarantineEvent(_)) | Err(NoPage::NotAnEvent) => || Box::pin(parts::event()),
        Ok(P::QuarantineDecisions(_)) => || Box::pin(parts::decisions()),
        Ok(P::Thresholds | P::UserThresholds(_)) => || Box::pin(parts::thresholds()),
        Ok(P::WriteThresholds(_)) => || Box::pin(parts::write()),
        Ok(P::People | P::Directory) => || Box::pin(parts::people()),
        Ok(P::Activity) => || Box::pin(parts::activity()),
        Ok(P::SigningKey) => || Box::pin(parts::keys()),
        Ok(P::SignOut) => || Box::pin(parts::sign_out()),
        Ok(P::ReviewQueue) => || Box::pin(parts::reviews()),
        Ok(P::Review(_)) => || Box::pin(parts::evidence()),
        Ok(P::ReviewTogether) => || Box::pin(parts::together()),
        Ok(P::ReviewHistory) => || Box::pin(parts::decided()),
        Ok(P::Help | P::HelpTopic(_)) => || Box::pin(parts::help()),
        Ok(P::SignedIn) | Err(NoPage::Unknown) => return not_found::not_found_page(),
    };
    arriving_page(part, path)
}

/// The page of the part [`parts::send`].
pub(crate) fn send(_path: &str) -> AnyView {
    send::send_page()
}

/// The page of the part [`parts::submissions`].
pub(crate) fn submissions(_path: &str) -> AnyView {
    submissions::submissions_page()
}

/// The pages of the part [`parts::submission`].
pub(crate) fn submission_or_outcome(path: &str) -> AnyView {
    match PagePath::parse(path) {
        Ok(PagePath::Outcome(reference)) => send::outcome_page(reference),
        Ok(PagePath::Submission(reference)) => submissions::submission_page(reference),
        _ => not_found::not_found_page(),
    }
}

/// The page of the part [`parts::receipt`].
pub(crate) fn receipt(path: &str) -> AnyView {
    match PagePath::parse(path) {
        Ok(PagePath::Receipt(reference)) => submissions::receipt_page(reference),
        _ => not_found::not_found_page(),
    }
}

/// The page of the part [`parts::quarantine`].
pub(crate) fn quarantine(_path: &str) -> AnyView {
    quarantine::quarantine_page()
}

/// The pages of the part [`parts::event`].
pub(crate) fn event(path: &str) -> AnyView {
    match PagePath::parse(path) {
        Ok(PagePath::QuarantineEvent(event)) => quarantine::event_page(event),
        _ => quarantine::no_such_event_page(),
    }
}

/// The page of the part [`parts::decisions`].
pub(crate) fn decisions(path: &str) -> AnyView {
    match PagePath::parse(path) {
        Ok(PagePath::QuarantineDecisions(event)) => quarantine::decisions_page(event),
        _ => not_found::not_found_page(),
    }
}

/// The pages of the part [`parts::thresholds`].
pub(crate) fn thresholds(path: &str) -> AnyView {
    match PagePath::parse(path) {
        Ok(PagePath::UserThresholds(id)) => thresholds::user_thresholds_page(id),
        _ => thresholds::thresholds_page(),
    }
}

/// The page of the part [`parts::write`].
pub(crate) fn write_thresholds(path: &str) -> AnyView {
    match PagePath::parse(path) {
        Ok(PagePath::WriteThresholds(id)) => thresholds::write_thresholds_page(id),
        _ => not_found::not_found_page(),
    }
}

/// The pages of the part [`parts::people`].
pub(crate) fn people(path: &str) -> AnyView {
    match PagePath::parse(path) {
        Ok(PagePath::Directory) => people::directory_page(),
        _ => people::people_page(),
    }
}

/// The page of the part [`parts::activity`].
pub(crate) fn activity(_path: &str) -> AnyView {
    activity::activity_page()
}

/// The page of the part [`parts::keys`].
pub(crate) fn signing_key(_path: &str) -> AnyView {
    signing_key::signing_key_page()
}

/// The page of the part [`parts::sign_out`].
pub(crate) fn sign_out(_path: &str) -> AnyView {
    sign_out::sign_out_page()
}

/// The page of the part [`parts::reviews`].
pub(crate) fn review_queue(_path: &str) -> AnyView {
    review::review_queue_page()
}

/// The page of the part [`parts::together`].
pub(crate) fn review_together(_path: &str) -> AnyView {
    review::review_together_page()
}

/// The page of the part [`parts::decided`].
pub(crate) fn review_history(_path: &str) -> AnyView {
    review::review_history_page()
}

/// The page of the part [`parts::evidence`].
pub(crate) fn review(path: &str) -> AnyView {
    match PagePath::parse(path) {
        Ok(PagePath::Review(reference)) => review::evidence_page(reference),
        _ => not_found::not_found_page(),
    }
}

/// The pages of the part [`parts::help`].
pub(crate) fn guidance(path: &str) -> AnyView {
    match PagePath::parse(path) {
        Ok(PagePath::HelpTopic(topic)) => help::topic_page(topic),
        _ => help::help_page(),
    }
}

/// True for pages that people may read before they sign in.
pub fn is_open_to_all(path: &str) -> bool {
    Section::of_path(path) == Some(Section::Help)
}
