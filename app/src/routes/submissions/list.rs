//! All submissions that the person may see, latest first; filtered by state, page by page. State and page live in the
//! address, so a view can be shared.

use crate::{
    address::{PagePath, Parameter, use_address},
    api::{Page, SubmissionSummary, calls, use_api},
    components::{
        Cell, Column, counted, fetch, identifier, link_button, plain_moment, quiet_button, remote,
        state_hints, state_tag, state_words, table_below_heading, text_cell,
    },
    session::use_session,
};
use leptos::{ev, html::*, prelude::*};
use sluice_shared::{directory::Permission, submission::StateName};

const ON_A_PAGE: u16 = 25;

pub fn submissions_page() -> AnyView {
    let address = use_address();
    let api = use_api();
    let session = use_session();
    let wanted = Memo::new(move |_| {
        (
            address.parameter(Parameter::State),
            address.parameter(Parameter::Cursor),
        )
    });
    let may_send = session.me().is_some_and(|me| me.may(Permission::SendFiles));
    let is_dcc = session.me().is_some_and(|me| me.dcc);
    div()
        .child((
            h1().class("govuk-heading-l").child("Submissions"),
            filter(),
            move || {
                let (state, cursor) = wanted.get();
                let call =
                    calls::submissions(ON_A_PAGE).narrowed(state.as_deref(), cursor.as_deref());
                let page = fetch(async move { api.get(call).await });
                let filtered = state.is_some();
                let further = cursor.is_some();
                remote(page, "Loading the submissions", move |page| {
                    shown(&page, filtered, further, is_dcc, may_send)
                })
            },
        ))
        .into_any()
}

fn filter() -> AnyView {
    let address = use_address();
    let options: Vec<AnyView> = StateName::ALL
        .into_iter()
        .map(|state| {
            option()
                .value(state.as_str())
                .selected(move || {
                    address.parameter(Parameter::State).as_deref() == Some(state.as_str())
                })
                .child(state_words(state))
                .into_any()
        })
        .collect();
    let choose = move |event: ev::Event| {
        address.set_parameter(Parameter::Cursor, None);
        address.set_parameter(Parameter::State, Some(&event_target_value(&event)));
    };
    div()
        .class("govuk-form-group")
        .child((
            label().class("govuk-label").r#for("state").child("State"),
            select()
                .class("govuk-select")
                .id("state")
                .on(ev::change, choose)
                .child((option().value("").child("All states"), options)),
        ))
        .into_any()
}

#[expect(
    clippy::fn_params_excessive_bools,
    reason = "four independent facts about who looks and at what"
)]
fn shown(
    page: &Page<SubmissionSummary>,
    filtered: bool,
    further: bool,
    is_dcc: bool,
    may_send: bool,
) -> AnyView {
    if page.items.is_empty() {
        return empty(filtered, may_send);
    }
    let address = use_address();
    let mut columns = vec![
        Column::Text("Reference"),
        Column::Text("File"),
        Column::Text("State"),
        Column::Text("Started"),
        Column::Text("Sent by"),
    ];
    if is_dcc {
        columns.insert(1, Column::Text("Organisation"));
    }
    let rows = page
        .items
        .iter()
        .map(|submission| row(submission, is_dcc))
        .collect();
    let next = page.next.clone().map(|next| {
        quiet_button("Older submissions", move |_| {
            address.set_parameter(Parameter::Cursor, Some(next.as_str()));
            crate::browser::focus_heading();
        })
    });
    let first = further.then(|| {
        quiet_button("Latest submissions", move |_| {
            address.set_parameter(Parameter::Cursor, None);
            crate::browser::focus_heading();
        })
    });
    div()
        .child((
            table_below_heading(
                counted(
                    page.items.len() as u64,
                    "submission, latest first",
                    "submissions, latest first",
                ),
                &columns,
                rows,
            ),
            nav()
                .class("app-pagination")
                .aria_label("Pages of submissions")
                .child((first, next)),
        ))
        .into_any()
}

fn row(submission: &SubmissionSummary, is_dcc: bool) -> Vec<Cell> {
    let reference = submission.reference.to_string();
    let found = match (submission.errors, submission.warnings) {
        (0, _) => None,
        (errors, _) => Some(
            div()
                .class("govuk-hint govuk-!-margin-bottom-0")
                .child(counted(errors, "error", "errors")),
        ),
    };
    let mut cells = vec![
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
        text_cell((state_tag(submission.state), found, state_hints(submission))),
        text_cell(plain_moment(submission.started_at)),
        text_cell(submission.uploader.name.clone()),
    ];
    if is_dcc {
        cells.insert(1, text_cell(submission.organisation_name.clone()));
    }
    cells
}

fn empty(filtered: bool, may_send: bool) -> AnyView {
    let words = if filtered {
        "No submission is in this state. Choose another state, or all of them."
    } else {
        "Nothing has been sent yet. Each file that you or your colleagues send is listed here, with what became of it."
    };
    div()
        .child((
            p().class("govuk-body").child(words),
            (may_send && !filtered).then(|| link_button("Send a file", PagePath::Send)),
        ))
        .into_any()
}
