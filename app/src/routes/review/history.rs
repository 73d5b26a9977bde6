//! What reviewers decided: every decision, also one that took no effect, with who, when and why; narrowed by the address.

use crate::{
    address::{Address, PagePath, Parameter, use_address},
    api::{Api, ApiError, Page, calls, use_api},
    components::{
        Colour, Column, FileFilter, Order, Remote, SortColumn, changing, choice_field, csv_button,
        day_field, fetch, kind_field, list_filters, list_shown, order_field, plain_moment,
        problem_summary, quiet_button, remote, search_field, shown_words, sorted_table, state_tag,
        tag, text_cell,
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
const USUAL: Order = Order::down("decided");

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

/// What a decision was, and whether it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Accepted,
    Refused,
    NoEffect,
}

impl What {
    const ALL: [(&str, &str, Self); 3] = [
        ("accepted", "Accepted", Self::Accepted),
        ("refused", "Refused", Self::Refused),
        ("no-effect", "No effect", Self::NoEffect),
    ];

    const fn of(decided: &DecidedReview) -> Self {
        match (decided.void_since, decided.decision.decision) {
            (Some(_), _) => Self::NoEffect,
            (None, Decision::Accept) => Self::Accepted,
            (None, Decision::Refuse) => Self::Refused,
        }
    }
}

/// What narrows the history.
#[derive(Clone, Debug, Default, PartialEq)]
struct Filter {
    file: FileFilter,
    organisation: Option<String>,
    what: Option<What>,
    by: Option<String>,
}

impl Filter {
    fn from_address(address: Address) -> Self {
        let name = address.parameter(Parameter::Decision);
        let named = What::ALL
            .iter()
            .find(|(known, ..)| Some(*known) == name.as_deref());
        Self {
            file: FileFilter::from_address(address),
            organisation: address.parameter(Parameter::Organisation),
            what: named.map(|(_, _, what)| *what),
            by: address.parameter(Parameter::Person),
        }
    }

    fn fits(&self, decided: &DecidedReview) -> bool {
        let submission = &decided.submission;
        let organisation = submission.organisation.as_str();
        self.file.fits(submission, decided.decision.decided_at)
            && (self.organisation.as_deref()).is_none_or(|wanted| wanted == organisation)
            && self.what.is_none_or(|what| what == What::of(decided))
            && (self.by.as_deref()).is_none_or(|by| by == decided.reviewer.id.as_str())
    }

    fn of_all(&self, all: &[DecidedReview], order: Order) -> Vec<DecidedReview> {
        let mut fitting: Vec<_> = all.iter().filter(|one| self.fits(one)).cloned().collect();
        USUAL.sort(&mut fitting, |one| one.decision.decided_at);
        match order.by {
            "by" => order.sort(&mut fitting, |one| one.reviewer.name.to_lowercase()),
            "organisation" => order.sort(&mut fitting, |one| {
                one.submission.organisation_name.to_lowercase()
            }),
            "file" => order.sort(&mut fitting, |one| {
                one.submission.file_name.as_str().to_lowercase()
            }),
            _ => order.sort(&mut fitting, |one| one.decision.decided_at),
        }
        fitting
    }
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
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::components::DayRange;
    use serde_json::json;

    fn decided(
        file: &str,
        by: &str,
        decision: &str,
        at: &str,
        void: Option<&str>,
    ) -> DecidedReview {
        serde_json::from_value(json!({
            "submission": {
                "reference": "4F7K-2M9Q-XW3T-8HBD", "kind": "adt", "fileName": file, "length": 9,
                "organisation": "supplier", "organisationName": "Supplier",
                "uploader": { "id": "submitter", "name": "Submitter" }, "state": "accepted",
                "startedAt": "2026-11-03T09:00:00Z", "errors": 0, "warnings": 0,
            },
            "decision": {
                "reviewer": by, "decision": decision, "reason": "As announced.", "decidedAt": at,
                "verdict": "00".repeat(32),
            },
            "reviewer": { "id": by, "name": by },
            "voidSince": void,
        }))
        .unwrap()
    }

    #[test]
    fn the_history_is_narrowed_by_decision_reviewer_and_day_latest_first() {
        let all = [
            decided("a.csv", "one", "accept", "2026-11-03T09:00:00Z", None),
            decided("b.csv", "two", "refuse", "2026-11-04T09:00:00Z", None),
            decided(
                "c.csv",
                "one",
                "accept",
                "2026-11-05T09:00:00Z",
                Some("2026-11-05T09:01:00Z"),
            ),
        ];
        let files = |filter: &Filter| {
            let fitting = filter.of_all(&all, USUAL);
            let name = |one: &DecidedReview| one.submission.file_name.to_string();
            fitting.iter().map(name).collect::<Vec<_>>()
        };
        assert_eq!(files(&Filter::default()), ["c.csv", "b.csv", "a.csv"]);
        for (what, expected) in [
            (What::Accepted, "a.csv"),
            (What::Refused, "b.csv"),
            (What::NoEffect, "c.csv"),
        ] {
            let filter = Filter {
                what: Some(what),
                ..Filter::default()
            };
            assert_eq!(files(&filter), [expected]);
        }
        let by = Filter {
            by: Some("one".to_owned()),
            ..Filter::default()
        };
        assert_eq!(files(&by), ["c.csv", "a.csv"]);
        let days = Filter {
            file: FileFilter {
                days: DayRange::parse(Some("2026-11-04"), Some("2026-11-04")),
                ..FileFilter::default()
            },
            ..Filter::default()
        };
        assert_eq!(files(&days), ["b.csv"]);
        assert!(all.iter().all(|one| line(one).len() == HEADINGS.len()));
    }

    #[test]
    fn a_long_reason_is_cut_between_characters() {
        assert_eq!(beginning("Short."), "Short.");
        let long = "é".repeat(300);
        assert_eq!(beginning(&long), format!("{}…", "é".repeat(200)));
    }
}
