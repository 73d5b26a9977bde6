//! Everything that a decision rests on, on one page: the rules that fired first, then what changes, then who and how.

use super::{
    aside, ask, decide, in_hand::in_hand, open::Open, seen, signature, table::risk_tag, watch,
};
use crate::{
    address::PagePath,
    api::use_api,
    components::{
        Column, changing, comparison, copy_button, findings_table, identifier, inset, plain_moment,
        remote, rules_fired, state_hints, state_tag, table_below_heading, text_cell,
    },
    routes::submissions::{changes_title, decision, exit, facts, void_decisions},
};
use leptos::{html::*, prelude::*};
use sluice_shared::{
    api::{ReviewEvidence, SubmissionDetail, SubmissionSummary},
    identifiers::SubmissionId,
    submission::StateName,
};

pub(crate) fn evidence_page(reference: SubmissionId) -> AnyView {
    let open = Open::new(reference);
    open.load(use_api());
    watch::while_open(use_api(), open);
    let undecided = move || {
        div()
            .child((
                a().class("govuk-back-link")
                    .href(PagePath::ReviewQueue.href())
                    .child("Back to review queue"),
                watch::notice(use_api(), open),
                aside::news_region(open),
                h1().class("govuk-heading-l")
                    .child(("Review of ", identifier(&reference.to_string()))),
                remote(open.shown, "Loading the evidence", move |shown| {
                    evidence_body(shown, open)
                }),
            ))
            .into_any()
    };
    changing(move || {
        open.decided
            .with(|decided| {
                decided
                    .as_ref()
                    .map(|decided| (decided.draw)(&decided.detail, open))
            })
            .unwrap_or_else(undecided)
    })
}

fn evidence_body(shown: &ReviewEvidence, open: Open) -> AnyView {
    let detail = &shown.submission;
    let waits =
        detail.summary.state == StateName::AwaitingReview && detail.progress.review().is_none();
    let evidence = &shown.evidence;
    let rules = if shown.rules.is_empty() {
        said(without_rules(waits, !shown.void.is_empty()))
    } else {
        rules_fired(&shown.rules)
    };
    let does = changes_title(detail.summary.kind, detail.summary.state);
    let comparisons: Vec<AnyView> = evidence.comparisons.iter().map(comparison).collect();
    let findings = (!shown.findings.is_empty()).then(|| {
        section_of(
            if detail.findings.errors > 0 {
                "What is wrong with it"
            } else {
                "Warnings"
            },
            findings_table(shown.findings.clone(), &detail.findings.counts, None),
        )
    });
    div()
        .child((
            waits.then(|| {
                (
                    in_hand(open, shown.barred.is_none()),
                    p().class("govuk-body").child(risk_tag(shown.risk)),
                )
            }),
            (!waits).then(|| (typed(detail, open), decision(detail))),
            void_decisions(&shown.void),
            section_of(
                if waits {
                    "Why it is waiting"
                } else {
                    "Why it was waiting"
                },
                rules,
            ),
            seen::refusals(&evidence.refusals).map(|part| section_of("Refused before", part)),
            seen::raises(&evidence.raises).map(|part| section_of("Large raises", part)),
            (!comparisons.is_empty()).then(|| section_of(does, comparisons.into_any())),
            (!evidence.exits.is_empty()).then(|| {
                section_of(
                    does,
                    evidence
                        .exits
                        .iter()
                        .map(exit)
                        .collect::<Vec<_>>()
                        .into_any(),
                )
            }),
            seen::released(&evidence.released)
                .map(|part| section_of("Counted with earlier files", part)),
            (waits || !detail.asked.is_empty())
                .then(|| ask::questions(open, waits && shown.barred.is_none())),
            section_of(
                "Who and when",
                div().class("app-reading").child(facts(detail)).into_any(),
            ),
            section_of(
                "Signature",
                signature::signature_facts(shown.signature.as_ref()),
            ),
            findings,
            others(shown),
            waits.then(|| decide::decision_form(shown, open)),
        ))
        .into_any()
}

/// What was typed before there was nothing to decide any more: it is nowhere else.
fn typed(detail: &SubmissionDetail, open: Open) -> Option<AnyView> {
    let reason = open.reason.get_untracked();
    let was_sent = detail
        .progress
        .review()
        .is_some_and(|review| review.reason.as_str() == reason.trim());
    if reason.trim().is_empty() || was_sent {
        return None;
    }
    let title = "The reason that you typed";
    let shown = section()
        .class("app-evidence app-reading")
        .aria_label(title)
        .child((
            h2().class("govuk-heading-m").child(title),
            p().class("govuk-body").child((
                "It was not sent, and is kept until you leave this page.",
                copy_button(reason.clone(), "the reason"),
            )),
            inset(p().class("govuk-body app-as-typed").child(reason)),
        ));
    Some(shown.into_any())
}

fn section_of(title: &'static str, content: AnyView) -> AnyView {
    section()
        .class("app-evidence")
        .child((h2().class("govuk-heading-m").child(title), content))
        .into_any()
}

/// Why it waits, or waited, where no rule of risk applies now.
fn without_rules(waits: bool, is_void: bool) -> &'static str {
    match (waits, is_void) {
        (true, true) => {
            "No risk rule applies any more. It waits because what a reviewer accepted has changed since: that decision took no \
             effect."
        }
        (true, false) => {
            "No risk rule applies any more, since what it is measured against has changed. It waits until a reviewer decides."
        }
        (false, _) => "While it waited, what it refers to changed, and it was found at fault.",
    }
}

/// The organisation's other files of the same kind: those before this one, and those after it if there are any.
fn others(shown: &ReviewEvidence) -> AnyView {
    let started = shown.submission.summary.started_at;
    let (later, earlier): (Vec<_>, Vec<_>) = shown
        .earlier
        .iter()
        .partition(|other| other.started_at > started);
    let of_earlier = match (earlier.is_empty(), later.is_empty()) {
        (true, true) => {
            said("None of the organisation's latest submissions is an earlier file of this kind.")
        }
        (true, false) => {
            said("None of the organisation's latest files of this kind came before it.")
        }
        _ => files("Earlier submissions", &earlier),
    };
    (
        section_of("Earlier submissions", of_earlier),
        (!later.is_empty())
            .then(|| section_of("Later submissions", files("Later submissions", &later))),
    )
        .into_any()
}

fn said(words: &'static str) -> AnyView {
    p().class("govuk-body").child(words).into_any()
}

fn files(caption: &'static str, files: &[&SubmissionSummary]) -> AnyView {
    let columns = [
        Column::Text("Submission"),
        Column::Text("File"),
        Column::Text("State"),
        Column::Text("Started"),
        Column::Text("Signed by"),
        Column::Text("Sent by"),
    ];
    let rows = files
        .iter()
        .map(|summary| {
            let reference = summary.reference.to_string();
            vec![
                text_cell(
                    a().class("govuk-link app-identifier")
                        .href(PagePath::Submission(summary.reference).href())
                        .child(reference.clone()),
                ),
                text_cell(summary.file_name.to_string()),
                text_cell((state_tag(summary.state), state_hints(summary))),
                text_cell(plain_moment(summary.started_at)),
                text_cell(summary.signer.as_ref().map(|person| person.name.clone())),
                text_cell(summary.uploader.name.clone()),
            ]
        })
        .collect();
    div()
        .child((
            p().class("govuk-body")
                .child("Files of the same kind from the same organisation, latest first."),
            table_below_heading(caption, &columns, rows),
        ))
        .into_any()
}
