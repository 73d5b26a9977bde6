//! What a submission's own page and its outcome page both show beside the facts.

use crate::{
    address::PagePath,
    api::{Api, ApiError, FileEffect, SubmissionDetail, Superseded, calls, use_api},
    browser,
    components::{
        Colour, Column, changing, effects_table, fetch, figure, findings_table, identifier,
        in_words, inset, moment, notification, number_cell, plain_moment, problem_summary,
        quiet_button, remote, rules_fired, secondary_button, table, tag, text_cell,
    },
};
use leptos::{html::*, prelude::*};
use sluice_shared::{
    finding::Finding,
    identifiers::SubmissionId,
    submission::{Decision, VoidDecision},
};

/// What the file says, by User ID or event.
pub fn effect(detail: &SubmissionDetail) -> AnyView {
    match &detail.effect {
        Some(FileEffect::Adt { users, .. }) => {
            let columns = [
                Column::Text("User ID"),
                Column::Number("Standing"),
                Column::Number("Exceptions"),
                Column::Number("Changes"),
                Column::Number("Big changes"),
            ];
            let rows = users
                .iter()
                .map(|user| {
                    vec![
                        text_cell(identifier(&user.user_id.to_string())),
                        number_cell(figure(user.standing)),
                        number_cell(figure(user.exceptions)),
                        number_cell(figure(user.changed)),
                        number_cell(figure(user.big)),
                    ]
                })
                .collect();
            table("What the file says", &columns, rows)
        }
        Some(FileEffect::ExitQuarantine { events, .. }) => {
            effects_table("What the file says", events)
        }
        None => ().into_any(),
    }
}

/// Why it waits, waited or would wait for a reviewer.
pub fn rules(detail: &SubmissionDetail) -> AnyView {
    let fired = detail.progress.rules();
    if fired.is_empty() {
        return ().into_any();
    }
    let title = if detail.summary.check_only {
        "Why a reviewer would have to decide"
    } else if detail.progress.review().is_some() || detail.summary.state.is_terminal() {
        "Why a reviewer had to decide"
    } else {
        "Why a reviewer has to decide"
    };
    div()
        .child((
            h2().class("govuk-heading-m").child(title),
            rules_fired(fired),
        ))
        .into_any()
}

/// Decisions that took no effect, since something had changed: who, when, and what had changed.
pub fn void_decisions(void: &[VoidDecision]) -> AnyView {
    if void.is_empty() {
        return ().into_any();
    }
    let each: Vec<AnyView> = void
        .iter()
        .map(|void| {
            let changed: Vec<AnyView> = void
                .changed
                .iter()
                .map(|words| li().child(words.clone()).into_any())
                .collect();
            div()
                .class("app-void")
                .child((
                    p().class("govuk-body").child((
                        tag("No effect", Colour::Grey),
                        " ",
                        strong().child(void.reviewer.clone()),
                        match void.decision.decision {
                            Decision::Accept => " accepted it on ",
                            Decision::Refuse => " refused it on ",
                        },
                        moment(void.decision.decided_at),
                        ". By ",
                        plain_moment(void.void_since),
                        ", when that was to take effect, something had changed: a new decision was needed.",
                    )),
                    inset(
                        p().class("govuk-body app-as-typed")
                            .child(void.decision.reason.as_str().to_owned()),
                    ),
                    p().class("govuk-body").child("What had changed:"),
                    ul().class("govuk-list govuk-list--bullet").child(changed),
                ))
                .into_any()
        })
        .collect();
    section()
        .class("app-evidence")
        .child((
            h2().class("govuk-heading-m").child(if each.len() == 1 {
                "A decision that took no effect"
            } else {
                "Decisions that took no effect"
            }),
            div().class("app-reading").child(each),
        ))
        .into_any()
}

/// Says of a submission that was sent to be checked only that it was not sent; nothing of others.
pub fn not_sent(detail: &SubmissionDetail) -> AnyView {
    if !detail.summary.check_only {
        return ().into_any();
    }
    inset(
        "This was a check without effect: the file was not sent, nothing takes effect, and there is no receipt. What the check found \
         is kept for 30 days.",
    )
}

/// Why the service cannot go on for now, if it cannot: not the sender's fault.
pub fn stopped(detail: &SubmissionDetail) -> AnyView {
    let Some(stopped) = &detail.summary.stopped else {
        return ().into_any();
    };
    notification(
        "The service has stopped here",
        format!(
            "{} Nothing is wrong with the file, and nothing needs to be done: the service goes on by itself once this is mended. \
             Waiting since {}.",
            stopped.reason,
            in_words(stopped.since)
        ),
    )
}

