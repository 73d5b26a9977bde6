//! Which decisions of the history are shown, and in which order.

use super::history::USUAL;
use crate::{
    address::{Address, Parameter},
    components::{FileFilter, Order},
};
use sluice_shared::{api::DecidedReview, submission::Decision};

/// What a decision was, and whether it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Accepted,
    Refused,
    NoEffect,
}

impl What {
    pub(super) const ALL: [(&str, &str, Self); 3] = [
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
pub(super) struct Filter {
    file: FileFilter,
    organisation: Option<String>,
    what: Option<What>,
    by: Option<String>,
}

impl Filter {
    pub(super) fn from_address(address: Address) -> Self {
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

    pub(super) fn of_all(&self, all: &[DecidedReview], order: Order) -> Vec<DecidedReview> {
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
        assert!(all.iter().all(super::super::history::line_fits));
    }
}
