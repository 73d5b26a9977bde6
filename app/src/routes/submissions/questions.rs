//! What reviewers asked about a submission and what was answered, as both sides see it; and the form in which the sender answers.

use super::typed::{forget_typed, typed_text};
use crate::{
    api::{ApiError, SubmissionDetail, calls, use_api},
    browser,
    components::{
        Colour, Fault, busy_button, changing, error_summary, field, inset, moment, problem_summary,
        sentence, tag,
    },
    session::use_session,
};
use leptos::{html::*, prelude::*};
use sluice_shared::{
    api::AnswerQuestion,
    directory::Permission,
    identifiers::{ReviewMessage, SubmissionId},
    review::ReviewQuestion,
    submission::StateName,
};

/// The heading of the questions: after an answer the focus goes there.
const QUESTIONS: &str = "questions";

/// What is said of every answer, wherever one is shown.
const UNSIGNED: &str = "Not signed: written by whoever was signed in under this name.";

/// The questions about a submission, for the sender's organisation: who may answers here.
pub(super) fn questions_of_sender(detail: &SubmissionDetail) -> AnyView {
    if detail.asked.is_empty() {
        return ().into_any();
    }
    let may = use_session()
        .me()
        .is_some_and(|me| me.may(Permission::AnswerQuestions));
    let waits =
        detail.summary.state == StateName::AwaitingReview && detail.progress.review().is_none();
    let reference = detail.summary.reference;
    let asked = RwSignal::new(detail.asked.clone());
    let form = move |question: &ReviewQuestion| {
        match (waits, may) {
        (true, true) => answer_form(reference, question.number, asked),
        (true, false) => p()
            .class("govuk-body")
            .child("No answer yet. A submitter or an Authorised Responsible Officer of your organisation can answer.")
            .into_any(),
        (false, _) => p().class("govuk-body").child("It was not answered.").into_any(),
    }
    };
    section()
        .class("app-questions")
        .child((
            h2().class("govuk-heading-m")
                .id(QUESTIONS)
                .tabindex("-1")
                .child("The DCC asks about this submission"),
            changing(move || {
                let all = asked.get();
                let each: Vec<AnyView> = all
                    .iter()
                    .map(|question| {
                        let open = question.answer.is_none().then(|| form(question));
                        one_question(question, open)
                    })
                    .collect();
                div().child(each)
            }),
        ))
        .into_any()
}

/// The questions about a submission, for DCC staff.
pub(crate) fn questions_of_staff(asked: &[ReviewQuestion]) -> AnyView {
    let each: Vec<AnyView> = asked
        .iter()
        .map(|question| {
            let open = question.answer.is_none().then(|| {
                p().class("govuk-body")
                    .child((
                        tag("No answer yet", Colour::Yellow),
                        " The sender's organisation sees the question.",
                    ))
                    .into_any()
            });
            one_question(question, open)
        })
        .collect();
    div().class("app-reading").child(each).into_any()
}

fn one_question(question: &ReviewQuestion, open: Option<AnyView>) -> AnyView {
    let said = |text: &ReviewMessage| {
        inset(
            p().class("govuk-body app-as-typed")
                .child(text.as_str().to_owned()),
        )
    };
    let answer = question.answer.as_ref().map(|answer| {
        (
            p().class("govuk-body govuk-!-margin-bottom-0").child((
                strong().child(answer.by.name.clone()),
                " answered, ",
                moment(answer.answered_at),
                ":",
            )),
            said(&answer.text),
            p().class("govuk-hint").child(UNSIGNED),
        )
    });
    div()
        .class("app-question")
        .child((
            p().class("govuk-body govuk-!-margin-bottom-0").child((
                strong().child(question.asker.name.clone()),
                " asked, ",
                moment(question.asked_at),
                ":",
            )),
            said(&question.text),
            answer,
            open,
        ))
        .into_any()
}

fn answer_form(
    reference: SubmissionId,
    number: u32,
    asked: RwSignal<Vec<ReviewQuestion>>,
) -> AnyView {
    let api = use_api();
    let what = format!("answer:{reference}:{number}");
    let text = typed_text(what.clone());
    let id = format!("answer-{number}");
    let fault = RwSignal::new(None::<String>);
    let failed = RwSignal::new(None::<ApiError>);
    let sending = RwSignal::new(false);
    Effect::watch(move || text.get(), move |_, _, _| fault.set(None), false);
    let send = move |_| {
        let message = match ReviewMessage::parse(&text.get_untracked()) {
            Ok(message) => message,
            Err(error) => return fault.set(Some(sentence(&error.to_string()))),
        };
        failed.set(None);
        sending.set(true);
        let what = what.clone();
        leptos::task::spawn_local(async move {
            let body = AnswerQuestion {
                number,
                text: message,
            };
            match api.post(calls::answer_question(reference, &body)).await {
                Ok(answer) => {
                    forget_typed(&what);
                    let _ = asked.try_set(answer.questions);
                    browser::focus(QUESTIONS);
                }
                Err(error) => {
                    let _ = failed.try_set(Some(error));
                    let _ = sending.try_set(false);
                }
            }
        });
    };
    let at = id.clone();
    div()
        .child((
            changing(move || failed.get().map(|error| problem_summary(&error))),
            changing(move || {
                let at = at.clone();
                fault.get().map(|words| {
                    error_summary("There is a problem with the answer", vec![Fault::at(at, words)])
                })
            }),
            field(id, "Your answer")
                .hint("DCC staff and your organisation read it. It is not signed, and nothing takes effect by it. 3 to 2,000 characters")
                .error(Signal::derive(move || fault.get()))
                .area(4, text),
            busy_button("Send answer", move || sending.get(), send),
        ))
        .into_any()
}
