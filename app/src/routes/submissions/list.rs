//! All submissions that the person may see: searched, narrowed, sorted, to take away. What is chosen lives in the address, so a view can
//! be shared.

use super::filter::{self, HEADINGS, SORTED, USUAL, cells};
use crate::{
    address::{Address, PagePath, Parameter, use_address},
    api::{Api, ApiError, Page, SubmissionSummary, calls, use_api},
    components::{
        Cell, Column, FileFilter, Order, Remote, SortColumn, changing, choice_field, counted,
        csv_button, day_field, fetch, grouped_count, identifier, kind_field, link_button,
        list_filters, list_shown, order_field, pagination, plain_moment, problem_summary,
        quiet_button, remote, search_field, shown_words, sorted_table, state_hints, state_tag,
        state_words, text_cell,
    },
    session::use_session,
};
use leptos::{html::*, prelude::*};
use sluice_shared::{
    api::{Cursor, Limit},
    directory::Permission,
    submission::StateName,
};

/// Rows of one page of the table.
const ON_A_PAGE: usize = 100;

const FILTERS: &[Parameter] = &[
    Parameter::Search,
    Parameter::Kind,
    Parameter::State,
    Parameter::Organisation,
    Parameter::From,
    Parameter::To,
];

/// Who looks.
#[derive(Clone, Copy)]
struct Looks {
    is_dcc: bool,
    may_send: bool,
}

pub fn submissions_page() -> AnyView {
    let address = use_address();
    let api = use_api();
    let me = use_session().me();
    let looks = Looks {
        is_dcc: me.as_ref().is_some_and(|me| me.dcc),
        may_send: me.is_some_and(|me| me.may(Permission::SendFiles)),
    };
    // What the service narrows by: each change asks it anew.
    let asked = Memo::new(move |_| {
        (
            address.parameter(Parameter::State),
            address.parameter(Parameter::Organisation),
        )
    });
    div()
        .child((
            h1().class("govuk-heading-l").child("Submissions"),
            filters(address, looks),
            changing(move || {
                let (state, organisation) = asked.get();
                let more = More {
                    state,
                    organisation,
                };
                let page = fetch(more.clone().load(api, None));
                remote(page, "Loading the submissions", move |loaded| {
                    shown(page, loaded.clone(), looks, more.clone())
                })
            }),
        ))
        .into_any()
}

fn filters(address: Address, looks: Looks) -> AnyView {
    let states =
        StateName::ALL.map(|state| (state.as_str().to_owned(), state_words(state).to_owned()));
    let mut fields = vec![
        search_field(address, "File name or reference"),
        kind_field(address),
        choice_field(address, Parameter::State, "State", "All", states),
    ];
    if looks.is_dcc {
        fields.push(organisation_field(address));
    }
    fields.extend([
        day_field(address, Parameter::From, "Started from (UTC)"),
        day_field(address, Parameter::To, "Started until (UTC)"),
        order_field(
            address,
            &[
                (USUAL, "Latest first"),
                (Order::up("started"), "Earliest first"),
                (Order::up("file"), "By file name"),
                (Order::up("state"), "By state"),
            ],
        ),
    ]);
    list_filters(address, FILTERS, fields)
}

/// The organisations that send files, for DCC staff.
pub fn organisation_field(address: Address) -> AnyView {
    let me = use_session().me();
    let organisations = me.map(|me| me.organisations).unwrap_or_default();
    let options = organisations
        .into_iter()
        .filter(|organisation| !organisation.user_ids.is_empty())
        .map(|organisation| (organisation.id.to_string(), organisation.name));
    choice_field(
        address,
        Parameter::Organisation,
        "Organisation",
        "All",
        options,
    )
}

/// What the service is asked for, again where the list goes on.
#[derive(Clone)]
struct More {
    state: Option<String>,
    organisation: Option<String>,
}

impl More {
    async fn load(
        self,
        api: Api,
        after: Option<Page<SubmissionSummary>>,
    ) -> Result<Page<SubmissionSummary>, ApiError> {
        let cursor = after.as_ref().and_then(|page| page.next.clone());
        let call = calls::submissions(Limit::MOST)
            .narrowed(self.state.as_deref(), cursor.as_ref().map(Cursor::as_str))
            .of_organisation(self.organisation.as_deref());
        Ok(api.get(call).await?.after(after))
    }
}

