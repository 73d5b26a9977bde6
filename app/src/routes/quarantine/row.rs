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
