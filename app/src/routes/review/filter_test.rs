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
        "risk": if rules.len() > 1 { "high" } else { "low" },
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
fn the_highest_risk_comes_first_and_of_equals_what_has_waited_longest() {
    let filter = Filter::default();
    assert_eq!(shown(&filter, USUAL), ["b.csv", "a.csv", "c.csv"]);
    assert_eq!(
        shown(&filter, Order::up("since")),
        ["a.csv", "b.csv", "c.csv"]
    );
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
fn the_queue_is_narrowed_by_risk_hands_and_questions() {
    let person = |id: &str| serde_json::json!({ "id": id, "name": id });
    let mut all = all();
    all[0].assigned = serde_json::from_value(
        serde_json::json!({ "person": person("me"), "since": "2026-11-04T09:00:00Z" }),
    )
    .unwrap();
    all[1].assigned = serde_json::from_value(
        serde_json::json!({ "person": person("other"), "since": "2026-11-04T09:00:00Z" }),
    )
    .unwrap();
    all[2].submission.questions =
        serde_json::from_value(serde_json::json!({ "open": 1, "answered": 1 })).unwrap();
    let me = PersonId::parse("me").ok();
    let files = |filter: Filter| {
        let filter = Filter {
            me: me.clone(),
            ..filter
        };
        let fitting = filter.of_all(&all, USUAL);
        let name = |item: &ReviewItem| item.submission.file_name.to_string();
        fitting.iter().map(name).collect::<Vec<_>>()
    };
    let by = |in_hand| Filter {
        in_hand: Some(in_hand),
        ..Filter::default()
    };
    assert_eq!(files(by(InHand::Mine)), ["b.csv"]);
    assert_eq!(files(by(InHand::Others)), ["a.csv"]);
    assert_eq!(files(by(InHand::Nobodys)), ["c.csv"]);
    let asked = |asked| Filter {
        asked: Some(asked),
        ..Filter::default()
    };
    assert_eq!(files(asked(Asked::Open)), ["c.csv"]);
    assert_eq!(files(asked(Asked::Answered)), ["c.csv"]);
    assert_eq!(files(asked(Asked::Nothing)), ["b.csv", "a.csv"]);
    let risk = Filter {
        risk: Some(RiskLevel::High),
        ..Filter::default()
    };
    assert_eq!(files(risk), ["b.csv"]);
}

#[test]
fn a_line_has_a_cell_for_each_heading() {
    assert!(all().iter().all(|one| cells(one).len() == HEADINGS.len()));
}
