//! What a row says.

use super::work::Work;
use crate::{
    components::{Colour, held_tag, tag},
    decide::Choice,
};
use leptos::prelude::*;
use sluice_shared::quarantine::HeldState;

/// Where a row stands: decided earlier, sent, chosen now, or held.
pub(super) fn state(work: Work, row: usize) -> AnyView {
    let (settled, sent) = work
        .table
        .with_value(|table| (table.state(row), table.sent().get(row)));
    match (settled, sent) {
        (HeldState::Release, _) => tag("Released", Colour::Grey),
        (HeldState::Delete, _) => tag("Deleted", Colour::Grey),
        (HeldState::Held, Some(Choice::Release)) => tag("Release sent", Colour::Grey),
        (HeldState::Held, Some(Choice::Delete)) => tag("Delete sent", Colour::Grey),
        (HeldState::Held, Some(Choice::Hold)) => tag("Sent", Colour::Grey),
        (HeldState::Held, None) => (move || match work.choices.with(|choices| choices.get(row)) {
            Choice::Hold => held_tag(HeldState::Held),
            Choice::Release => held_tag(HeldState::Release),
            Choice::Delete => held_tag(HeldState::Delete),
        })
        .into_any(),
    }
}
