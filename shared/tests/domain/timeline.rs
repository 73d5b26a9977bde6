//! What happened to a submission, step by step.

use serde_json::{Value, json};
use sluice_shared::api::SubmissionDetail;

/// A submission as the service answers, with this on top.
fn told(more: &Value) -> Vec<String> {
    let mut detail = json!({
        "reference": "4F7K-2M9Q-XW3T-8HBD",
        "kind": "adt",
        "fileName": "ADT_large-supplier_20261121.csv",
        "length": 9,
        "organisation": "large-supplier",
        "organisationName": "Large Supplier",
        "uploader": { "id": "submitter", "name": "Submitter" },
        "signer": { "id": "aro", "name": "ARO" },
        "state": "received",
        "startedAt": "2026-11-03T09:00:00Z",
        "receivedAt": "2026-11-03T09:02:00Z",
        "errors": 0,
        "warnings": 0,
        "progress": { "state": "received", "receivedAt": "2026-11-03T09:02:00Z" },
        "sha256": "00".repeat(32),
        "startedBy": { "id": "aro-2", "name": "ARO 2" },
        "signature": { "subject": "CN=ARO", "certificateSha256": "00".repeat(32), "signingTime": "2026-11-03T08:00:00Z" },
        "findings": { "errors": 0, "warnings": 0, "counts": {}, "kept": 0 },
        "receipt": false,
        "version": 1,
    });
    for (name, value) in more.as_object().unwrap() {
        detail[name] = value.clone();
    }
    let detail: SubmissionDetail = serde_json::from_value(detail).unwrap();
    let steps = detail.timeline();
    assert!(steps.is_sorted_by_key(|step| step.at));
    let line = |step: &sluice_shared::api::TimelineStep| {
        format!("{} {}", &step.at.to_string()[11..16], step.what)
    };
    steps.iter().map(line).collect()
}

fn review(decision: &str) -> Value {
    json!({
        "reviewer": "reviewer-1",
        "decision": decision,
        "reason": "As announced.",
        "decidedAt": "2026-11-03T10:00:00Z",
        "verdict": "00".repeat(32),
    })
}

#[test]
fn who_signed_started_and_sent_are_told_apart() {
    assert_eq!(
        told(&json!({})),
        [
            "08:00 Signed by ARO",
            "09:00 Started by ARO 2",
            "09:02 Sent by Submitter: the file arrived"
        ]
    );
}

#[test]
fn steps_stand_in_the_order_of_time_whoever_comes_first() {
    // The signer's clock may be ahead.
    let signature = json!({ "subject": "CN=ARO", "certificateSha256": "00".repeat(32), "signingTime": "2026-11-03T09:01:00Z" });
    assert_eq!(
        told(&json!({ "signature": signature })),
        [
            "09:00 Started by ARO 2",
            "09:01 Signed by ARO",
            "09:02 Sent by Submitter: the file arrived"
        ]
    );
}

#[test]
fn what_is_checked_and_accepted_at_once_is_one_step() {
    let told = told(&json!({
        "state": "accepted",
        "settledAt": "2026-11-03T09:03:00Z",
        "checkedAt": "2026-11-03T09:03:00Z",
        "progress": { "state": "accepted", "receivedAt": "2026-11-03T09:02:00Z", "decidedAt": "2026-11-03T09:03:00Z" },
    }));
    assert_eq!(told[3..], ["09:03 Checked, accepted and in effect"]);
}

#[test]
fn a_review_is_told_with_who_decided_and_what_took_no_effect() {
    let rules = json!([{ "rule": "raise-over-factor", "message": "Raised." }]);
    let void = json!([{
        "decision": { "reviewer": "reviewer-2", "decision": "accept", "reason": "As announced.",
            "decidedAt": "2026-11-03T09:30:00Z", "verdict": "00".repeat(32) },
        "reviewer": "Reviewer 2",
        "voidSince": "2026-11-03T09:31:00Z",
        "changed": ["A threshold."],
    }]);
    let told = told(&json!({
        "state": "refused",
        "settledAt": "2026-11-03T10:01:00Z",
        "checkedAt": "2026-11-03T09:03:00Z",
        "reviewer": { "id": "reviewer-1", "name": "Reviewer 1" },
        "progress": { "state": "refused", "receivedAt": "2026-11-03T09:02:00Z", "decidedAt": "2026-11-03T10:01:00Z",
            "rules": rules, "review": review("refuse"), "void": void },
    }));
    assert_eq!(
        told[3..],
        [
            "09:03 Passed every check: a reviewer has to decide",
            "09:30 Accepted by Reviewer 2",
            "09:31 Not what the reviewer saw any more: a reviewer has to decide again",
            "10:00 Refused by Reviewer 1",
            "10:01 Completed: nothing takes effect",
        ]
    );
}

#[test]
fn a_later_file_that_took_its_place_comes_last() {
    let told = told(&json!({
        "state": "accepted",
        "settledAt": "2026-11-03T09:03:00Z",
        "progress": { "state": "accepted", "receivedAt": "2026-11-03T09:02:00Z", "decidedAt": "2026-11-03T09:03:00Z" },
        "superseded": [{ "userId": "90-B3-D5-1F-30-01-00-00", "by": "5G8M-3N9R-XW3T-8HBD", "acceptedAt": "2026-11-04T09:00:00Z" }],
    }));
    assert_eq!(
        told.last().unwrap(),
        "09:00 Submission 5G8M-3N9R-XW3T-8HBD took its place for User ID 90-B3-D5-1F-30-01-00-00"
    );
}