fn shown(
    page: RwSignal<Remote<Page<SubmissionSummary>>>,
    loaded: Page<SubmissionSummary>,
    looks: Looks,
    more: More,
) -> AnyView {
    let address = use_address();
    let is_filtered = move || {
        FILTERS
            .iter()
            .any(|filter| address.parameter(*filter).is_some())
    };
    if loaded.items.is_empty() && !untrack(is_filtered) {
        return nothing_sent(looks.may_send);
    }
    let count = loaded.items.len();
    let has_more = loaded.next.is_some();
    let kept = StoredValue::new(loaded);
    let order = Memo::new(move |_| {
        Order::parse(
            address.parameter(Parameter::Sort).as_deref(),
            &SORTED,
            USUAL,
        )
    });
    let fitting = Memo::new(move |_| {
        let by = FileFilter::from_address(address);
        kept.with_value(|page| filter::fitting(&by, &page.items, order.get()))
    });
    let words = move || {
        let all = shown_words(fitting.with(Vec::len), count, "submission", "submissions");
        if has_more {
            format!(
                "{all}. Only the latest {} are loaded: older ones are not searched.",
                grouped_count(count)
            )
        } else {
            all
        }
    };
    let take = csv_button("submissions.csv", HEADINGS, move || {
        fitting.with_untracked(|fitting| fitting.iter().map(cells).collect())
    });
    div()
        .child((
            div()
                .class("app-list-head")
                .child((list_shown(words), take)),
            has_more.then(|| older(page, kept, more)),
            changing(move || {
                fitting.with(|fitting| {
                    if fitting.is_empty() {
                        p().class("govuk-body")
                            .child("No submission fits. Change or clear the filters.")
                            .into_any()
                    } else {
                        rows(address, fitting, order.get(), looks.is_dcc)
                    }
                })
            }),
        ))
        .into_any()
}

/// What loads the next part of the list; what is shown stays.
fn older(
    page: RwSignal<Remote<Page<SubmissionSummary>>>,
    kept: StoredValue<Page<SubmissionSummary>>,
    more: More,
) -> AnyView {
    let api = use_api();
    let failed = RwSignal::new(None::<ApiError>);
    let load = move |_| {
        let (more, loaded) = (more.clone(), kept.get_value());
        leptos::task::spawn_local(async move {
            match more.load(api, Some(loaded)).await {
                Ok(loaded) => drop(page.try_set(Remote::Ready(loaded))),
                Err(error) => drop(failed.try_set(Some(error))),
            }
        });
    };
    p().class("govuk-body app-list-more")
        .child((
            changing(move || failed.get().map(|error| problem_summary(&error))),
            quiet_button("Load older submissions", load),
        ))
        .into_any()
}

fn rows(address: Address, fitting: &[SubmissionSummary], order: Order, is_dcc: bool) -> AnyView {
    let mut columns = vec![
        SortColumn::by("reference", Column::Text("Reference")),
        SortColumn::by("file", Column::Text("File")),
        SortColumn::by("state", Column::Text("State")),
        SortColumn::by("started", Column::Text("Started")),
        SortColumn::by("sent-by", Column::Text("Sent by")),
    ];
    if is_dcc {
        let organisation = SortColumn::by("organisation", Column::Text("Organisation"));
        columns.insert(1, organisation);
    }
    let pages = fitting.len().div_ceil(ON_A_PAGE);
    let at = address.parameter(Parameter::Page);
    let at = at.and_then(|page| page.parse().ok()).unwrap_or(1_usize);
    let at = at.clamp(1, pages.max(1));
    let rows = fitting
        .iter()
        .skip((at - 1) * ON_A_PAGE)
        .take(ON_A_PAGE)
        .map(|submission| row(submission, is_dcc))
        .collect();
    let to = move |page: usize| -> Box<dyn Fn() + Send> {
        Box::new(move || {
            address.set_parameter(Parameter::Page, Some(&page.to_string()));
            crate::browser::focus_heading();
        })
    };
    div()
        .child((
            sorted_table(address, "Submissions", &columns, order, rows),
            (pages > 1).then(|| {
                pagination(
                    "Pages of submissions",
                    format!("Page {at} of {pages}"),
                    (at > 1).then(|| to(at - 1)),
                    (at < pages).then(|| to(at + 1)),
                )
            }),
        ))
        .into_any()
}

fn row(submission: &SubmissionSummary, is_dcc: bool) -> Vec<Cell> {
    let reference = submission.reference.to_string();
    let found = (submission.errors > 0).then(|| {
        div()
            .class("govuk-hint govuk-!-margin-bottom-0")
            .child(counted(submission.errors, "error", "errors"))
    });
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

fn nothing_sent(may_send: bool) -> AnyView {
    div()
        .child((
            p().class("govuk-body").child(
                "Nothing has been sent yet. Each file that you or your colleagues send is listed here, with what became of it.",
            ),
            may_send.then(|| link_button("Send a file", PagePath::Send)),
        ))
        .into_any()
}
