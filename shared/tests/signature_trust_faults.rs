//! What is at fault with the service's own trust data is never said of the sender, and no sender can bring it about.
#![allow(clippy::unwrap_used)]

mod testkit_files;

use std::collections::BTreeSet;

use sluice_shared::instant::UtcTime;
use sluice_shared::profile::Profile;
use sluice_shared::signature::{
    Certificate, ContentDigests, Crls, Signature, SignatureDefect, SignatureFault, TrustAnchors,
    TrustFault, VerificationContext, verify,
};

use testkit_files::{signature_file, testkit_file};

fn instant(text: &str) -> UtcTime {
    UtcTime::parse(text).unwrap()
}

/// The lists of the kit run from the start of 2026 to the start of 2046.
const NOW: &str = "2026-11-01T12:00:00Z";

fn outcome(name: &str, crls: &Crls, at: &str, now: &str) -> Result<(), SignatureFault> {
    let anchors = TrustAnchors::parse(&signature_file("root.pem")).unwrap();
    let context = VerificationContext {
        anchors: &anchors,
        crls,
        purposes: &Profile::standard().signing.accepted_key_purposes,
        at: instant(at),
        now: instant(now),
    };
    let signature = Signature::parse(&signature_file(name))?;
    verify(
        &context,
        &signature,
        &ContentDigests::of_content(&signature_file("file.csv")),
    )
    .map(|_| ())
}

fn all_lists() -> Crls {
    Crls::parse(&signature_file("crls.pem")).unwrap()
}

fn fault(result: Result<(), SignatureFault>) -> TrustFault {
    match result {
        Err(SignatureFault::Service(fault)) => fault,
        other => panic!("{other:?}"),
    }
}

#[test]
fn without_any_list_the_service_is_at_fault_and_says_whose_list_it_needs() {
    let none = Crls::parse(b"").unwrap();
    let fault = fault(outcome("good-p256.p7s", &none, NOW, NOW));
    assert_eq!(fault.code(), "revocation-list-missing");
    assert_eq!(
        fault.to_string(),
        "The service has no revocation list of CN=Test issuing authority,O=Sluice test PKI,C=GB, so it cannot say yet \
         whether the signature holds."
    );
}

#[test]
fn a_list_is_held_to_the_clock_of_the_service_and_a_certificate_to_the_time_of_receipt() {
    let lists = all_lists();
    let received = "2026-02-01T00:00:00Z";
    assert_eq!(outcome("good-p256.p7s", &lists, received, NOW), Ok(()));
    let stale = outcome("good-p256.p7s", &lists, received, "2046-01-01T00:00:00Z");
    assert_eq!(
        fault(stale),
        TrustFault::ListStale {
            authority: Certificate::parse(&signature_file("issuing.pem"))
                .unwrap()
                .subject(),
            next_update: instant("2046-01-01T00:00:00Z"),
        }
    );
    let short = outcome(
        "stale-revocation-list.p7s",
        &lists,
        NOW,
        "2026-02-28T23:59:59Z",
    );
    assert_eq!(short, Ok(()));
}

#[test]
fn a_list_that_was_made_after_the_file_was_received_is_all_the_better() {
    let kit = |name: &str| testkit_file(&format!("certificates/{name}"));
    let anchors = TrustAnchors::parse(&kit("root.pem")).unwrap();
    let crls = Crls::parse(&kit("crls.pem")).unwrap();
    let signature = Signature::parse(&kit("good-policy-of-both.p7s")).unwrap();
    let digests = ContentDigests::of_content(&kit("file.csv"));
    let at_clock = |now: &str| {
        let context = VerificationContext {
            anchors: &anchors,
            crls: &crls,
            purposes: &Profile::standard().signing.accepted_key_purposes,
            at: instant("2026-03-01T00:00:00Z"),
            now: instant(now),
        };
        verify(&context, &signature, &digests).map(|_| ())
    };
    assert_eq!(at_clock("2026-06-01T00:00:00Z"), Ok(()));
    // By the service's clock it does not exist yet: one of the clocks is wrong.
    assert_eq!(
        fault(at_clock("2026-05-31T23:59:59Z")).code(),
        "revocation-list-not-yet-valid"
    );
}

