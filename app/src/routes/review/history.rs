//! What reviewers decided: every decision, also one that took no effect, with who, when and why; narrowed by the address.

use super::history_filter::{Filter, What};
use crate::{
    address::{Address, PagePath, Parameter, use_address},
    api::{Api, ApiError, Page, calls, use_api},
    components::{
        Colour, Column, Order, Remote, SortColumn, changing, choice_field, csv_button, day_field,
        fetch, kind_field, list_filters, list_shown, order_field, plain_moment, problem_summary,
        quiet_button, remote, search_field, shown_words, sorted_table, state_tag, tag, text_cell,
    },
    routes::submissions::organisation_field,
};
use leptos::{html::*, prelude::*};
use sluice_shared::{api::DecidedReview, submission::Decision};

/// Submissions whose decisions are asked for at once.
const AT_ONCE: u16 = 100;
/// Characters of a reason in the table; all of it is on the submission's page and in the file.
const SHOWN_OF_REASON: usize = 200;

const FILTERS: &[Parameter] = &[
    Parameter::Search,
    Parameter::Kind,
    Parameter::Organisation,
    Parameter::Decision,
    Parameter::Person,
    Parameter::From,
    Parameter::To,
];

const SORTED: [&str; 4] = ["decided", "by", "organisation", "file"];
pub(super) const USUAL: Order = Order::down("decided");

const COLUMNS: [SortColumn; 7] = [
    SortColumn::by("decided", Column::Text("Decided")),
    SortColumn::plain(Column::Text("Decision")),
    SortColumn::by("by", Column::Text("By")),
    SortColumn::by("organisation", Column::Text("Organisation")),
    SortColumn::by("file", Column::Text("File")),
    SortColumn::plain(Column::Text("Reason")),
    SortColumn::plain(Column::Text("Submission")),
];

const HEADINGS: &[&str] = &[
    "Reference",
    "Organisation",
    "Kind of file",
    "File name",
    "Decision",
    "Decided at (UTC)",
    "By",
    "Sign-in",
    "Reason",
    "No effect since (UTC)",
    "Verdict, SHA-256",
];

pub(crate) fn review_history_page() -> AnyView {
    let api = use_api();
    let page = fetch(load(api, None));
    div()
        .child((
            a().class("govuk-back-link")
                .href(PagePath::ReviewQueue.href())
                .child("Back to review queue"),
            h1().class("govuk-heading-l").child("Decisions so far"),
            remote(page, "Loading what was decided", move |loaded| {
                shown(page, loaded.clone())
            }),
        ))
        .into_any()
}

async fn load(
    api: Api,
    after: Option<Page<DecidedReview>>,
) -> Result<Page<DecidedReview>, ApiError> {
    let cursor = after.as_ref().and_then(|page| page.next.clone());
    let call = calls::decided_reviews(AT_ONCE).decided_from(cursor.as_ref());
    Ok(api.get(call).await?.after(after))
}

fn shown(page: RwSignal<Remote<Page<DecidedReview>>>, loaded: Page<DecidedReview>) -> AnyView {
    let address = use_address();
    let (count, has_more) = (loaded.items.len(), loaded.next.is_some());
    if count == 0 {
        return p()
            .class("govuk-body")
            .child("Nothing was decided yet. Each decision is listed here, with who, when and why.")
            .into_any();
    }
    let all = StoredValue::new(loaded.items.clone());
    let fitting = Memo::new(move |_| {
        let filter = Filter::from_address(address);
        all.with_value(|all| filter.of_all(all, order(address)))
    });
    let words = move || {
        let all = shown_words(fitting.with(Vec::len), count, "decision", "decisions");
        if has_more {
            format!("{all}. Those on older submissions are not loaded.")
        } else {
            all
        }
    };
    let take = csv_button("decisions.csv", HEADINGS, move || {
        fitting.with_untracked(|fitting| fitting.iter().map(line).collect())
    });
    div()
        .child((
            filters(address, &loaded.items),
            div()
                .class("app-list-head")
                .child((list_shown(words), take)),
            changing(move || {
                let fitting = fitting.get();
                if fitting.is_empty() {
                    return p()
                        .class("govuk-body")
                        .child("No decision fits. Change or clear the filters.")
                        .into_any();
                }
                let rows = fitting.iter().map(row).collect();
                sorted_table(address, "Decisions", &COLUMNS, order(address), rows)
            }),
            has_more.then(|| older(page, loaded)),
        ))
        .into_any()
}

