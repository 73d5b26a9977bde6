//! The outcome of a check without effect: what the service would do, and clearly that nothing was sent.

use super::draft;
use crate::{
    api::SubmissionDetail,
    components::{identifier, link_button, panel},
    routes::submissions::{findings, not_sent, outcome_words, rules},
    session::use_session,
};
use leptos::{html::*, prelude::*};
use sluice_shared::{
    identifiers::SubmissionId,
    submission::{SubmissionState, WouldBe},
};

pub(super) fn outcome(detail: &SubmissionDetail) -> AnyView {
    let reference = detail.summary.reference;
    let title = match &detail.progress {
        SubmissionState::Checked {
            would_be: WouldBe::Rejected,
            ..
        } => "Checked only: it would be rejected",
        SubmissionState::Checked {
            would_be: WouldBe::AwaitingReview,
            ..
        } => "Checked only: a reviewer would decide",
        _ => "Checked only: it is in order",
    };
    (
        div().class("app-panel-checked").child(panel(
            title,
            (
                "Not sent. The check's reference",
                br(),
                strong().child(identifier(&reference.to_string())),
            ),
        )),
        p().class("govuk-body-l").child(outcome_words(detail)),
        not_sent(detail),
        rules(detail),
        findings(detail),
        go_on(reference),
    )
        .into_any()
}

/// The way back to the draft that was checked, where it is kept.
fn go_on(reference: SubmissionId) -> AnyView {
    let address = RwSignal::new(None::<String>);
    if let Some(me) = use_session().me() {
        leptos::task::spawn_local(async move {
            let drafts = draft::all(&me.person.id).await.unwrap_or_default();
            let checked = drafts.iter().find(|draft| draft.check == Some(reference));
            let _ = address.try_set(checked.map(draft::Draft::address));
        });
    }
    (move || {
        address
            .get()
            .map(|address| link_button("Go on with this file", address))
    })
    .into_any()
}
