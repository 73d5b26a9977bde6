//! Which of the submissions that are loaded are shown, in which order, and what is taken away of them.

use crate::{
    address::{Address, Parameter},
    components::{DayRange, Order, Search, state_words},
};
use sluice_shared::{api::SubmissionSummary, files::FileKind};

/// The columns that the list is sorted by.
pub(super) const SORTED: [&str; 6] = [
    "reference",
    "organisation",
    "file",
    "state",
    "started",
    "sent-by",
];

/// The latest first.
pub(super) const USUAL: Order = Order::down("started");

/// What narrows the list in the page; the service narrows it by state and organisation.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Filter {
    search: Search,
    kind: Option<FileKind>,
    days: DayRange,
}

impl Filter {
    /// As the address says.
    pub(super) fn of(address: Address) -> Self {
        let value = |parameter| address.parameter(parameter);
        let (from, to) = (value(Parameter::From), value(Parameter::To));
        let kind = value(Parameter::Kind);
        Self {
            search: Search::parse(value(Parameter::Search).as_deref()),
            kind: kind.and_then(|kind| FileKind::parse(&kind).ok()),
            days: DayRange::parse(from.as_deref(), to.as_deref()),
        }
    }

    fn fits(&self, submission: &SubmissionSummary) -> bool {
        let reference = submission.reference.to_string();
        self.kind.is_none_or(|kind| kind == submission.kind)
            && self.days.has(submission.started_at)
            && self
                .search
                .finds(&[&reference, submission.file_name.as_str()])
    }

    /// Those that fit, in order.
    pub(super) fn of_all(&self, all: &[SubmissionSummary], order: Order) -> Vec<SubmissionSummary> {
        let fitting = all.iter().filter(|submission| self.fits(submission));
        let mut fitting: Vec<_> = fitting.cloned().collect();
        sort(&mut fitting, order);
        fitting
    }
}

fn sort(submissions: &mut [SubmissionSummary], order: Order) {
    match order.by {
        "reference" => order.sort(submissions, |one| one.reference.to_string()),
        "organisation" => order.sort(submissions, |one| one.organisation_name.to_lowercase()),
        "file" => order.sort(submissions, |one| one.file_name.as_str().to_lowercase()),
        "state" => order.sort(submissions, |one| state_words(one.state)),
        "sent-by" => order.sort(submissions, |one| one.uploader.name.to_lowercase()),
        _ => order.sort(submissions, |one| one.started_at),
    }
}

/// What the columns of the list as a file are called.
pub(super) const HEADINGS: &[&str] = &[
    "Reference",
    "Organisation",
    "Kind of file",
    "File name",
    "State",
    "Started (UTC)",
    "Received (UTC)",
    "Completed (UTC)",
    "Sent by",
    "Signed by",
    "Errors",
    "Warnings",
];

/// One line of it.
pub(super) fn cells(submission: &SubmissionSummary) -> Vec<String> {
    let time = |at: Option<sluice_shared::instant::UtcTime>| {
        at.map(|at| at.to_string()).unwrap_or_default()
    };
    let signer = submission.signer.as_ref();
    vec![
        submission.reference.to_string(),
        submission.organisation_name.clone(),
        submission.kind.name().to_owned(),
        submission.file_name.to_string(),
        state_words(submission.state).to_owned(),
        submission.started_at.to_string(),
        time(submission.received_at),
        time(submission.settled_at),
        submission.uploader.name.clone(),
        signer.map(|person| person.name.clone()).unwrap_or_default(),
        submission.errors.to_string(),
        submission.warnings.to_string(),
    ]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn submission(reference: &str, kind: &str, file: &str, started: &str) -> SubmissionSummary {
        serde_json::from_value(serde_json::json!({
            "reference": reference,
            "kind": kind,
            "fileName": file,
            "length": 9,
            "organisation": "large-supplier",
            "organisationName": "Large Supplier",
            "uploader": { "id": "submitter", "name": "Submitter" },
            "state": "accepted",
            "startedAt": started,
            "errors": 0,
            "warnings": 0,
        }))
        .unwrap()
    }

    fn all() -> Vec<SubmissionSummary> {
        vec![
            submission(
                "4F7K-2M9Q-XW3T-8HBD",
                "adt",
                "ADT_b.csv",
                "2026-11-03T09:00:00Z",
            ),
            submission(
                "5G8M-3N9R-XW3T-8HBD",
                "exit-quarantine",
                "EXITQ_1203.csv",
                "2026-11-04T09:00:00Z",
            ),
            submission(
                "6G8M-3N9R-XW3T-8HBD",
                "adt",
                "adt_A.csv",
                "2026-11-05T09:00:00Z",
            ),
        ]
    }

    fn shown(filter: &Filter, order: Order) -> Vec<String> {
        let shown = filter.of_all(&all(), order);
        shown.iter().map(|one| one.file_name.to_string()).collect()
    }

    #[test]
    fn the_latest_come_first_unless_somebody_says_otherwise() {
        let filter = Filter::default();
        assert_eq!(
            shown(&filter, USUAL),
            ["adt_A.csv", "EXITQ_1203.csv", "ADT_b.csv"]
        );
        assert_eq!(
            shown(&filter, Order::up("file")),
            ["adt_A.csv", "ADT_b.csv", "EXITQ_1203.csv"]
        );
    }

    #[test]
    fn every_column_sorts() {
        for by in SORTED {
            assert_eq!(shown(&Filter::default(), Order::up(by)).len(), 3, "{by}");
        }
        let filter = Filter::default();
        assert_eq!(shown(&filter, Order::down("reference"))[0], "adt_A.csv");
    }

    #[test]
    fn all_filters_have_to_fit() {
        let by = |filter: Filter| shown(&filter, USUAL);
        let kind = Filter {
            kind: Some(FileKind::ExitQuarantine),
            ..Filter::default()
        };
        assert_eq!(by(kind.clone()), ["EXITQ_1203.csv"]);
        let search = Filter {
            search: Search::parse(Some("adt")),
            ..Filter::default()
        };
        assert_eq!(by(search), ["adt_A.csv", "ADT_b.csv"]);
        let reference = Filter {
            search: Search::parse(Some("4f7k2m9q")),
            ..Filter::default()
        };
        assert_eq!(by(reference), ["ADT_b.csv"]);
        let day = DayRange::parse(Some("2026-11-05"), None);
        assert_eq!(by(Filter { days: day, ..kind }), Vec::<String>::new());
    }

    #[test]
    fn a_line_has_a_cell_for_each_heading() {
        assert!(all().iter().all(|one| cells(one).len() == HEADINGS.len()));
    }
}
