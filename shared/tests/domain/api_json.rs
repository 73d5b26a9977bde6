//! The API's types keep their form in JSON.

use serde_json::json;
use sluice_shared::api::{
    Base64Bytes, Cursor, HeldPageView, Page, Problem, ProblemCode, SignatureForm, StartSubmission,
    SubmissionDetail,
};
use sluice_shared::quarantine::HeldState;
use sluice_shared::review::DecisionStatement;

use crate::make::{decide, event, event_ref, submission};

#[test]
fn a_submission_is_started_as_documented() {
    let body = json!({
        "kind": "exit-quarantine",
        "fileName": "EXITQ_1203_20261103.csv",
        "length": 9,
        "sha256": "00".repeat(32),
        "signature": { "form": "detached", "der": "MIIB" },
        "serviceRequest": "SMSR-1",
        "replaces": submission(1).to_string(),
    });
    let start: StartSubmission = serde_json::from_value(body.clone()).unwrap();
    assert_eq!(
        start.signature,
        SignatureForm::Detached {
            der: Base64Bytes(vec![0x30, 0x82, 0x01])
        }
    );
    assert_eq!(serde_json::to_value(&start).unwrap(), body);

    let mut short = body.clone();
    short["signature"] = json!({ "form": "enveloping" });
    assert_eq!(
        serde_json::from_value::<StartSubmission>(short)
            .unwrap()
            .signature,
        SignatureForm::Enveloping {}
    );
    for (field, wrong) in [
        ("kind", json!("report")),
        ("fileName", json!("a/b")),
        ("sha256", json!("00")),
        ("more", json!(1)),
    ] {
        let mut broken = body.clone();
        broken[field] = wrong;
        assert!(
            serde_json::from_value::<StartSubmission>(broken).is_err(),
            "{field}"
        );
    }
}

#[test]
fn a_submission_is_read_with_all_that_it_may_have_and_without() {
    let (digest, time) = ("00".repeat(32), "2026-11-03T10:00:00Z");
    let (person, other) = (json!({ "id": "aro", "name": "ARO" }), submission(2));
    let signer = json!({ "subject": "CN=ARO", "certificateSha256": digest, "signingTime": time });
    let least = json!({
        "reference": submission(1),
        "kind": "adt",
        "fileName": "ADT_large-supplier_20261121.csv",
        "length": 9,
        "organisation": "large-supplier",
        "organisationName": "Large Supplier",
        "uploader": person,
        "state": "received",
        "startedAt": time,
        "errors": 1,
        "warnings": 2,
        "progress": { "state": "received", "receivedAt": time },
        "sha256": digest,
        "findings": { "errors": 1, "warnings": 2, "counts": { "E001": 1 }, "kept": 1 },
        "receipt": false,
        "version": 1,
    });
    let more = json!({
        "signer": person,
        "receivedAt": time,
        "settledAt": time,
        "rules": ["raise-over-factor"],
        "replaces": other,
        "replacedBy": other,
        "checkOnly": true,
        "stopped": { "since": time, "reason": "A revocation list is out of date." },
        "serviceRequest": "SMSR-1",
        "startedBy": person,
        "alsoAsked": [person],
        "checkedAt": time,
        "signature": signer,
        "effect": { "kind": "adt", "rows": 1, "users": [] },
        "reviewer": person,
        "decisionSignature": { "sha256": digest, "signer": signer },
        "fileKept": true,
        "enveloping": true,
        "verdict": digest,
        "superseded": [{ "userId": "90-B3-D5-1F-30-01-00-00", "by": other, "acceptedAt": time }],
    });
    let mut most = least.clone();
    let both = most.as_object_mut().unwrap();
    both.extend(more.as_object().unwrap().clone());
    for value in [least, most] {
        let detail: SubmissionDetail = serde_json::from_value(value.clone()).unwrap();
        assert_eq!(serde_json::to_value(&detail).unwrap(), value);
    }
}

#[test]
fn a_page_of_held_communications_is_compact_and_whole() {
    let mut event = event("1203", 8_192);
    decide(&mut event, 2, HeldState::Release, submission(1));
    let view = HeldPageView::new(event_ref("1203"), 1, &event.pages[0]);
    let text = serde_json::to_string(&view).unwrap();
    assert!(text.len() < 8_192 * 56, "{} bytes", text.len());
    let back: HeldPageView = serde_json::from_str(&text).unwrap();
    assert_eq!(back, view);
    let decided = back.to_decided_page().unwrap();
    assert_eq!(
        (decided.page, decided.decisions),
        (
            event.pages[0].page.clone(),
            event.pages[0].decisions.clone()
        )
    );
    let row = serde_json::to_value(view.communications[2]).unwrap();
    assert_eq!(row, json!(["00-DB-12-34-56-00-00-00", "2", 1, 2, 1]));
    assert!(
        serde_json::from_value::<HeldPageView>(json!({"communications": [["00", "2", 0, 0, 3]]}))
            .is_err()
    );
}

#[test]
fn a_problem_has_the_members_of_rfc_9457() {
    let problem = Problem::new(
        ProblemCode::AlreadyDecided,
        "reviewer-2 accepted it at 14:05.",
        "c-1",
    );
    let value = serde_json::to_value(&problem).unwrap();
    let expected = json!({
        "type": "/problems/already-decided",
        "title": "This has been decided already",
        "status": 409,
        "detail": "reviewer-2 accepted it at 14:05.",
        "code": "already-decided",
        "correlationId": "c-1",
    });
    assert_eq!(value, expected);
    assert_eq!(serde_json::from_value::<Problem>(value).unwrap(), problem);
}

#[test]
fn problem_codes_have_one_name_each_and_a_status_of_an_error() {
    for code in ProblemCode::ALL {
        assert_eq!(serde_json::to_value(code).unwrap(), code.as_str());
        assert!((400..600).contains(&code.status()), "{code}");
    }
}

#[test]
fn a_cursor_is_safe_in_an_address() {
    let page: Page<u8> = serde_json::from_value(json!({ "items": [1], "next": "abc-_9" })).unwrap();
    assert_eq!(page.next, Some(Cursor::parse("abc-_9").unwrap()));
    for text in ["", "a b", "a&b=c", "é", &"a".repeat(1_025)] {
        assert!(Cursor::parse(text).is_err(), "{text}");
    }
    assert_eq!(
        serde_json::to_value(Page::<u8>::only(vec![])).unwrap(),
        json!({ "items": [] })
    );
}

#[test]
fn a_review_needs_a_reason_that_says_something() {
    let statement = |reason: &str| {
        json!({
            "submission": "4F7K-2M9Q-XW3T-8HBD", "fileDigest": "1".repeat(64), "verdict": "0".repeat(64),
            "decision": "refuse", "reason": reason, "decidedAt": "2026-11-03T14:05:00Z",
        })
    };
    let parsed = |reason: &str| serde_json::from_value::<DecisionStatement>(statement(reason));
    assert!(parsed("  the forecast says otherwise ").is_ok());
    for reason in ["", "  ", "ok", &"a".repeat(2_001), "a\u{0}bc"] {
        assert!(parsed(reason).is_err(), "{reason:?}");
    }
}
