//! Which of the submissions that are loaded are shown, in which order, and what is taken away of them.

use crate::components::{FileFilter, Order, state_words};
use sluice_shared::api::SubmissionSummary;

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

/// Those that fit what narrows the list in the page, in order; the service narrows it by state and organisation.
pub(super) fn fitting(
    filter: &FileFilter,
    all: &[SubmissionSummary],
    order: Order,
) -> Vec<SubmissionSummary> {
    let fitting = all.iter().filter(|one| filter.fits(one, one.started_at));
    let mut fitting: Vec<_> = fitting.cloned().collect();
    sort(&mut fitting, order);
    fitting
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
    use crate::components::{DayRange, Search};
    use sluice_shared::files::FileKind;

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

    fn shown(filter: &FileFilter, order: Order) -> Vec<String> {
        let shown = fitting(filter, &all(), order);
        shown.iter().map(|one| one.file_name.to_string()).collect()
    }

    #[test]
    fn the_latest_come_first_unless_somebody_says_otherwise() {
        let filter = FileFilter::default();
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
            assert_eq!(
                shown(&FileFilter::default(), Order::up(by)).len(),
                3,
                "{by}"
            );
        }
        let filter = FileFilter::default();
        assert_eq!(shown(&filter, Order::down("reference"))[0], "adt_A.csv");
    }

    #[test]
    fn all_filters_have_to_fit() {
        let by = |filter: FileFilter| shown(&filter, USUAL);
        let kind = FileFilter {
            kind: Some(FileKind::ExitQuarantine),
            ..FileFilter::default()
        };
        assert_eq!(by(kind.clone()), ["EXITQ_1203.csv"]);
        let search = FileFilter {
            search: Search::parse(Some("adt")),
            ..FileFilter::default()
        };
        assert_eq!(by(search), ["adt_A.csv", "ADT_b.csv"]);
        let reference = FileFilter {
            search: Search::parse(Some("4f7k2m9q")),
            ..FileFilter::default()
        };
        assert_eq!(by(reference), ["ADT_b.csv"]);
        let day = DayRange::parse(Some("2026-11-05"), None);
        assert_eq!(by(FileFilter { days: day, ..kind }), Vec::<String>::new());
    }

    #[test]
    fn a_line_has_a_cell_for_each_heading() {
        assert!(all().iter().all(|one| cells(one).len() == HEADINGS.len()));
    }
}