/// What loads the next part of the list; what is shown stays.
fn older(page: RwSignal<Remote<Page<DecidedReview>>>, loaded: Page<DecidedReview>) -> AnyView {
    let api = use_api();
    let failed = RwSignal::new(None::<ApiError>);
    let press = move |_| {
        let before = loaded.clone();
        leptos::task::spawn_local(async move {
            match load(api, Some(before)).await {
                Ok(more) => drop(page.try_set(Remote::Ready(more))),
                Err(error) => drop(failed.try_set(Some(error))),
            }
        });
    };
    div()
        .child((
            changing(move || failed.get().map(|error| problem_summary(&error))),
            quiet_button("Load decisions on older submissions", press),
        ))
        .into_any()
}

fn filters(address: Address, all: &[DecidedReview]) -> AnyView {
    let mut reviewers: Vec<(String, String)> = Vec::new();
    for decided in all {
        let id = decided.reviewer.id.to_string();
        if !reviewers.iter().any(|(known, _)| *known == id) {
            reviewers.push((id, decided.reviewer.name.clone()));
        }
    }
    let decisions = What::ALL.map(|(name, words, _)| (name.to_owned(), words.to_owned()));
    let fields = vec![
        search_field(address, "File name or reference"),
        kind_field(address),
        organisation_field(address),
        choice_field(address, Parameter::Decision, "Decision", "All", decisions),
        choice_field(address, Parameter::Person, "By", "Everybody", reviewers),
        day_field(address, Parameter::From, "Decided from (UTC)"),
        day_field(address, Parameter::To, "Decided until (UTC)"),
        order_field(
            address,
            &[
                (USUAL, "Latest first"),
                (Order::up("decided"), "Earliest first"),
                (Order::up("by"), "By reviewer"),
                (Order::up("organisation"), "By organisation"),
            ],
        ),
    ];
    list_filters(address, FILTERS, fields)
}

fn order(address: Address) -> Order {
    let text = address.parameter(Parameter::Sort);
    Order::parse(text.as_deref(), &SORTED, USUAL)
}

fn row(decided: &DecidedReview) -> Vec<crate::components::Cell> {
    let submission = &decided.submission;
    let what = match decided.decision.decision {
        Decision::Accept => tag("Accepted", Colour::Green),
        Decision::Refuse => tag("Refused", Colour::Red),
    };
    let void = decided
        .void_since
        .map(|_| (" ", tag("No effect", Colour::Grey)));
    vec![
        text_cell(plain_moment(decided.decision.decided_at)),
        text_cell((what, void)),
        text_cell(decided.reviewer.name.clone()),
        text_cell(submission.organisation_name.clone()),
        text_cell((
            submission.kind.name(),
            div()
                .class("govuk-hint govuk-!-margin-bottom-0 app-breakable")
                .child(submission.file_name.to_string()),
        )),
        text_cell(
            span()
                .class("app-as-typed")
                .child(beginning(decided.decision.reason.as_str())),
        ),
        text_cell((
            a().class("govuk-link app-identifier")
                .href(PagePath::Review(submission.reference).href())
                .child(submission.reference.to_string()),
            " ",
            state_tag(submission.state),
        )),
    ]
}

fn beginning(reason: &str) -> String {
    match reason.char_indices().nth(SHOWN_OF_REASON) {
        Some((end, _)) => format!("{}…", reason[..end].trim_end()),
        None => reason.to_owned(),
    }
}

fn line(decided: &DecidedReview) -> Vec<String> {
    let submission = &decided.submission;
    let what = match decided.decision.decision {
        Decision::Accept => "Accepted",
        Decision::Refuse => "Refused",
    };
    vec![
        submission.reference.to_string(),
        submission.organisation_name.clone(),
        submission.kind.name().to_owned(),
        submission.file_name.to_string(),
        what.to_owned(),
        decided.decision.decided_at.to_string(),
        decided.reviewer.name.clone(),
        decided.reviewer.id.to_string(),
        decided.decision.reason.as_str().to_owned(),
        decided
            .void_since
            .map(|at| at.to_string())
            .unwrap_or_default(),
        decided.decision.verdict.to_string(),
    ]
}

#[cfg(test)]
pub(super) fn line_fits(decided: &DecidedReview) -> bool {
    line(decided).len() == HEADINGS.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_reason_is_cut_between_characters() {
        assert_eq!(beginning("Short."), "Short.");
        let long = "é".repeat(300);
        assert_eq!(beginning(&long), format!("{}…", "é".repeat(200)));
    }
}
