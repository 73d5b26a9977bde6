//! What becomes of thresholds, in numbers: zeros are left out.

use serde_json::{Value, json};
use sluice_shared::api::SubmissionChanges;

fn changes(thresholds: &[&str], exceptions: &[&str]) -> SubmissionChanges {
    let threshold = |change: &&str| -> Value {
        json!({ "srv": "7.2", "period": "P1D", "change": change, "big": false })
    };
    let exception = |change: &&str| -> Value {
        json!({ "srv": "7.2", "period": "P1D", "to": "2026-11-03T00:00:00Z", "change": change, "big": false })
    };
    serde_json::from_value(json!({ "comparisons": [{
        "userId": "90-B3-D5-1F-30-01-00-00",
        "first": false,
        "thresholds": thresholds.iter().map(threshold).collect::<Vec<_>>(),
        "exceptions": exceptions.iter().map(exception).collect::<Vec<_>>(),
    }] }))
    .unwrap()
}

#[test]
fn what_does_not_change_is_not_named() {
    let none: [&str; 0] = [];
    assert_eq!(
        changes(&["same"], &["kept"]).in_numbers(("is", "are")),
        none
    );
    assert_eq!(
        changes(&["raised", "same"], &[]).in_numbers(("is", "are")),
        ["1 threshold is raised"]
    );
    assert_eq!(
        changes(
            &["lowered", "dropped", "dropped", "new"],
            &["added", "changed"]
        )
        .in_numbers(("was", "were")),
        [
            "1 threshold was lowered",
            "1 threshold was added",
            "2 thresholds were ended",
            "2 exceptions were changed",
        ]
    );
}

#[test]
fn of_a_rejected_file_only_what_people_look_at_is_kept() {
    assert!(
        !SubmissionChanges::default().is_small(),
        "nothing is not worth keeping"
    );
    assert!(changes(&["raised"; 999], &["added"]).is_small());
    assert!(!changes(&["raised"; 1_000], &["added"]).is_small());
}
