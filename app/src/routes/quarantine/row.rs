//! What a row says.

use super::work::Work;
use crate::{
    components::{Colour, held_tag, tag},
    decide::Choice,
};
use leptos::prelude::*;
use sluice_shared::quarantine::HeldState;

/// Where a row stands: decided earlier, chosen now, or held.
pub(super) fn state(work: Work, row: usize) -> AnyView {
    let settled = work.table.with_value(|table| table.state(row));
    match settled {
        HeldState::Release => tag("Released", Colour::Grey),
        HeldState::Delete => tag("Deleted", Colour::Grey),
        HeldState::Held => (move || match work.choices.with(|choices| choices.get(row)) {
            Choice::Hold => held_tag(HeldState::Held),
            Choice::Release => held_tag(HeldState::Release),
            Choice::Delete => held_tag(HeldState::Delete),
        })
        .into_any(),
    }
}
