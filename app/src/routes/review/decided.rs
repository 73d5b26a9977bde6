//! The page once it is decided: what was decided, what becomes of it, and the way on.

use super::{next, open::Open};
use crate::{
    address::PagePath,
    api::{Api, ApiError, calls, use_api},
    browser,
    components::{identifier, panel},
    routes::submissions::decision,
};
use leptos::{ev, html::*, prelude::*};
use sluice_shared::{
    api::SubmissionDetail,
    identifiers::SubmissionId,
    submission::{Decision, ReviewDecision, StateName, SubmissionState},
};

/// The first pause between two questions, in milliseconds; each is half as long again as the one before.
const FIRST_PAUSE: u32 = 500;
const LONGEST_PAUSE: u32 = 5_000;

/// What became of a decision to accept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Became {
    /// Its last check is not over.
    Pending,
    InForce,
    /// The last check found the file at fault.
    Rejected,
    /// What was accepted had changed; a reviewer decides again.
    WaitsAgain,
    /// What was accepted had changed, and somebody has decided since.
    DecidedAgain,
}

pub(super) fn decided_page(detail: &SubmissionDetail, open: Open) -> AnyView {
    let reference = open.reference;
    let is_refused =
        last_decision(&detail.progress).is_some_and(|review| review.decision == Decision::Refuse);
    let (title, words) = match last_decision(&detail.progress) {
        Some(review) if review.decision == Decision::Refuse => {
            ("Submission refused", "Nothing has taken effect.".into_any())
        }
        Some(review) => (
            "Submission accepted",
            followed(review.clone(), detail, open),
        ),
        None => ("Submission accepted", in_words(Became::Pending, open)),
    };
    browser::focus_heading();
    div()
        .class("app-reading")
        .child((
            // Green says that something was accepted.
            div()
                .class(if is_refused { "app-panel-refused" } else { "" })
                .child(panel(title, identifier(&reference.to_string()))),
            // Said when it changes, without the focus moving.
            p().class("govuk-body-l").role("status").child(words),
            p().class("govuk-body")
                .child("The sender sees your decision and its reason."),
            decision(detail),
            next::way_on(reference),
        ))
        .into_any()
}

/// The decision that was just made: it may be void already.
fn last_decision(progress: &SubmissionState) -> Option<&ReviewDecision> {
    let void = progress.void().last().map(|void| &void.decision);
    progress.review().or(void)
}

/// What became of it, followed until it is known.
fn followed(review: ReviewDecision, detail: &SubmissionDetail, open: Open) -> AnyView {
    let became = RwSignal::new(became(&detail.progress, &review));
    leptos::task::spawn_local(follow(use_api(), open.reference, review, became));
    (move || in_words(became.get(), open)).into_any()
}

async fn follow(api: Api, reference: SubmissionId, review: ReviewDecision, now: RwSignal<Became>) {
    let mut pause = FIRST_PAUSE;
    // The signal ends with the page.
    while now.try_get_untracked() == Some(Became::Pending) {
        browser::sleep(pause).await;
        pause = (pause + pause / 2).min(LONGEST_PAUSE);
        match api.get(calls::submission(reference)).await {
            Ok(detail) => {
                let next = became(&detail.progress, &review);
                if next != Became::Pending {
                    let _ = now.try_set(next);
                }
            }
            // Whoever is asked again may answer.
            Err(ApiError::Unreachable) => {}
            Err(ApiError::Problem(problem)) if problem.code.is_worth_a_retry() => {}
            Err(_) => return,
        }
    }
}

/// Only what the submission says of this decision counts: an answer may be older than the decision.
fn became(progress: &SubmissionState, ours: &ReviewDecision) -> Became {
    let is_void = progress
        .void()
        .iter()
        .any(|void| is_same(&void.decision, ours));
    match (progress.name(), progress.review()) {
        (StateName::Accepted, Some(review)) if is_same(review, ours) => Became::InForce,
        (StateName::Rejected, Some(review)) if is_same(review, ours) => Became::Rejected,
        (_, Some(review)) if !is_same(review, ours) => Became::DecidedAgain,
        // It was void, and a later look found the file at fault.
        (StateName::Rejected, None) if is_void => Became::Rejected,
        (StateName::AwaitingReview, None) if is_void => Became::WaitsAgain,
        _ => Became::Pending,
    }
}

fn is_same(one: &ReviewDecision, other: &ReviewDecision) -> bool {
    one.reviewer == other.reviewer && one.decided_at == other.decided_at
}

fn in_words(became: Became, open: Open) -> AnyView {
    let api = use_api();
    // It is the page that this one stands on: it is begun anew.
    let review = move |words: &'static str| {
        a().class("govuk-link")
            .href(PagePath::Review(open.reference).href())
            .on(ev::click, move |_| open.begin_again(api))
            .child(words)
    };
    match became {
        Became::Pending => "It is checked once more before it takes effect.".into_any(),
        Became::InForce => "It has taken effect.".into_any(),
        Became::Rejected => {
            "It took no effect: what it refers to had changed. It was checked again and rejected."
                .into_any()
        }
        Became::WaitsAgain => (
            "It took no effect: what you saw had changed. It is waiting for a decision again. ",
            review("Review it as it stands now"),
        )
            .into_any(),
        Became::DecidedAgain => (
            "It took no effect: what you saw had changed. Somebody has decided about it since. ",
            review("See how it stands now"),
        )
            .into_any(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use serde_json::{Value, json};

    fn decided(hour: u32) -> Value {
        json!({
            "reviewer": "reviewer-1",
            "decision": "accept",
            "reason": "As announced.",
            "decidedAt": format!("2026-11-03T{hour:02}:00:00Z"),
            "verdict": "00".repeat(32),
        })
    }

    fn void(hour: u32) -> Value {
        json!([{
            "decision": decided(hour),
            "reviewer": "Reviewer 1",
            "voidSince": "2026-11-03T13:00:00Z",
            "changed": [],
        }])
    }

    fn became_of(state: &str, review: &Value, void: &Value) -> Became {
        let progress: SubmissionState = serde_json::from_value(json!({
            "state": state,
            "receivedAt": "2026-11-03T10:00:00Z",
            "since": "2026-11-03T10:00:00Z",
            "decidedAt": "2026-11-03T10:00:00Z",
            "rules": [],
            "review": review,
            "void": void,
        }))
        .unwrap();
        let ours = serde_json::from_value(decided(12)).unwrap();
        became(&progress, &ours)
    }

    #[test]
    fn only_what_the_submission_says_of_this_decision_counts() {
        let (ours, none, no_void) = (decided(12), Value::Null, json!([]));
        assert_eq!(
            became_of("awaiting-review", &ours, &no_void),
            Became::Pending
        );
        assert_eq!(became_of("accepted", &ours, &no_void), Became::InForce);
        assert_eq!(
            became_of("awaiting-review", &none, &void(12)),
            Became::WaitsAgain
        );
        assert_eq!(
            became_of("accepted", &decided(14), &void(12)),
            Became::DecidedAgain
        );
        assert_eq!(became_of("rejected", &none, &void(12)), Became::Rejected);
        // An answer may be older than the decision.
        assert_eq!(
            became_of("awaiting-review", &none, &void(9)),
            Became::Pending
        );
    }
}
