//! Submissions in progress, and recent outcomes.

use crate::{
    address::PagePath,
    api::{Page, SubmissionSummary},
    components::{
        Column, Order, Remote, counted, identifier, link_button, moment, notification_of,
        state_hints, state_tag, table_below_heading, text_cell,
    },
};
use leptos::{html::*, prelude::*};

/// Settled submissions shown.
const LATELY: usize = 5;

/// What the DCC asks about and nobody has answered; nothing where it asks nothing.
pub(super) fn asked_about(all: &[SubmissionSummary]) -> AnyView {
    let asked = all
        .iter()
        .filter(|submission| submission.questions.is_some_and(|asked| asked.open > 0));
    let links: Vec<AnyView> = asked
        .map(|submission| {
            li().child((
                a().class("govuk-notification-banner__link app-identifier")
                    .href(PagePath::Submission(submission.reference).href())
                    .child(submission.reference.to_string()),
                format!(", {}", submission.file_name),
            ))
            .into_any()
        })
        .collect();
    if links.is_empty() {
        return ().into_any();
    }
    notification_of(
        "The DCC asks you",
        (
            p().class("govuk-notification-banner__heading")
                .child(format!(
                    "The DCC asks about {}. A reviewer waits for your answer.",
                    counted(links.len() as u64, "submission", "submissions")
                )),
            ul().class("govuk-list govuk-!-margin-bottom-0")
                .child(links),
        ),
    )
}

pub(super) fn unsettled(all: &[SubmissionSummary]) -> AnyView {
    let open: Vec<&SubmissionSummary> = all
        .iter()
        .filter(|submission| !submission.state.is_terminal())
        .collect();
    if open.is_empty() {
        return div()
            .child((
                p().class("govuk-body").child("Nothing is in progress. A file that you send is listed here until its outcome is known."),
                link_button("Send a file", PagePath::Send),
            ))
            .into_any();
    }
    submissions(
        counted(
            open.len() as u64,
            "submission in progress",
            "submissions in progress",
        ),
        &open,
    )
}

/// The heading of what was settled, once there is something.
pub(super) fn settled_heading(submissions: RwSignal<Remote<Page<SubmissionSummary>>>) -> AnyView {
    (move || {
        let any = submissions.with(|page| match page {
            Remote::Ready(page) => page
                .items
                .iter()
                .any(|submission| submission.state.is_terminal()),
            _ => false,
        });
        any.then(|| h2().class("govuk-heading-m").child("Recent outcomes"))
    })
    .into_any()
}

pub(super) fn settled(all: &[SubmissionSummary]) -> AnyView {
    let mut done: Vec<&SubmissionSummary> = all
        .iter()
        .filter(|submission| submission.state.is_terminal())
        .collect();
    if done.is_empty() {
        return ().into_any();
    }
    Order::down("settled").sort(&mut done, |submission| submission.settled_at);
    done.truncate(LATELY);
    div()
        .child((
            submissions("Recent outcomes".into(), &done),
            p().class("govuk-body").child(
                a().class("govuk-link")
                    .href(PagePath::Submissions.href())
                    .child("All submissions"),
            ),
        ))
        .into_any()
}

fn submissions(caption: String, shown: &[&SubmissionSummary]) -> AnyView {
    let columns = [
        Column::Text("Reference"),
        Column::Text("File"),
        Column::Text("State"),
        Column::Text("Since"),
    ];
    let rows = shown
        .iter()
        .map(|submission| {
            let reference = submission.reference.to_string();
            let since = submission
                .settled_at
                .or(submission.received_at)
                .unwrap_or(submission.started_at);
            vec![
                text_cell(
                    a().class("govuk-link")
                        .href(PagePath::Submission(submission.reference).href())
                        .child(identifier(&reference)),
                ),
                text_cell((
                    submission.kind.name(),
                    div()
                        .class("govuk-hint govuk-!-margin-bottom-0 app-breakable")
                        .child(submission.file_name.to_string()),
                )),
                text_cell((state_tag(submission.state), state_hints(submission))),
                text_cell(moment(since)),
            ]
        })
        .collect();
    table_below_heading(caption, &columns, rows)
}