/// That a later file counts now, if one does.
pub fn superseded(detail: &SubmissionDetail) -> AnyView {
    if detail.superseded.is_empty() {
        return ().into_any();
    }
    let later: Vec<String> = detail.superseded.iter().map(Superseded::in_words).collect();
    notification(
        "A later file is in force",
        format!("{} {}", later.join(" "), Superseded::REMEDY),
    )
}

/// The reviewer's decision and reason, if there is one.
pub fn decision(detail: &SubmissionDetail) -> AnyView {
    let Some(review) = detail.progress.review() else {
        return ().into_any();
    };
    let reviewer = detail
        .reviewer
        .as_ref()
        .map_or_else(|| review.reviewer.to_string(), |person| person.name.clone());
    let decided = match review.decision {
        Decision::Accept => tag("Accepted", Colour::Green),
        Decision::Refuse => tag("Refused", Colour::Red),
    };
    div()
        .child((
            h2().class("govuk-heading-m")
                .child("The reviewer's decision"),
            p().class("govuk-body").child((
                decided,
                " by ",
                reviewer,
                ", ",
                moment(review.decided_at),
            )),
            inset(
                p().class("govuk-body app-as-typed")
                    .child(review.reason.as_str().to_owned()),
            ),
            detail.decision_signature.as_ref().map(|signature| {
                p().class("govuk-body").child((
                    "Signed by ",
                    identifier(signature.signer.subject.as_str()),
                    ". ",
                    signed_decision(detail.summary.reference),
                ))
            }),
        ))
        .into_any()
}

/// The findings, fetched when there are any.
pub fn findings(detail: &SubmissionDetail) -> AnyView {
    if detail.findings.kept == 0 {
        return ().into_any();
    }
    let api = use_api();
    let reference = detail.summary.reference;
    let counts = detail.findings.counts.clone();
    let all = fetch(async move { all_findings(api, reference).await });
    div()
        .child((
            h2().class("govuk-heading-m").child("Findings"),
            remote(all, "Loading the findings", move |all| {
                findings_table(all.clone(), &counts, None)
            }),
        ))
        .into_any()
}

async fn all_findings(api: Api, reference: SubmissionId) -> Result<Vec<Finding>, ApiError> {
    let mut all = Vec::new();
    let mut next = None;
    loop {
        let page = api.get(calls::findings(reference, next.as_ref())).await?;
        all.extend(page.items);
        next = page.next;
        if next.is_none() {
            return Ok(all);
        }
    }
}

/// The receipt, when there is one: to read and print, and as the DCC signed it.
pub fn receipt(detail: &SubmissionDetail) -> AnyView {
    let link = detail.receipt.then(|| {
        a().class("govuk-link")
            .href(PagePath::Receipt(detail.summary.reference).href())
            .child("Read or print the receipt")
    });
    (signed_receipt(detail), link).into_any()
}

/// What somebody signed about a submission, to be downloaded. Cheap to copy.
#[derive(Clone, Copy)]
struct SignedDownload {
    api: Api,
    call: fn(SubmissionId) -> calls::Get<calls::SignedFile>,
    /// What its file's name begins with.
    name: &'static str,
    reference: SubmissionId,
    problem: RwSignal<Option<ApiError>>,
}

impl SignedDownload {
    fn new(
        name: &'static str,
        call: fn(SubmissionId) -> calls::Get<calls::SignedFile>,
        reference: SubmissionId,
    ) -> Self {
        Self {
            api: use_api(),
            call,
            name,
            reference,
            problem: RwSignal::new(None),
        }
    }

    fn fetch(self) {
        self.problem.set(None);
        leptos::task::spawn_local(async move {
            match self.api.file((self.call)(self.reference)).await {
                Ok(bytes) => {
                    let name = format!("{}_{}.p7m", self.name, self.reference);
                    browser::download(&name, "application/pkcs7-mime", &bytes);
                }
                Err(error) => {
                    let _ = self.problem.try_set(Some(error));
                }
            }
        });
    }

    fn failure(self) -> Option<AnyView> {
        self.problem.get().map(|error| problem_summary(&error))
    }
}

/// The button that fetches what the reviewer signed.
fn signed_decision(reference: SubmissionId) -> AnyView {
    let download = SignedDownload::new("decision", calls::signed_decision, reference);
    (
        quiet_button("Download the signed decision", move |_| download.fetch()),
        changing(move || download.failure()),
    )
        .into_any()
}

/// The button that fetches the signed receipt, when there is one.
pub(super) fn signed_receipt(detail: &SubmissionDetail) -> AnyView {
    if !detail.receipt {
        return ().into_any();
    }
    let download = SignedDownload::new("receipt", calls::receipt, detail.summary.reference);
    div()
        .class("app-in-group")
        .child((
            changing(move || download.failure()),
            secondary_button("Download the signed receipt", move |_| download.fetch()),
        ))
        .into_any()
}
