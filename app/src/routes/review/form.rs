//! The form in which a reviewer accepts or refuses, and the page once that is done: a part that comes when somebody reaches for it.

use super::{
    decide::{Deciding, Stage, look_first},
    decided::decided_page,
    in_numbers::in_numbers,
    open::{Decided, REASON},
    reasons,
    watch::{self, Outdated},
};
use crate::{
    api::{Api, ApiError, ProblemCode, SubmissionDetail, calls, use_api},
    browser,
    components::{
        Fault, busy_button, busy_warning_button, changing, error_summary, field, secondary_button,
        sentence,
    },
    key::{Statement, sign_statement},
    service,
};
use leptos::{html::*, prelude::*};
use sluice_shared::{
    api::{Base64Bytes, SignedRequest},
    identifiers::{FileDigest, SubmissionId},
    review::DecisionStatement,
    submission::{Decision, ReviewReason},
};

/// Draws the form for a reason.
#[derive(Clone, Copy)]
pub(crate) struct DecisionForm {
    pub(super) draw: fn(Deciding, Decision) -> AnyView,
}

impl DecisionForm {
    /// For the door of its part alone: whoever names it has it in its own part.
    pub(crate) const HERE: Self = Self { draw: form_here };
}

/// What a decision is about: what is on the screen.
#[derive(Clone, Copy)]
struct Subject {
    submission: SubmissionId,
    file_digest: FileDigest,
    verdict: FileDigest,
}

fn form_here(deciding: Deciding, decision: Decision) -> AnyView {
    let open = deciding.open;
    let Some((subject, words)) = open.of_shown(|shown| {
        let subject = Subject {
            submission: open.reference,
            file_digest: shown.submission.sha256,
            verdict: shown.verdict,
        };
        (subject, in_numbers(shown, decision))
    }) else {
        return ().into_any();
    };
    let fault = RwSignal::new(None::<String>);
    let mends = move || (open.reason.get(), deciding.outdated.get());
    Effect::watch(mends, move |_, _, _| fault.set(None), false);
    if deciding.asked.try_update_value(std::mem::take) == Some(true) {
        browser::scroll_to(REASON);
    }
    let api = use_api();
    let send = move |_| {
        let reason = match ReviewReason::parse(&open.reason.get_untracked()) {
            Ok(reason) => reason,
            Err(error) => return fault.set(Some(sentence(&error.to_string()))),
        };
        fault.set(None);
        deciding.failed.set(None);
        deciding.stage.set(Stage::Sending(decision));
        leptos::task::spawn_local(decide(api, deciding, subject, decision, reason));
    };
    let sending = move || matches!(deciding.stage.get(), Stage::Sending(_));
    let confirm = move || {
        let act = match (deciding.outdated.get(), decision) {
            (Some(outdated), _) => look_first(outdated),
            (None, Decision::Accept) => busy_button("Accept submission", sending, send),
            (None, Decision::Refuse) => busy_warning_button("Refuse submission", sending, send),
        };
        // What is over is not decided later either.
        let later = (deciding.outdated.get() != Some(Outdated::Over))
            .then(|| secondary_button("Decide later", move |_| deciding.stage.set(Stage::Open)));
        (act, later)
    };
    div()
        .child((
            changing(move || {
                fault.get().map(|words| {
                    error_summary(
                        "There is a problem with the reason",
                        vec![Fault::at(REASON, words)],
                    )
                })
            }),
            div().class("app-reading").child((
                heading(decision),
                p().class("govuk-body").id("in-numbers").child(words),
                field(REASON, "Reason")
                    .hint("The sender reads it. 3 to 2,000 characters")
                    .error(Signal::derive(move || fault.get()))
                    .area(4, open.reason),
                p().class("govuk-body").child(
                    "Your decision is signed with your key, and cannot be taken back. If what is on this page changes before it takes effect, it does not count, \
                     and a reviewer decides again.",
                ),
                div().class("govuk-button-group").child(confirm),
            )),
        ))
        .into_any()
}

async fn decide(
    api: Api,
    deciding: Deciding,
    subject: Subject,
    decision: Decision,
    reason: ReviewReason,
) {
    service::ask_for_the_time(api).await;
    let statement = DecisionStatement {
        submission: subject.submission,
        file_digest: subject.file_digest,
        verdict: subject.verdict,
        decision,
        reason,
        decided_at: service::now(),
    };
    let Deciding {
        open,
        stage,
        failed,
        person,
        ..
    } = deciding;
    match sign_and_send(api, person.get_value(), statement).await {
        Ok(detail) => {
            // Here, since the page may have been left while the answer was on its way.
            reasons::forget(open.reference);
            let decided = Decided {
                detail,
                draw: decided_page,
            };
            drop(open.decided.try_set(Some(decided)));
        }
        // What is on the screen is not what the service has: it is shown, with the reason as it was typed.
        Err(error) if error.code() == Some(ProblemCode::Changed) => {
            if let Err(error) = watch::show_as_it_stands(api, open).await {
                let _ = failed.try_set(Some(error));
                let _ = stage.try_set(Stage::Reason(decision));
            }
        }
        Err(error) => {
            // Where somebody else was first there is nothing to try again.
            let next = if error.status() == Some(409) {
                Stage::Open
            } else {
                Stage::Reason(decision)
            };
            let _ = failed.try_set(Some(error));
            let _ = stage.try_set(next);
        }
    }
}

async fn sign_and_send(
    api: Api,
    person: String,
    statement: DecisionStatement,
) -> Result<SubmissionDetail, ApiError> {
    let submission = statement.submission;
    let signed = sign_statement(person, Statement::Decision(statement))
        .await
        .map_err(|error| ApiError::refused("Your decision was not signed", &error.to_string()))?;
    let request = SignedRequest {
        signed: Base64Bytes(signed),
    };
    api.post(calls::decide_review(submission, &request)).await
}

fn heading(decision: Decision) -> AnyView {
    let words = match decision {
        Decision::Accept => "Accept this submission",
        Decision::Refuse => "Refuse this submission",
    };
    h2().class("govuk-heading-m").child(words).into_any()
}
