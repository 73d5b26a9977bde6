//! What needs the person now, and what was settled lately. DCC staff begin with their reviews instead.

use crate::{
    address::use_address,
    api::{Page, QuarantineEventView, SubmissionSummary, use_api},
    components::{
        Colour, Column, Remote, counted, fetch, figure, identifier, link_button, moment,
        number_cell, plain_moment, remote, state_tag, table_below_heading as table, tag, text_cell,
    },
    send::{self, Draft},
    session::use_session,
};
use leptos::{html::*, prelude::*};
use sluice_shared::quarantine::Deadline;

/// Settled submissions shown.
const LATELY: usize = 5;

/// The first page.
pub(super) fn page() -> AnyView {
    let Some(me) = use_session().me() else {
        return ().into_any();
    };
    if me.dcc {
        use_address().open_instead("/review");
        return ().into_any();
    }
    let api = use_api();
    let events = fetch(async move {
        api.get::<Page<QuarantineEventView>>("/quarantine-events")
            .await
    });
    let submissions = fetch(async move {
        api.get::<Page<SubmissionSummary>>("/submissions?limit=50")
            .await
    });
    div()
        .child((
            h1().class("govuk-heading-l").child("Overview"),
            h2().class("govuk-heading-m")
                .child("Communications held for you to decide"),
            remote(events, "Loading what is held", |page| held(&page.items)),
            drafts(),
            h2().class("govuk-heading-m")
                .child("Submissions on their way"),
            remote(submissions, "Loading the submissions", |page| {
                unsettled(&page.items)
            }),
            settled_heading(submissions),
            move || match submissions.get() {
                Remote::Ready(page) => settled(&page.items),
                _ => ().into_any(),
            },
        ))
        .into_any()
}

fn held(events: &[QuarantineEventView]) -> AnyView {
    let mut open: Vec<&QuarantineEventView> =
        events.iter().filter(|event| !event.is_closed()).collect();
    if open.is_empty() {
        return p()
            .class("govuk-body")
            .child("Nothing is held. You are told here when something is.")
            .into_any();
    }
    open.sort_by_key(|event| event.due_at);
    let columns = [
        Column::Text("Event"),
        Column::Text("User ID"),
        Column::Number("Held"),
        Column::Text("Decision due"),
        Column::Text("Held since"),
    ];
    let rows = open.into_iter().map(event_row).collect();
    div()
        .child((
            table("Open events, the most urgent first", &columns, rows),
            p().class("govuk-body").child(
                "A held communication stays held until you decide: nothing is released or deleted by the clock alone.",
            ),
        ))
        .into_any()
}

fn event_row(view: &QuarantineEventView) -> Vec<AnyView> {
    let reference = view.event.reference.to_string();
    let urgency = match view.deadline {
        Deadline::InTime => ().into_any(),
        Deadline::Reminded => tag("Due soon", Colour::Yellow),
        Deadline::Overdue => tag("Overdue", Colour::Red),
        Deadline::Listed => tag("Listed for deletion", Colour::Red),
    };
    vec![
        text_cell(
            a().class("govuk-link")
                .href(format!("/quarantine/{reference}"))
                .child(identifier(&reference)),
        ),
        text_cell(identifier(&view.event.user_id.to_string())),
        number_cell(figure(view.event.counts.held)),
        text_cell((moment(view.due_at), " ", urgency)),
        text_cell(plain_moment(view.event.quarantined_at)),
    ]
}

/// The drafts in this browser; nothing when there are none.
fn drafts() -> AnyView {
    let waiting = RwSignal::new(Vec::<Draft>::new());
    let Some(me) = use_session().me() else {
        return ().into_any();
    };
    leptos::task::spawn_local(async move {
        if let Ok(all) = send::drafts(&me.person.id).await {
            let _ = waiting.try_set(all);
        }
    });
    (move || {
        let rows: Vec<Vec<AnyView>> = waiting
            .get()
            .into_iter()
            .map(|draft| {
                vec![
                    text_cell(
                        a().class("govuk-link app-breakable")
                            .href(draft.address())
                            .child(draft.file_name.clone()),
                    ),
                    text_cell(draft.kind.map(sluice_shared::files::FileKind::name)),
                    text_cell(moment(draft.changed_at)),
                ]
            })
            .collect();
        let columns = [
            Column::Text("File"),
            Column::Text("Kind"),
            Column::Text("Last changed"),
        ];
        (!rows.is_empty()).then(|| {
            (
                h2().class("govuk-heading-m").child("Drafts"),
                table("Drafts in this browser, not sent yet", &columns, rows),
            )
        })
    })
    .into_any()
}

fn unsettled(all: &[SubmissionSummary]) -> AnyView {
    let open: Vec<&SubmissionSummary> = all
        .iter()
        .filter(|submission| !submission.state.is_terminal())
        .collect();
    if open.is_empty() {
        return div()
            .child((
                p().class("govuk-body").child("No submission is waiting. A file that you send is listed here until it is settled."),
                link_button("Send a file", "/send"),
            ))
            .into_any();
    }
    submissions(
        counted(
            open.len() as u64,
            "submission is not settled",
            "submissions are not settled",
        ),
        &open,
    )
}

fn settled_heading(submissions: RwSignal<Remote<Page<SubmissionSummary>>>) -> AnyView {
    (move || {
        let any = submissions.with(|page| match page {
            Remote::Ready(page) => page
                .items
                .iter()
                .any(|submission| submission.state.is_terminal()),
            _ => false,
        });
        any.then(|| h2().class("govuk-heading-m").child("Settled lately"))
    })
    .into_any()
}

fn settled(all: &[SubmissionSummary]) -> AnyView {
    let mut done: Vec<&SubmissionSummary> = all
        .iter()
        .filter(|submission| submission.state.is_terminal())
        .collect();
    if done.is_empty() {
        return ().into_any();
    }
    done.sort_by_key(|submission| std::cmp::Reverse(submission.settled_at));
    done.truncate(LATELY);
    div()
        .child((
            submissions("The submissions settled last".into(), &done),
            p().class("govuk-body").child(
                a().class("govuk-link")
                    .href("/submissions")
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
                        .href(format!("/submissions/{reference}"))
                        .child(identifier(&reference)),
                ),
                text_cell((
                    submission.kind.name(),
                    div()
                        .class("govuk-hint govuk-!-margin-bottom-0 app-breakable")
                        .child(submission.file_name.to_string()),
                )),
                text_cell(state_tag(submission.state)),
                text_cell(moment(since)),
            ]
        })
        .collect();
    table(caption, &columns, rows)
}
