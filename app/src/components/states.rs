//! The tags of the domain's states: one word and one colour each, the same on every page.

use super::{Colour, tag};
use leptos::{html::div, prelude::*};
use sluice_shared::{api::SubmissionSummary, quarantine::HeldState, submission::StateName};

/// What people call a submission's state.
pub const fn state_words(state: StateName) -> &'static str {
    match state {
        StateName::AwaitingUpload => "Not uploaded",
        StateName::Received => "Checking",
        StateName::AwaitingReview => "Needs review",
        StateName::Accepted => "Accepted",
        StateName::Rejected => "Rejected",
        StateName::Refused => "Refused",
        StateName::Checked => "Checked only",
        StateName::Expired => "Expired",
    }
}

pub fn state_tag(state: StateName) -> AnyView {
    let colour = match state {
        StateName::AwaitingUpload | StateName::Checked | StateName::Expired => Colour::Grey,
        StateName::Received => Colour::Blue,
        StateName::AwaitingReview => Colour::Yellow,
        StateName::Accepted => Colour::Green,
        StateName::Rejected | StateName::Refused => Colour::Red,
    };
    tag(state_words(state), colour)
}

/// Under the state wherever a submission is listed: that it was sent to be checked only, or waits for the service to be mended.
pub fn state_hints(submission: &SubmissionSummary) -> AnyView {
    let hint = |words: &'static str| {
        div()
            .class("govuk-hint govuk-!-margin-bottom-0")
            .child(words)
    };
    let asked = submission.questions.filter(|asked| asked.open > 0);
    let is_stopped = submission.state == StateName::Received && submission.stopped.is_some();
    (
        asked.map(|_| hint("The DCC asks about it: answer on its page")),
        is_stopped.then(|| hint("Stopped: the service cannot check it yet")),
        submission
            .check_only
            .then(|| hint("Not sent: nothing takes effect")),
    )
        .into_any()
}

pub fn held_tag(state: HeldState) -> AnyView {
    match state {
        HeldState::Held => tag("Held", Colour::Orange),
        HeldState::Release => tag("Release", Colour::Turquoise),
        HeldState::Delete => tag("Delete", Colour::Pink),
    }
}
