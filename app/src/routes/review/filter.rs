//! Which of the submissions that wait are shown, in which order, and what is taken away of them.

use crate::{
    address::{Address, Parameter},
    components::{
        FileFilter, Order, day_field, kind_field, list_filters, order_field, search_field,
    },
    routes::submissions::organisation_field,
};
use leptos::prelude::AnyView;
use sluice_shared::api::ReviewItem;

/// The columns that the queue is sorted by.
pub(super) const SORTED: [&str; 6] = [
    "since",
    "organisation",
    "file",
    "why",
    "signed-by",
    "sent-by",
];

/// What has waited longest first.
pub(super) const USUAL: Order = Order::up("since");

const FILTERS: &[Parameter] = &[
    Parameter::Search,
    Parameter::Kind,
    Parameter::Organisation,
    Parameter::From,
    Parameter::To,
];

/// The fields above the queue.
pub(super) fn filters(address: Address) -> AnyView {
    let fields = vec![
        search_field(address, "File name or reference"),
        kind_field(address),
        organisation_field(address),
        day_field(address, Parameter::From, "Waiting from (UTC)"),
        day_field(address, Parameter::To, "Waiting until (UTC)"),
        order_field(
            address,
            &[
                (USUAL, "Oldest first"),
                (Order::down("since"), "Latest first"),
                (Order::down("why"), "Most reasons first"),
                (Order::up("organisation"), "By organisation"),
            ],
        ),
    ];
    list_filters(address, FILTERS, fields)
}

/// What narrows the queue.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Filter {
    file: FileFilter,
    organisation: Option<String>,
}

impl Filter {
    /// As the address says.
    pub(super) fn from_address(address: Address) -> Self {
        Self {
            file: FileFilter::from_address(address),
            organisation: address.parameter(Parameter::Organisation),
        }
    }

    fn fits(&self, item: &ReviewItem) -> bool {
        let organisation = item.submission.organisation.as_str();
        let wanted = self.organisation.as_deref();
        self.file.fits(&item.submission, item.since)
            && wanted.is_none_or(|wanted| wanted == organisation)
    }

    /// Those that fit, in order.
    pub(super) fn of_all(&self, all: &[ReviewItem], order: Order) -> Vec<ReviewItem> {
        let mut fitting: Vec<_> = all.iter().filter(|item| self.fits(item)).cloned().collect();
        // Of equals, what has waited longer comes first.
        Order::up("since").sort(&mut fitting, |item| item.since);
        sort(&mut fitting, order);
        fitting
    }
}

fn sort(items: &mut [ReviewItem], order: Order) {
    match order.by {
        "organisation" => order.sort(items, |one| one.submission.organisation_name.to_lowercase()),
        "file" => order.sort(items, |one| {
            one.submission.file_name.as_str().to_lowercase()
        }),
        "why" => order.sort(items, |one| one.submission.rules.len()),
        "signed-by" => order.sort(items, |one| {
            let signer = one.submission.signer.as_ref();
            signer.map(|person| person.name.to_lowercase())
        }),
        "sent-by" => order.sort(items, |one| one.submission.uploader.name.to_lowercase()),
        _ => order.sort(items, |one| one.since),
    }
}

/// What the columns of the queue as a file are called.
pub(super) const HEADINGS: &[&str] = &[
    "Reference",
    "Organisation",
    "Kind of file",
    "File name",
    "Waiting since (UTC)",
    "Why",
    "Signed by",
    "Sent by",
];

/// One line of it.
pub(super) fn cells(item: &ReviewItem) -> Vec<String> {
    let submission = &item.submission;
    let signer = submission.signer.as_ref();
    let why = super::table::reasons(submission.rules.iter().map(|rule| rule.title()));
    vec![
        submission.reference.to_string(),
        submission.organisation_name.clone(),
        submission.kind.name().to_owned(),
        submission.file_name.to_string(),
        item.since.to_string(),
        why.join(" · "),
        signer.map(|person| person.name.clone()).unwrap_or_default(),
        submission.uploader.name.clone(),
    ]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::components::{DayRange, Search};

    fn item(file: &str, organisation: &str, since: &str, rules: &[&str]) -> ReviewItem {
        serde_json::from_value(serde_json::json!({
            "submission": {
                "reference": "4F7K-2M9Q-XW3T-8HBD",
                "kind": "adt",
                "fileName": file,
                "length": 9,
                "organisation": organisation,
                "organisationName": organisation,
                "uploader": { "id": "submitter", "name": "Submitter" },
                "state": "awaiting-review",
                "startedAt": "2026-11-03T09:00:00Z",
                "errors": 0,
                "warnings": 0,
                "rules": rules,
            },
            "since": since,
        }))
        .unwrap()
    }

    fn all() -> Vec<ReviewItem> {
        vec![
            item(
                "b.csv",
                "supplier",
                "2026-11-04T09:00:00Z",
                &["raise-over-factor", "first-statement"],
            ),
            item(
                "a.csv",
                "network",
                "2026-11-03T09:00:00Z",
                &["first-statement"],
            ),
            item(
                "c.csv",
                "network",
                "2026-11-05T09:00:00Z",
                &["first-statement"],
            ),
        ]
    }

    fn shown(filter: &Filter, order: Order) -> Vec<String> {
        let shown = filter.of_all(&all(), order);
        let name = |item: &ReviewItem| item.submission.file_name.to_string();
        shown.iter().map(name).collect()
    }

    #[test]
    fn what_has_waited_longest_comes_first_also_among_equals() {
        let filter = Filter::default();
        assert_eq!(shown(&filter, USUAL), ["a.csv", "b.csv", "c.csv"]);
        assert_eq!(
            shown(&filter, Order::down("why")),
            ["b.csv", "a.csv", "c.csv"]
        );
        assert_eq!(
            shown(&filter, Order::up("organisation")),
            ["a.csv", "c.csv", "b.csv"]
        );
        for by in SORTED {
            assert_eq!(shown(&filter, Order::down(by)).len(), 3, "{by}");
        }
    }

    #[test]
    fn all_filters_have_to_fit() {
        let of = Filter {
            organisation: Some("network".to_owned()),
            ..Filter::default()
        };
        assert_eq!(shown(&of, USUAL), ["a.csv", "c.csv"]);
        let later = Filter {
            file: FileFilter {
                days: DayRange::parse(Some("2026-11-04"), None),
                ..FileFilter::default()
            },
            ..of.clone()
        };
        assert_eq!(shown(&later, USUAL), ["c.csv"]);
        let search = Filter {
            file: FileFilter {
                search: Search::parse(Some("b.csv")),
                ..FileFilter::default()
            },
            ..of
        };
        assert!(shown(&search, USUAL).is_empty());
    }

    #[test]
    fn a_line_has_a_cell_for_each_heading() {
        assert!(all().iter().all(|one| cells(one).len() == HEADINGS.len()));
    }
}
