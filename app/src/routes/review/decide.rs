//! Accepting or refusing: a reason first, then what will happen in numbers, then the button.

use super::{
    key, keys,
    open::{Open, REASON},
    watch::{self, Outdated},
};
use crate::key::{KeyProgress, sign_decision};
use crate::sent::decided_words;
use crate::{
    api::{Api, ApiError, ProblemCode, SubmissionDetail, calls, use_api},
    browser,
    components::{
        Fault, busy_button, busy_warning_button, changing, counted, error_summary, field,
        keep_held, problem_summary, quiet_button, secondary_button, warning_button,
    },
    service,
    session::use_session,
};
use leptos::{html::*, prelude::*};
use sluice_shared::{
    api::{Base64Bytes, FileEffect, ReviewEvidence, ReviewRequest, SubmissionChanges},
    review::DecisionStatement,
    submission::{Decision, ReviewReason},
};

const KEYS: &[(&str, &str)] = &[
    ("a", "accept: opens the reason"),
    ("r", "refuse: opens the reason"),
    ("?", "show these keys"),
];

/// How deciding stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Open,
    Reason(Decision),
    Sending(Decision),
}

impl Stage {
    const fn shown(self) -> Shown {
        match self {
            Self::Open => Shown::Choice,
            Self::Reason(decision) | Self::Sending(decision) => Shown::Form(decision),
        }
    }
}

/// What is drawn of it: sending keeps the form, and the field with what is typed, where it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Outdated,
    /// There is nothing to sign with yet.
    Keyless(KeyProgress),
    Choice,
    Form(Decision),
}

#[expect(
    clippy::too_many_lines,
    reason = "one form: its parts share the signals that are made here"
)]
pub(super) fn decision_form(shown: &ReviewEvidence, open: Open) -> AnyView {
    if let Some(barred) = shown.barred {
        return div()
            .class("govuk-inset-text")
            .child(format!("You cannot decide this submission: {barred}."))
            .into_any();
    }
    let stage = RwSignal::new(Stage::Open);
    let reason = open.reason;
    let fault = RwSignal::new(None::<String>);
    let failed = RwSignal::new(None::<ApiError>);
    let open_keys = RwSignal::new(false);
    let ask = move |decision: Decision| {
        failed.set(None);
        open.wanted.set(decision);
        stage.set(Stage::Reason(decision));
        browser::scroll_to(REASON);
    };
    let outdated = Memo::new(move |_| watch::outdated_by(open));
    let Some(me) = use_session().me() else {
        return ().into_any();
    };
    let key = key::progress(&me);
    let drawn = Memo::new(move |_| match (stage.get(), key.get()) {
        (Stage::Open, _) if outdated.get().is_some() => Shown::Outdated,
        (Stage::Open, Some(progress)) if progress < KeyProgress::Certificate => {
            Shown::Keyless(progress)
        }
        (stage, _) => stage.shown(),
    });
    let person = StoredValue::new(me.person.id.to_string());
    keys::listen(move |key| {
        match (key, drawn.get_untracked()) {
            ("a", Shown::Choice) => ask(Decision::Accept),
            ("r", Shown::Choice) => ask(Decision::Refuse),
            ("?", _) => open_keys.update(|open| *open = !*open),
            _ => return false,
        }
        true
    });
    let words = StoredValue::new(effect(shown));
    let (submission, file_digest, verdict) =
        (open.reference, shown.submission.sha256, shown.verdict);
    if !reason.with_untracked(String::is_empty) {
        // What was typed before the evidence changed stays in sight.
        stage.set(Stage::Reason(open.wanted.get_untracked()));
    }
    let api = use_api();
    let send = move |decision: Decision| {
        let reason = match ReviewReason::parse(&reason.get_untracked()) {
            Ok(reason) => reason,
            Err(error) => {
                fault.set(Some(sentence(&error.to_string())));
                return;
            }
        };
        fault.set(None);
        stage.set(Stage::Sending(decision));
        leptos::task::spawn_local(async move {
            service::ask_for_the_time(api).await;
            let statement = DecisionStatement {
                submission,
                file_digest,
                verdict,
                decision,
                reason,
                decided_at: service::now(),
            };
            match sign_and_send(api, person.get_value(), statement).await {
                Ok(detail) => drop(open.decided.try_set(Some(detail))),
                // What is on the screen is not what the service has: it is shown, with the reason as it was typed.
                Err(error) if error.code() == Some(ProblemCode::Changed) => {
                    if let Err(error) = watch::show_as_it_stands(api, open).await {
                        let _ = failed.try_set(Some(error));
                        let _ = stage.try_set(Stage::Reason(decision));
                    }
                }
                Err(error) => {
                    let _ = failed.try_set(Some(error));
                    let _ = stage.try_set(Stage::Open);
                }
            }
        });
    };
    let mends = move || (reason.get(), outdated.get());
    Effect::watch(mends, move |_, _, _| fault.set(None), false);
    let is_small = move || !matches!(drawn.get(), Shown::Form(_)) && failed.with(Option::is_none);
    let form = move |decision: Decision| {
        let sending = move || matches!(stage.get(), Stage::Sending(_));
        let confirm = move || {
            let send = move |_| send(decision);
            let act = match (outdated.get(), decision) {
                (Some(outdated), _) => look_first(outdated),
                (None, Decision::Accept) => busy_button("Accept submission", sending, send),
                (None, Decision::Refuse) => busy_warning_button("Refuse submission", sending, send),
            };
            // What is over is not decided later either.
            let later = (outdated.get() != Some(Outdated::Over))
                .then(|| secondary_button("Decide later", move |_| stage.set(Stage::Open)));
            (act, later)
        };
        div()
            .class("app-reading")
            .child((
                heading(decision),
                p().class("govuk-body")
                    .id("in-numbers")
                    .child(match decision {
                        Decision::Accept => words.get_value(),
                        Decision::Refuse => {
                            "Nothing in it takes effect. The sender may correct it and send it again."
                                .to_owned()
                        }
                    }),
                field(REASON, "Reason")
                    .hint("The sender reads it. 3 to 2,000 characters")
                    .error(Signal::derive(move || fault.get()))
                    .area(4, reason),
                p().class("govuk-body").child(
                    "Your decision is signed with your key, and cannot be taken back. If what is on this page changes before it takes effect, it does not count, \
                     and a reviewer decides again.",
                ),
                div().class("govuk-button-group").child(confirm),
            ))
            .into_any()
    };
    section()
        .class("app-decision")
        .class(("app-decision--sticky", is_small))
        .aria_label("Decision")
        .child((
            changing(move || failed.get().map(|error| first(&error, failed, open))),
            changing(move || {
                fault.get().map(|words| {
                    error_summary(
                        "There is a problem with the reason",
                        vec![Fault::at(REASON, words)],
                    )
                })
            }),
            changing(move || match drawn.get() {
                Shown::Outdated => outdated.get().map_or_else(|| ().into_any(), look_first),
                Shown::Choice => div()
                    .class("govuk-button-group")
                    .child((
                        crate::components::button("Accept submission", move |_| {
                            ask(Decision::Accept);
                        }),
                        warning_button("Refuse submission", move |_| ask(Decision::Refuse)),
                        keys::list(open_keys, KEYS),
                    ))
                    .into_any(),
                Shown::Keyless(progress) => key::needed(progress),
                Shown::Form(decision) => form(decision),
            }),
        ))
        .into_any()
}

