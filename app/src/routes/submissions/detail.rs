//! One submission, with everything that is known of it.

use super::{
    changes::changes,
    facts::facts,
    parts::{decision, findings, not_sent, receipt, rules, stopped, superseded, void_decisions},
    questions::questions_of_sender,
    words::outcome_words,
};
use crate::{
    address::{PagePath, Parameter},
    api::{SubmissionDetail, calls, use_api},
    browser,
    components::{Remote, fetch, link_button, remote, sentence, timeline},
    session::use_session,
};
use leptos::{html::*, prelude::*};
use sluice_shared::{directory::Permission, identifiers::SubmissionId, submission::StateName};

pub fn submission_page(reference: SubmissionId) -> AnyView {
    let api = use_api();
    let detail = fetch(async move { api.get(calls::submission(reference)).await });
    let what = move || match detail.get() {
        Remote::Ready(detail) if detail.summary.check_only => "Check ",
        _ => "Submission ",
    };
    div()
        .class("app-reading")
        .child((
            a().class("govuk-back-link")
                .href(PagePath::Submissions.href())
                .child("All submissions"),
            h1().class("govuk-heading-l")
                .child((what, crate::components::identifier(&reference.to_string()))),
            remote(detail, "Loading the submission", |detail| {
                // The heading may have changed, and the document's name with it.
                browser::heading_drawn();
                submission_body(detail)
            }),
        ))
        .into_any()
}

fn submission_body(detail: &SubmissionDetail) -> AnyView {
    div()
        .child((
            p().class("govuk-body-l")
                .child(sentence(&outcome_words(detail))),
            questions_of_sender(detail),
            stopped(detail),
            superseded(detail),
            not_sent(detail),
            div()
                .class("govuk-button-group")
                .child((what_next(detail), receipt(detail))),
            decision(detail),
            void_decisions(detail.progress.void()),
            rules(detail),
            findings(detail),
            changes(detail),
            timeline(detail.timeline()),
            h2().class("govuk-heading-m").child("Details"),
            facts(detail),
        ))
        .into_any()
}

/// The one thing that can be done about a submission in this state.
fn what_next(detail: &SubmissionDetail) -> AnyView {
    let reference = detail.summary.reference;
    let may_send = use_session()
        .me()
        .is_some_and(|me| me.may(Permission::SendFiles));
    match detail.summary.state {
        StateName::Rejected | StateName::Refused
            if may_send && detail.summary.replaced_by.is_none() =>
        {
            link_button(
                "Send a corrected file",
                PagePath::Send.with(Parameter::Replaces, reference.to_string()),
            )
        }
        StateName::Received => p()
            .class("govuk-body")
            .child(
                a().class("govuk-link")
                    .href(PagePath::Outcome(reference).href())
                    .child("Follow the check"),
            )
            .into_any(),
        _ => ().into_any(),
    }
}
