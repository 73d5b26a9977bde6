//! Signed decisions: put together, opened by OpenSSL, and held to who decides and what about.
#![allow(clippy::unwrap_used)]

mod testkit_files;

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use sluice_shared::directory::{Person, PersonRole, RegisteredCertificates};
use sluice_shared::identifiers::{
    FileDigest, OrganisationId, PersonId, ReviewReason, SubmissionId,
};
use sluice_shared::instant::UtcTime;
use sluice_shared::profile::Profile;
use sluice_shared::review::{
    Decidable, DecisionFault, DecisionStatement, SignedDecision, check_decision,
};
use sluice_shared::signature::{
    Certificate, Crls, P256Key, TrustAnchors, VerificationContext, VerifiedSignature,
};
use sluice_shared::submission::{Decision, ReviewDecision, SubmissionState, VoidDecision};
use time::Duration;

use testkit_files::{signature_file, testkit_path};

const AHEAD: Duration = Duration::minutes(15);

fn now() -> UtcTime {
    UtcTime::parse("2026-11-03T14:05:00Z").unwrap()
}

fn statement() -> DecisionStatement {
    DecisionStatement {
        submission: SubmissionId::from_random([7; 10]),
        file_digest: FileDigest::new([1; 32]),
        verdict: FileDigest::new([2; 32]),
        decision: Decision::Accept,
        reason: ReviewReason::parse("As announced.").unwrap(),
        decided_at: now(),
    }
}

fn certificate() -> Certificate {
    Certificate::parse(&signature_file("aro.pem")).unwrap()
}

fn signed(statement: &DecisionStatement) -> Vec<u8> {
    let certificate = certificate();
    let issuing = Certificate::parse(&signature_file("issuing.pem")).unwrap();
    let key = String::from_utf8(signature_file("aro.test-only.key")).unwrap();
    let key = P256Key::from_pem(&key).unwrap();
    let unsigned = statement.unsigned(&certificate);
    unsigned
        .assemble(&[issuing], &key.sign(&unsigned.to_be_signed()))
        .unwrap()
}

fn verified(statement: &DecisionStatement) -> VerifiedSignature {
    let anchors = TrustAnchors::parse(&signature_file("root.pem")).unwrap();
    let crls = Crls::parse(&signature_file("crls.pem")).unwrap();
    let context = VerificationContext {
        anchors: &anchors,
        crls: &crls,
        purposes: &Profile::standard().signing.accepted_key_purposes,
        at: now(),
        now: now(),
    };
    let signed = SignedDecision::parse(&signed(statement)).unwrap();
    assert_eq!(signed.statement(), statement);
    signed.verify(&context).unwrap()
}

fn reviewer() -> Person {
    Person {
        id: PersonId::parse("reviewer-1").unwrap(),
        name: "Reviewer".to_owned(),
        organisation: OrganisationId::parse("dcc").unwrap(),
        roles: vec![PersonRole::Reviewer],
        signer_subject: Some("CN=Test ARO 1,O=Test Supplier,C=GB".to_owned()),
        certificates: RegisteredCertificates::registered([&certificate()], now()),
    }
}

fn waiting(void_since: Option<UtcTime>) -> SubmissionState {
    let void = void_since.map(|void_since| VoidDecision {
        decision: ReviewDecision {
            reviewer: PersonId::parse("reviewer-2").unwrap(),
            decision: Decision::Accept,
            reason: ReviewReason::parse("As announced.").unwrap(),
            decided_at: void_since,
            verdict: FileDigest::new([3; 32]),
        },
        reviewer: "Another reviewer".to_owned(),
        void_since,
        changed: Vec::new(),
    });
    SubmissionState::AwaitingReview {
        received_at: now(),
        since: now(),
        rules: Vec::new(),
        review: None,
        void: void.into_iter().collect(),
    }
}

/// What is said of a decision by `person`, while the submission stands like this.
fn checked(
    statement: &DecisionStatement,
    person: &Person,
    state: &SubmissionState,
) -> Result<(), DecisionFault> {
    let decidable = Decidable {
        submission: SubmissionId::from_random([7; 10]),
        file_digest: FileDigest::new([1; 32]),
        state,
    };
    let signature = verified(statement);
    check_decision(statement, &signature, person, decidable, now(), AHEAD)
}