#[test]
fn what_the_sender_can_bring_about_is_never_a_fault_of_the_service() {
    let none = Crls::parse(b"").unwrap();
    // Nobody has lists of these authorities either, and they lead to no anchor, or the certificates are no good anyway.
    for name in [
        "unknown-root.p7s",
        "intermediate-missing.p7s",
        "issuer-not-an-authority.p7s",
        "issuer-may-not-issue.p7s",
        "path-too-long.p7s",
        "expired.p7s",
        "wrong-usage.p7s",
        "unknown-critical-extension.p7s",
        "tampered-signature.p7s",
    ] {
        let result = outcome(name, &none, NOW, NOW);
        assert!(
            matches!(result, Err(SignatureFault::Sender(_))),
            "{name}: {result:?}"
        );
    }
}

#[test]
fn a_revoked_certificate_is_refused_even_while_another_list_is_missing() {
    let text = String::from_utf8(signature_file("crls.pem")).unwrap();
    let blocks: Vec<_> = text.split_inclusive("-----END X509 CRL-----\n").collect();
    // The lists stand in the order of the script: root, issuing, …
    let without_root = Crls::parse(blocks[1..].concat().as_bytes()).unwrap();
    assert_eq!(
        fault(outcome("good-p256.p7s", &without_root, NOW, NOW)).code(),
        "revocation-list-missing"
    );
    assert!(matches!(
        outcome("revoked.p7s", &without_root, NOW, NOW),
        Err(SignatureFault::Sender(SignatureDefect::Revoked { .. }))
    ));
}

#[test]
fn an_authority_without_a_list_is_trusted_only_by_its_fingerprint() {
    let root = Certificate::parse(&signature_file("root.pem")).unwrap();
    let issuing = Certificate::parse(&signature_file("issuing.pem")).unwrap();
    let none = || Crls::parse(b"").unwrap();
    let with = |names: &[&Certificate]| {
        let fingerprints = names
            .iter()
            .map(|name| name.sha256())
            .collect::<BTreeSet<_>>();
        none().with_authorities_without_list(fingerprints)
    };
    let result = |crls: &Crls| outcome("good-p256.p7s", crls, NOW, NOW);
    assert!(result(&with(&[&root])).is_err());
    assert!(result(&with(&[&issuing])).is_err());
    assert_eq!(result(&with(&[&root, &issuing])), Ok(()));
    // A list that is there counts, whatever the setting says.
    let listed = all_lists().with_authorities_without_list(BTreeSet::from([issuing.sha256()]));
    assert!(matches!(
        outcome("revoked.p7s", &listed, NOW, NOW),
        Err(SignatureFault::Sender(SignatureDefect::Revoked { .. }))
    ));
    let stale = outcome("good-p256.p7s", &listed, NOW, "2046-01-01T00:00:00Z");
    assert_eq!(fault(stale).code(), "revocation-list-stale");
}

#[test]
fn an_anchor_needs_a_list_that_it_signed_unless_its_fingerprint_is_named() {
    let anchors = TrustAnchors::parse(&signature_file("root.pem")).unwrap();
    let root = anchors.certificates()[0].clone();
    assert_eq!(all_lists().check_anchors(&anchors), Ok(()));
    let none = Crls::parse(b"\n").unwrap();
    let error = none.check_anchors(&anchors).unwrap_err().to_string();
    assert!(error.contains(&root.sha256().to_string()), "{error}");
    assert!(error.contains("CN=Test root"), "{error}");
    let named = none.with_authorities_without_list(BTreeSet::from([root.sha256()]));
    assert_eq!(named.check_anchors(&anchors), Ok(()));
}

#[test]
fn the_nearest_next_update_is_that_of_the_list_that_ends_first() {
    assert_eq!(Crls::parse(b"").unwrap().nearest_next_update(), None);
    assert_eq!(
        all_lists().nearest_next_update(),
        Some(instant("2026-03-01T00:00:00Z"))
    );
    // The kit has a list that ends in July, and the one that replaces it.
    let replaced = Crls::parse(&testkit_file("certificates/crls.pem")).unwrap();
    assert_eq!(
        replaced.nearest_next_update(),
        Some(instant("2046-01-01T00:00:00Z"))
    );
}
