//! How long a sign-in is good for what takes effect.

use sluice_shared::api::{AskForChange, SignedRequest, StartSubmission, calls};
use sluice_shared::directory::{NotFresh, RequestedFor as For, SignInAge, SignInFreshness};
use sluice_shared::identifiers::{ChangeRequestId, SubmissionId};
use sluice_shared::instant::UtcTime;
use sluice_shared::profile::Profile;

const NOW: &str = "2026-11-30T12:00:00Z";

fn seconds_from_now(seconds: i64) -> UtcTime {
    now().plus(time::Duration::seconds(seconds))
}

fn now() -> UtcTime {
    UtcTime::parse(NOW).unwrap()
}

fn checked(at: Option<UtcTime>) -> Result<(), NotFresh> {
    let rules = &Profile::standard().sign_in;
    SignInFreshness::new(at, now(), rules).check(now())
}

#[test]
fn a_sign_in_is_fresh_for_five_minutes_to_the_second() {
    let too_old = Err(NotFresh::TooOld { seconds: 300 });
    for (ago, expected) in [(0, Ok(())), (299, Ok(())), (300, Ok(())), (301, too_old)] {
        assert_eq!(checked(Some(seconds_from_now(-ago))), expected, "{ago}");
    }
}

/// The issuer's clock may be ahead by as much as a token's beginning may be.
#[test]
fn a_sign_in_that_has_yet_to_come_is_none_but_for_a_minute_between_clocks() {
    assert_eq!(checked(Some(seconds_from_now(60))), Ok(()));
    let unknown = Err(NotFresh::Unknown { seconds: 300 });
    assert_eq!(checked(Some(seconds_from_now(61))), unknown);
    assert_eq!(checked(None), unknown);
    let last = UtcTime::from_unix_millis(i64::MAX);
    assert_eq!(checked(Some(last)), unknown);
}

#[test]
fn why_it_is_not_says_how_long_one_is_and_what_to_do() {
    for (seconds, said) in [
        (300, "last 5 minutes,"),
        (60, "last minute,"),
        (90, "last 90 seconds,"),
    ] {
        for why in [NotFresh::TooOld { seconds }, NotFresh::Unknown { seconds }] {
            let words = why.to_string();
            assert!(words.contains(said), "{words}");
            assert!(words.contains("Sign in again"), "{words}");
        }
    }
}

#[test]
fn what_takes_effect_needs_a_fresh_one_and_what_stops_or_only_checks_does_not() {
    for (age, effect, check, stop) in [
        (SignInAge::Any, false, false, false),
        (SignInAge::Fresh, true, true, true),
        (SignInAge::FreshToTakeEffect, true, false, true),
        (SignInAge::FreshUnlessToStop, true, true, false),
    ] {
        let needed = [For::Effect, For::CheckOnly, For::Stopping]
            .map(|purpose| age.has_to_be_fresh(purpose));
        assert_eq!(needed, [effect, check, stop], "{age:?}");
    }
}

/// The page asks the calls, the service the routes: both by the same rule.
#[test]
fn a_call_knows_whether_it_needs_one() {
    let start = |check_only: bool| {
        let json = serde_json::json!({
            "kind": "adt", "fileName": "a.csv", "length": 1, "sha256": "ab".repeat(32),
            "signature": { "form": "enveloping" }, "checkOnly": check_only,
        });
        let body: StartSubmission = serde_json::from_value(json).unwrap();
        calls::start_submission(&body, "key".to_owned()).needs_fresh_sign_in()
    };
    assert!(start(false));
    assert!(!start(true));

    let organisation = "large-supplier".parse().unwrap();
    let ask = |change: serde_json::Value| {
        let json = serde_json::json!({ "change": change, "reason": "As agreed." });
        let body: AskForChange = serde_json::from_value(json).unwrap();
        calls::ask_for_change(&organisation, &body).needs_fresh_sign_in()
    };
    assert!(ask(serde_json::json!({ "kind": "remove", "person": "a" })));
    let key = "ab".repeat(32);
    assert!(!ask(
        serde_json::json!({ "kind": "stop-key", "person": "a", "key": key })
    ));

    let body: SignedRequest =
        serde_json::from_value(serde_json::json!({ "signed": "AAAA" })).unwrap();
    let signed = calls::ask_for_signed_change(&organisation, &body);
    assert!(signed.needs_fresh_sign_in());
    assert!(!signed.requested_for(For::Stopping).needs_fresh_sign_in());
    assert!(calls::register_certificate(&body).needs_fresh_sign_in());
    let submission = SubmissionId::from_random([1; 10]);
    assert!(calls::decide_review(submission, &body).needs_fresh_sign_in());
    let request = ChangeRequestId::from_random([1; 10]);
    assert!(calls::answer_change(&organisation, request, &body).needs_fresh_sign_in());
    assert!(!calls::upload(submission).needs_fresh_sign_in());
}