#[test]
fn a_reviewers_own_decision_on_what_waits_counts() {
    assert_eq!(checked(&statement(), &reviewer(), &waiting(None)), Ok(()));
}

#[test]
fn a_decision_about_another_submission_or_file_does_not_count() {
    let mut other = statement();
    other.submission = SubmissionId::from_random([8; 10]);
    let said = checked(&other, &reviewer(), &waiting(None));
    assert_eq!(said, Err(DecisionFault::OtherSubmission(other.submission)));
    let mut other = statement();
    other.file_digest = FileDigest::new([9; 32]);
    let said = checked(&other, &reviewer(), &waiting(None));
    assert_eq!(said, Err(DecisionFault::OtherFile));
}

#[test]
fn a_decision_signed_by_somebody_else_or_by_no_reviewer_does_not_count() {
    let mut person = reviewer();
    person.signer_subject = Some("CN=Test ARO 2,O=Test Supplier,C=GB".to_owned());
    let said = checked(&statement(), &person, &waiting(None)).unwrap_err();
    assert!(matches!(said, DecisionFault::OtherSigner { .. }), "{said}");
    let mut person = reviewer();
    person.roles = vec![PersonRole::Aro];
    let said = checked(&statement(), &person, &waiting(None));
    assert_eq!(said, Err(DecisionFault::NoSigner));
}

#[test]
fn a_decision_counts_for_the_wait_in_which_it_was_made() {
    let made = |at: UtcTime| DecisionStatement {
        decided_at: at,
        ..statement()
    };
    let earlier = now().plus(-Duration::minutes(2));
    let void = waiting(Some(now().plus(-Duration::minutes(1))));
    let said = checked(&made(earlier), &reviewer(), &void);
    assert_eq!(said, Err(DecisionFault::BeforeItChanged(earlier)));
    assert_eq!(checked(&made(now()), &reviewer(), &void), Ok(()));
    // By a clock that is ahead it was made after it had become void.
    let ahead = now().plus(Duration::minutes(5));
    let mut void = waiting(Some(now()));
    if let SubmissionState::AwaitingReview { void, .. } = &mut void {
        void[0].decision.decided_at = ahead;
        void[0].decision.reviewer = reviewer().id;
    }
    let said = checked(&made(ahead), &reviewer(), &void);
    assert_eq!(said, Err(DecisionFault::BeforeItChanged(ahead)));
    let later = now().plus(AHEAD + Duration::seconds(1));
    let said = checked(&made(later), &reviewer(), &waiting(None));
    assert_eq!(said, Err(DecisionFault::Ahead(later)));
    let before = now().plus(-AHEAD - Duration::seconds(1));
    let said = checked(&made(before), &reviewer(), &waiting(None));
    assert_eq!(said, Err(DecisionFault::BeforeItWaited(before)));
    let within = now().plus(AHEAD);
    assert_eq!(checked(&made(within), &reviewer(), &waiting(None)), Ok(()));
}

#[test]
fn a_statement_says_when_it_was_signed() {
    let statement = statement();
    let mut signature = verified(&statement);
    signature.signing_time = now().plus(-AHEAD - Duration::seconds(1));
    let state = waiting(None);
    let decidable = Decidable {
        submission: statement.submission,
        file_digest: statement.file_digest,
        state: &state,
    };
    let said = check_decision(&statement, &signature, &reviewer(), decidable, now(), AHEAD);
    assert!(
        matches!(said, Err(DecisionFault::SignedAtAnotherTime { .. })),
        "{said:?}"
    );
}

#[test]
fn openssl_opens_a_decision() {
    if Command::new("openssl").arg("version").output().is_err() {
        assert!(
            std::env::var_os("SLUICE_REQUIRE_OPENSSL").is_none(),
            "openssl is required here and was not found"
        );
        return;
    }
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("decision.p7m");
    fs::write(&file, signed(&statement())).unwrap();
    let root = testkit_path("signatures/root.pem");
    let output = Command::new("openssl")
        .args(["cms", "-verify", "-inform", "DER", "-purpose", "any"])
        .args(["-in", file.to_str().unwrap()])
        .args(["-CAfile", root.to_str().unwrap()])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let opened: DecisionStatement = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(opened, statement());
}