async fn sign_and_send(
    api: Api,
    person: String,
    statement: DecisionStatement,
) -> Result<SubmissionDetail, ApiError> {
    let submission = statement.submission;
    let signed = sign_decision(person, statement)
        .await
        .map_err(|error| ApiError::refused("Your decision was not signed", &error.to_string()))?;
    let request = ReviewRequest {
        signed: Base64Bytes(signed),
    };
    api.post(calls::decide_review(submission, &request)).await
}

fn look_first(outdated: Outdated) -> AnyView {
    p().class("govuk-body")
        .child(match outdated {
            Outdated::Changed => "Look at how it stands now before you decide.",
            Outdated::Over => "There is nothing to decide any more.",
        })
        .into_any()
}

fn heading(decision: Decision) -> AnyView {
    let words = match decision {
        Decision::Accept => "Accept this submission",
        Decision::Refuse => "Refuse this submission",
    };
    h2().class("govuk-heading-m").child(words).into_any()
}

/// Somebody else was first, or something failed; what was typed stays.
fn first(error: &ApiError, failed: RwSignal<Option<ApiError>>, open: Open) -> AnyView {
    let api = use_api();
    let again = (error.status() == Some(409)).then(|| {
        quiet_button("Show how it stands now", move |_| {
            leptos::task::spawn_local(async move {
                let shown = watch::show_as_it_stands(api, open).await;
                let _ = failed.try_set(shown.err());
            });
        })
    });
    div().child((problem_summary(error), again)).into_any()
}

/// What accepting does, in numbers.
fn effect(shown: &ReviewEvidence) -> String {
    if let Some(FileEffect::ExitQuarantine {
        release,
        delete,
        left_held,
        ..
    }) = &shown.submission.effect
    {
        format!(
            "{}.{} This cannot be undone.",
            decided_words(*release, *delete),
            keep_held(*left_held),
        )
    } else {
        let changes = SubmissionChanges::from(&shown.evidence).in_numbers(("is", "are"));
        if changes.is_empty() {
            return "No threshold changes.".to_owned();
        }
        let users = shown.evidence.comparisons.len() as u64;
        format!(
            "For {}: {}. This takes effect at once, or on the day that the file gives.",
            counted(users, "User ID", "User IDs"),
            changes.join(", ")
        )
    }
}

/// A sentence of the domain's words: a capital first, a full stop last.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters
        .next()
        .map(|letter| letter.to_uppercase().collect::<String>())
        .unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}
