//! The tags of the domain's states: one word and one colour each, the same on every page.

use super::{Colour, tag};
use leptos::prelude::*;
use sluice_shared::{quarantine::HeldState, submission::StateName};

/// What people call a submission's state.
pub const fn state_words(state: StateName) -> &'static str {
    match state {
        StateName::AwaitingUpload => "Not uploaded",
        StateName::Received => "Checking",
        StateName::AwaitingReview => "Needs review",
        StateName::Accepted => "Accepted",
        StateName::Rejected => "Rejected",
        StateName::Refused => "Refused",
        StateName::Expired => "Expired",
    }
}

/// The tag of a submission's state.
pub fn state_tag(state: StateName) -> AnyView {
    let colour = match state {
        StateName::AwaitingUpload | StateName::Expired => Colour::Grey,
        StateName::Received => Colour::Blue,
        StateName::AwaitingReview => Colour::Yellow,
        StateName::Accepted => Colour::Green,
        StateName::Rejected | StateName::Refused => Colour::Red,
    };
    tag(state_words(state), colour)
}

/// The tag of a held communication's state.
pub fn held_tag(state: HeldState) -> AnyView {
    match state {
        HeldState::Held => tag("Held", Colour::Orange),
        HeldState::Release => tag("Release", Colour::Turquoise),
        HeldState::Delete => tag("Delete", Colour::Pink),
    }
}
