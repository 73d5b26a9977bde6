//! What a submission's own page and its outcome page both show.

use crate::{
    api::{Api, ApiError, Effect, Page, SubmissionDetail, use_api},
    browser,
    components::{
        Colour, counted, fetch, figure, findings_table, grouped, identifier, inset, moment,
        problem_summary, remote, row, secondary_button, size, state_tag, summary_list, tag,
    },
};
use leptos::{html::*, prelude::*};
use sluice_shared::{
    finding::Finding,
    identifiers::SubmissionId,
    submission::{Decision, StateName},
};

/// What became of the submission, in a sentence with exact numbers.
pub fn outcome_words(detail: &SubmissionDetail) -> String {
    let summary = &detail.summary;
    match summary.state {
        StateName::AwaitingUpload => "The file has not arrived yet".into(),
        StateName::Received => "The file is being checked".into(),
        StateName::AwaitingReview => {
            "The file is lawful, and so risky that a DCC reviewer decides about it.".into()
        }
        StateName::Accepted => accepted(detail.effect.as_ref()),
        StateName::Rejected => {
            format!(
                "Your file was rejected: {} to correct",
                counted(summary.errors, "error", "errors")
            )
        }
        StateName::Refused => "A DCC reviewer refused your file".into(),
        StateName::Expired => "This submission expired: its file never arrived".into(),
    }
}

fn accepted(effect: Option<&Effect>) -> String {
    match effect {
        Some(Effect::Adt { users, .. }) => {
            let changed: u64 = users.iter().map(|user| user.changed).sum();
            format!(
                "{} to the thresholds of {} recorded.",
                counted(changed, "change", "changes"),
                counted(users.len() as u64, "User ID", "User IDs")
            )
        }
        Some(Effect::ExitQuarantine {
            release,
            delete,
            left_held,
            ..
        }) => format!(
            "{} released and {} deleted. {} stay held in the same events.",
            grouped(*release),
            grouped(*delete),
            grouped(*left_held)
        ),
        None => "The file took effect.".into(),
    }
}

/// Everything that is known, name by name.
pub fn facts(detail: &SubmissionDetail) -> AnyView {
    let summary = &detail.summary;
    let signed_by = detail
        .signature
        .as_ref()
        .map(|signer| match &summary.signer {
            Some(person) => {
                let subject = div()
                    .class("govuk-hint govuk-!-margin-bottom-0")
                    .child(signer.subject.clone());
                row("Signed by", (person.name.clone(), subject))
            }
            None => row("Signed by", signer.subject.clone()),
        });
    let rows = [
        Some(row("State", state_tag(summary.state))),
        Some(row("Reference", identifier(&summary.reference.to_string()))),
        Some(row(
            "File",
            format!(
                "{}: {}, {}",
                summary.kind.name(),
                summary.file_name,
                size(summary.length)
            ),
        )),
        Some(row("Organisation", summary.organisation_name.clone())),
        Some(row("Sent by", summary.uploader.name.clone())),
        signed_by,
        detail
            .signature
            .as_ref()
            .map(|signer| row("Signed at", moment(signer.signing_time))),
        Some(row("Started", moment(summary.started_at))),
        summary.received_at.map(|at| row("Received", moment(at))),
        summary.settled_at.map(|at| row("Settled", moment(at))),
        detail
            .service_request
            .as_ref()
            .map(|reference| row("Service-management request", reference.to_string())),
        summary
            .replaces
            .map(|earlier| row("Corrects", link(earlier))),
        summary
            .replaced_by
            .map(|later| row("Corrected by", link(later))),
        Some(row(
            "SHA-256 of the file",
            identifier(&grouped_hex(&detail.sha256.to_string())),
        )),
    ];
    summary_list(rows.into_iter().flatten())
}

/// A digest in groups of eight, so that it can break and be compared by eye.
fn grouped_hex(hex: &str) -> String {
    hex.as_bytes()
        .chunks(8)
        .map(String::from_utf8_lossy)
        .collect::<Vec<_>>()
        .join("-")
}

fn link(reference: SubmissionId) -> AnyView {
    a().class("govuk-link")
        .href(format!("/submissions/{reference}"))
        .child(identifier(&reference.to_string()))
        .into_any()
}

/// What the file says, by User ID or event.
pub(super) fn effect(detail: &SubmissionDetail) -> AnyView {
    use crate::components::{Column, number_cell, table, text_cell};
    match &detail.effect {
        Some(Effect::Adt { users, .. }) => {
            let columns = [
                Column::Text("User ID"),
                Column::Number("Standing thresholds"),
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
        Some(Effect::ExitQuarantine { events, .. }) => {
            let columns = [
                Column::Text("Event"),
                Column::Number("Release"),
                Column::Number("Delete"),
                Column::Number("Stay held"),
            ];
            let rows = events
                .iter()
                .map(|event| {
                    vec![
                        text_cell(identifier(&event.event.to_string())),
                        number_cell(figure(event.release)),
                        number_cell(figure(event.delete)),
                        number_cell(figure(event.left_held)),
                    ]
                })
                .collect();
            table("What the file says", &columns, rows)
        }
        None => ().into_any(),
    }
}

/// Why it waits, or waited, for a reviewer.
pub fn rules(detail: &SubmissionDetail) -> AnyView {
    let fired = detail.progress.rules();
    if fired.is_empty() {
        return ().into_any();
    }
    let rules: Vec<AnyView> = fired
        .iter()
        .map(|fired| {
            li().child((
                strong().child(fired.rule.title()),
                ": ",
                fired.message.clone(),
            ))
            .into_any()
        })
        .collect();
    div()
        .child((
            h2().class("govuk-heading-m")
                .child("Why a reviewer decides"),
            ul().class("govuk-list govuk-list--bullet").child(rules),
        ))
        .into_any()
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
                findings_table(all, &counts, None)
            }),
        ))
        .into_any()
}

async fn all_findings(api: Api, reference: SubmissionId) -> Result<Vec<Finding>, ApiError> {
    let mut all = Vec::new();
    let mut path = format!("/submissions/{reference}/findings");
    loop {
        let page: Page<Finding> = api.get(&path).await?;
        all.extend(page.items);
        match page.next {
            Some(next) => {
                path = format!("/submissions/{reference}/findings?cursor={}", next.as_str());
            }
            None => return Ok(all),
        }
    }
}

/// The button that fetches the receipt, when there is one.
pub fn receipt(detail: &SubmissionDetail) -> AnyView {
    if !detail.receipt {
        return ().into_any();
    }
    let api = use_api();
    let reference = detail.summary.reference;
    let problem = RwSignal::new(None::<ApiError>);
    let fetch = move |_| {
        problem.set(None);
        leptos::task::spawn_local(async move {
            match api
                .bytes(&format!("/submissions/{reference}/receipt"))
                .await
            {
                Ok(bytes) => {
                    browser::download(
                        &format!("receipt_{reference}.p7m"),
                        "application/pkcs7-mime",
                        &bytes,
                    );
                }
                Err(error) => {
                    let _ = problem.try_set(Some(error));
                }
            }
        });
    };
    div()
        .class("app-in-group")
        .child((
            move || problem.get().map(|error| problem_summary(&error)),
            secondary_button("Download the receipt", fetch),
        ))
        .into_any()
}
