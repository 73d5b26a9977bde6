//! The outcome of a check without effect: what the service would do, and clearly that nothing was sent.

use super::draft;
use crate::{
    address::{Link, PagePath},
    api::SubmissionDetail,
    components::{identifier, link_button, panel},
    routes::submissions::{effect, findings, not_sent, outcome_words, rules},
    session::use_session,
};
use leptos::{html::*, prelude::*};
use sluice_shared::{
    identifiers::SubmissionId,
    submission::{SubmissionState, WouldBe},
};

pub(super) fn outcome(detail: &SubmissionDetail) -> AnyView {
    let reference = detail.summary.reference;
    let is_at_fault = matches!(
        detail.progress,
        SubmissionState::Checked {
            would_be: WouldBe::Rejected,
            ..
        }
    );
    let title = match &detail.progress {
        _ if is_at_fault => "Checked only: it would be rejected",
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
        effect(detail),
        go_on(reference, is_at_fault),
    )
        .into_any()
}

/// The way back to the draft that was checked, where it is kept; else to a corrected file, where one is needed.
fn go_on(reference: SubmissionId, is_at_fault: bool) -> AnyView {
    let way = RwSignal::new(None::<(&str, Link)>);
    if let Some(me) = use_session().me() {
        leptos::task::spawn_local(async move {
            let drafts = draft::all(&me.person.id).await.unwrap_or_default();
            let checked = drafts.iter().find(|draft| draft.check == Some(reference));
            let kept = checked.map(|draft| ("Continue with this file", draft.link()));
            let another = || ("Choose the corrected file", PagePath::Send.into());
            let _ = way.try_set(kept.or_else(|| is_at_fault.then(another)));
        });
    }
    (move || way.get().map(|(words, link)| link_button(words, link))).into_any()
}
