//! Everything that a decision rests on, on one page: the rules that fired first, then what changes, then who and how.

use super::{decide, signature};
use crate::{
    api::use_api,
    components::{
        Column, Counts, Remote, comparison, counts_table, findings_table, identifier, plain_moment,
        remote, state_tag, table_below_heading, text_cell,
    },
    routes::submissions::{decision, facts},
};
use leptos::{html::*, prelude::*};
use sluice_shared::{
    api::{ExitEvidence, ReviewEvidence, SubmissionDetail, SubmissionSummary},
    identifiers::SubmissionId,
    submission::StateName,
};

/// The page of the submission with this reference.
pub(crate) fn page(reference: &str) -> AnyView {
    let Ok(reference) = SubmissionId::parse(reference) else {
        return super::super::not_found_page();
    };
    let evidence = RwSignal::new(Remote::Loading);
    load(reference, evidence);
    let decided = RwSignal::new(None::<SubmissionDetail>);
    let undecided = move || {
        div()
            .child((
                a().class("govuk-back-link")
                    .href("/review")
                    .child("All that waits"),
                h1().class("govuk-heading-l")
                    .child(("Review of ", identifier(&reference.to_string()))),
                remote(
                    evidence,
                    "Loading the evidence",
                    move |shown: ReviewEvidence| whole(&shown, evidence, decided),
                ),
            ))
            .into_any()
    };
    (move || {
        decided
            .with(|detail| detail.as_ref().map(decide::done))
            .unwrap_or_else(undecided)
    })
    .into_any()
}

/// Fetches the evidence, again after somebody else was first.
pub(super) fn load(reference: SubmissionId, evidence: RwSignal<Remote<ReviewEvidence>>) {
    let api = use_api();
    leptos::task::spawn_local(async move {
        let answer = api
            .get::<ReviewEvidence>(&format!("/reviews/{reference}"))
            .await;
        let _ = evidence.try_set(answer.map_or_else(Remote::Failed, Remote::Ready));
    });
}

fn whole(
    shown: &ReviewEvidence,
    evidence: RwSignal<Remote<ReviewEvidence>>,
    decided: RwSignal<Option<SubmissionDetail>>,
) -> AnyView {
    let detail = &shown.submission;
    let waits =
        detail.summary.state == StateName::AwaitingReview && detail.progress.review().is_none();
    let rules: Vec<AnyView> = shown
        .rules
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
    let comparisons: Vec<AnyView> = shown.comparisons.iter().map(comparison).collect();
    let findings = (!shown.findings.is_empty()).then(|| {
        section_of(
            "Warnings",
            findings_table(shown.findings.clone(), &detail.findings.counts, None),
        )
    });
    div()
        .child((
            (!waits).then(|| decision(detail)),
            section_of(
                if waits {
                    "Why it waits"
                } else {
                    "Why it waited"
                },
                ul().class("govuk-list govuk-list--bullet")
                    .child(rules)
                    .into_any(),
            ),
            (!comparisons.is_empty())
                .then(|| section_of("What will change", comparisons.into_any())),
            (!shown.exits.is_empty()).then(|| {
                section_of(
                    "What it decides",
                    shown.exits.iter().map(exit).collect::<Vec<_>>().into_any(),
                )
            }),
            section_of(
                "Who and when",
                div().class("app-reading").child(facts(detail)).into_any(),
            ),
            section_of("Signature", signature::part(shown.signature.as_ref())),
            findings,
            section_of("Earlier submissions", earlier(&shown.earlier)),
            waits.then(|| decide::part(shown, evidence, decided)),
        ))
        .into_any()
}

fn section_of(title: &'static str, content: AnyView) -> AnyView {
    section()
        .class("app-evidence")
        .child((h2().class("govuk-heading-m").child(title), content))
        .into_any()
}

fn exit(exit: &ExitEvidence) -> AnyView {
    let services = exit.by_srv.iter().map(|row| {
        let counts = Counts {
            release: row.counts.release,
            delete: row.counts.delete,
            held: row.counts.held,
        };
        (row.srv, counts)
    });
    counts_table(format!("Event {}", exit.event), services)
}

fn earlier(earlier: &[SubmissionSummary]) -> AnyView {
    if earlier.is_empty() {
        return p()
            .class("govuk-body")
            .child("This is the organisation's first file of this kind.")
            .into_any();
    }
    let columns = [
        Column::Text("Submission"),
        Column::Text("File"),
        Column::Text("State"),
        Column::Text("Started"),
        Column::Text("Signed by"),
        Column::Text("Sent by"),
    ];
    let rows = earlier
        .iter()
        .map(|summary| {
            let reference = summary.reference.to_string();
            vec![
                text_cell(
                    a().class("govuk-link app-identifier")
                        .href(format!("/submissions/{reference}"))
                        .child(reference.clone()),
                ),
                text_cell(summary.file_name.to_string()),
                text_cell(state_tag(summary.state)),
                text_cell(plain_moment(summary.started_at)),
                text_cell(summary.signer.as_ref().map(|person| person.name.clone())),
                text_cell(summary.uploader.name.clone()),
            ]
        })
        .collect();
    div()
        .child((
            p().class("govuk-body")
                .child("Files of the same kind from the same organisation, the latest first."),
            table_below_heading("Earlier submissions", &columns, rows),
        ))
        .into_any()
}
