//! The reason for accepting several submissions, and signing and sending the decision on each by itself.

use super::{aside::own_id, together_look::came_up, together_outcome::Outcome};
use crate::{
    api::{Api, ApiError, calls, use_api},
    browser,
    components::{
        Fault, busy_button, changing, counted, error_summary, field, problem_summary, sentence,
    },
    key::{Statement, sign_statement},
    routes::submissions::{forget_typed, typed_text},
    service,
    session::use_session,
};
use leptos::{html::*, prelude::*};
use sluice_shared::{
    api::{Base64Bytes, ReviewEvidence, SignedRequest},
    identifiers::PersonId,
    review::DecisionStatement,
    submission::{Decision, ReviewReason},
};

const REASON: &str = "reason";
/// What the reason is kept under while it is typed.
const TYPED: &str = "accept-together";

/// The form below what is to be accepted.
pub(super) fn reason_form(
    fits: StoredValue<Vec<ReviewEvidence>>,
    outcomes: RwSignal<Option<Vec<Outcome>>>,
) -> AnyView {
    let (api, me, session) = (use_api(), own_id(), use_session());
    let reason = typed_text(TYPED.to_owned());
    let fault = RwSignal::new(None::<String>);
    let refused = RwSignal::new(None::<ApiError>);
    let done = RwSignal::new(None::<usize>);
    let count = fits.with_value(Vec::len);
    Effect::watch(move || reason.get(), move |_, _, _| fault.set(None), false);
    let send = move |_| {
        let reason = match ReviewReason::parse(&reason.get_untracked()) {
            Ok(reason) => reason,
            Err(error) => return fault.set(Some(sentence(&error.to_string()))),
        };
        refused.set(None);
        // Before anything is signed: what asks for a new sign-in asks for it once, and what was typed stays.
        if let Err(error) = session.check_fresh_to_act() {
            return refused.set(Some(error));
        }
        let Some(me) = me.clone() else {
            return;
        };
        done.set(Some(0));
        let all = fits.get_value();
        leptos::task::spawn_local(async move {
            let ended = accept_all(api, me, all, reason, done).await;
            if ended.iter().all(Outcome::is_accepted) {
                forget_typed(TYPED);
            }
            let _ = outcomes.try_set(Some(ended));
            browser::focus_heading();
        });
    };
    let progress = move || match done.get() {
        Some(done) => format!("Signing and sending {} of {count}…", (done + 1).min(count)),
        None => String::new(),
    };
    div()
        .class("app-decision app-reading")
        .child((
            changing(move || refused.get().map(|error| problem_summary(&error))),
            changing(move || {
                fault.get().map(|words| {
                    error_summary(
                        "There is a problem with the reason",
                        vec![Fault::at(REASON, words)],
                    )
                })
            }),
            field(REASON, "Reason, the same for each")
                .hint("The senders read it. 3 to 2,000 characters")
                .error(Signal::derive(move || fault.get()))
                .area(4, reason),
            p().class("govuk-body").child(
                "Each decision is signed with your key by itself, for this file and this verdict alone, and cannot be taken back. What has changed \
                 or was decided meanwhile is left out, and you are told.",
            ),
            p().class("govuk-body").role("status").child(progress),
            busy_button(
                format!(
                    "Sign and accept {}",
                    counted(count as u64, "submission", "submissions")
                ),
                move || done.get().is_some(),
                send,
            ),
        ))
        .into_any()
}

async fn accept_all(
    api: Api,
    me: PersonId,
    all: Vec<ReviewEvidence>,
    reason: ReviewReason,
    done: RwSignal<Option<usize>>,
) -> Vec<Outcome> {
    service::ask_for_the_time(api).await;
    let told = service::ask(api).await;
    let mut outcomes = Vec::new();
    for (place, shown) in all.into_iter().enumerate() {
        let _ = done.try_set(Some(place));
        let reference = shown.submission.summary.reference;
        if let Some(why) = came_up(api, &shown, &me, &told.profile.review).await {
            let left_out = ApiError::refused("Left out", &sentence(&why));
            outcomes.push(Outcome::new(reference, Err(left_out)));
            continue;
        }
        let statement = DecisionStatement {
            submission: reference,
            file_digest: shown.submission.sha256,
            verdict: shown.verdict,
            decision: Decision::Accept,
            reason: reason.clone(),
            decided_at: service::now(),
        };
        let ended = accept(api, me.to_string(), statement).await;
        outcomes.push(Outcome::new(reference, ended));
    }
    outcomes
}

async fn accept(api: Api, person: String, statement: DecisionStatement) -> Result<(), ApiError> {
    let reference = statement.submission;
    let signed = sign_statement(person, Statement::Decision(statement))
        .await
        .map_err(|error| ApiError::refused("It was not signed", &error.to_string()))?;
    let request = SignedRequest {
        signed: Base64Bytes(signed),
    };
    api.post(calls::decide_review(reference, &request))
        .await
        .map(drop)
}
