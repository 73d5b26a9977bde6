//! What a row says.

use super::work::Work;
use crate::{
    components::{Colour, held_tag, tag},
    decide::Choice,
};
use leptos::{html::*, prelude::*};
use sluice_shared::{identifiers::RequestId, quarantine::HeldState};

/// A Request ID as it stands in files, with what tells it from others in the event, the device and the counter, on a line of its own.
pub(super) fn request(request: RequestId) -> AnyView {
    let RequestId {
        originator,
        target,
        counter,
    } = request;
    (
        span()
            .class("app-request__originator")
            .child(format!("{originator}:")),
        wbr(),
        span().class("app-request__device").child((
            format!("{target}:"),
            wbr(),
            counter.to_string(),
        )),
    )
        .into_any()
}

/// Where a row stands: decided earlier, sent, chosen now, or held.
pub(super) fn state(work: Work, row: usize) -> AnyView {
    match settled(work, row) {
        Some(words) => tag(words, Colour::Grey),
        None => (move || held_tag(chosen(work, row))).into_any(),
    }
}

/// The same as words alone.
pub(super) fn state_words(work: Work, row: usize) -> &'static str {
    settled(work, row).unwrap_or_else(|| match chosen(work, row) {
        HeldState::Held => "Held",
        HeldState::Release => "Release",
        HeldState::Delete => "Delete",
    })
}

/// Of rows that nobody can choose for.
fn settled(work: Work, row: usize) -> Option<&'static str> {
    let (settled, sent) = work
        .table
        .with_value(|table| (table.state(row), table.sent().get(row)));
    match (settled, sent) {
        (HeldState::Release, _) => Some("Released"),
        (HeldState::Delete, _) => Some("Deleted"),
        (HeldState::Held, Some(Choice::Release)) => Some("Release sent"),
        (HeldState::Held, Some(Choice::Delete)) => Some("Delete sent"),
        (HeldState::Held, Some(Choice::Hold)) => Some("Sent"),
        (HeldState::Held, None) => None,
    }
}

fn chosen(work: Work, row: usize) -> HeldState {
    match work.choices.with(|choices| choices.get(row)) {
        Choice::Hold => HeldState::Held,
        Choice::Release => HeldState::Release,
        Choice::Delete => HeldState::Delete,
    }
}
