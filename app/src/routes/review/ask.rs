//! What was asked of the sender and answered, and the form for another question.

use super::{
    aside::{Aside, Failed},
    open::Open,
};
use crate::{
    api::{calls, use_api},
    browser,
    components::{
        Fault, busy_button, changing, error_summary, field, problem_summary, quiet_button,
        secondary_button, sentence,
    },
    routes::submissions::{forget_typed, questions_of_staff, typed_text},
    service,
};
use leptos::{html::*, prelude::*};
use sluice_shared::{api::AskQuestion, identifiers::ReviewMessage, review::ReviewQuestion};

/// The id of the field for a question.
pub(super) const QUESTION: &str = "question";
const HEADING: &str = "questions";

/// The questions with their answers, and, for whoever may decide it while it waits, the form.
pub(super) fn questions(open: Open, may_ask: bool) -> AnyView {
    let asked = Memo::new(move |_| {
        let asked = open
            .aside
            .with(|aside| aside.as_ref().map(|aside| aside.asked.clone()));
        asked.unwrap_or_default()
    });
    let list = changing(move || {
        let asked = asked.get();
        if asked.is_empty() {
            p().class("govuk-body")
                .child("Nothing was asked.")
                .into_any()
        } else {
            questions_of_staff(&asked)
        }
    });
    section()
        .class("app-evidence")
        .child((
            h2().class("govuk-heading-m")
                .id(HEADING)
                .tabindex("-1")
                .child("Questions to the sender"),
            list,
            may_ask.then(|| ask_form(open, asked)),
        ))
        .into_any()
}

fn ask_form(open: Open, asked: Memo<Vec<ReviewQuestion>>) -> AnyView {
    let api = use_api();
    let profile = service::profile(api);
    let what = format!("question:{}", open.reference);
    let text = typed_text(what.clone());
    let (fault, failed): (RwSignal<Option<String>>, Failed) =
        (RwSignal::new(None), RwSignal::new(None));
    let sending = RwSignal::new(false);
    // What was typed before stays in sight.
    let is_open = RwSignal::new(text.with_untracked(|text| !text.is_empty()));
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
            let body = AskQuestion {
                number: u32::try_from(asked.with_untracked(Vec::len)).unwrap_or(u32::MAX),
                text: message,
            };
            match api.post(calls::ask_question(open.reference, &body)).await {
                Ok(answer) => {
                    forget_typed(&what);
                    let _ = text.try_set(String::new());
                    let _ = is_open.try_set(false);
                    let _ = open.aside.try_update(|aside| {
                        aside.get_or_insert_with(Aside::default).asked = answer.questions;
                    });
                    browser::focus(HEADING);
                }
                Err(error) => {
                    let _ = failed.try_set(Some(error));
                    super::watch::look_now(api, open).await;
                }
            }
            let _ = sending.try_set(false);
        });
    };
    let form = move || {
        let send = send.clone();
        div()
            .child((
                changing(move || {
                    fault.get().map(|words| {
                        error_summary(
                            "There is a problem with the question",
                            vec![Fault::at(QUESTION, words)],
                        )
                    })
                }),
                field(QUESTION, "Your question")
                    .hint("Everybody of the sender's organisation reads it. 3 to 2,000 characters")
                    .error(Signal::derive(move || fault.get()))
                    .area(3, text),
                div().class("govuk-button-group").child((
                    busy_button("Send question", move || sending.get(), send),
                    secondary_button("Ask later", move |_| is_open.set(false)),
                )),
            ))
            .into_any()
    };
    let is_full = Memo::new(move |_| {
        let most = profile.with(|profile| profile.review.max_questions);
        asked.with(Vec::len) >= usize::try_from(most).unwrap_or(usize::MAX)
    });
    div()
        .class("app-reading")
        .child((
            changing(move || failed.get().map(|error| problem_summary(&error))),
            changing(move || match (is_open.get(), is_full.get()) {
                (_, true) => p()
                    .class("govuk-body")
                    .child("As many questions were asked as may be.")
                    .into_any(),
                (true, _) => form(),
                (false, _) => quiet_button("Ask the sender a question", move |_| {
                    is_open.set(true);
                    browser::scroll_to(QUESTION);
                }),
            }),
        ))
        .into_any()
}
