//! Receipts: put together, opened again, by this crate and by OpenSSL.
#![allow(clippy::unwrap_used)]

mod testkit_files;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use sluice_shared::files::FileKind;
use sluice_shared::identifiers::{FileDigest, FileName, OrganisationId, PersonId, SubmissionId};
use sluice_shared::instant::UtcTime;
use sluice_shared::profile::Profile;
use sluice_shared::signature::{
    Certificate, DistinguishedName, P256Key, Receipt, ReceiptOutcome, ReceiptSigner,
    SignatureDefect, TrustAnchors, verify_receipt,
};

use testkit_files::{signature_file, testkit_path};

/// The comma is a part of the name.
const SIGNER: &str = r"CN=Smith\, John,O=Large Supplier,C=GB";

fn now() -> UtcTime {
    UtcTime::parse("2026-11-03T14:05:00Z").unwrap()
}

fn receipt() -> Receipt {
    Receipt {
        reference: SubmissionId::from_random([7; 10]),
        kind: FileKind::ExitQuarantine,
        file_name: FileName::parse("EXITQ_1203_20261103.csv").unwrap(),
        file_digest: FileDigest::new([1; 32]),
        length: 12_345,
        organisation: OrganisationId::parse("large-supplier").unwrap(),
        signer: Some(ReceiptSigner {
            subject: DistinguishedName::parse(SIGNER).unwrap(),
            certificate_sha256: FileDigest::new([2; 32]),
            signing_time: now(),
        }),
        uploader: PersonId::parse("supplier-submitter").unwrap(),
        started_by: None,
        also_asked: vec![PersonId::parse("supplier-aro-2").unwrap()],
        outcome: ReceiptOutcome::Accepted,
        started_at: now(),
        received_at: now(),
        decided_at: now(),
        decision: None,
        counts: BTreeMap::from([("released".to_owned(), 212), ("deleted".to_owned(), 28)]),
    }
}

fn signed() -> Vec<u8> {
    let certificate = Certificate::parse(&signature_file("aro.pem")).unwrap();
    let issuing = Certificate::parse(&signature_file("issuing.pem")).unwrap();
    let key = P256Key::from_pem(&String::from_utf8(signature_file("aro.test-only.key")).unwrap())
        .unwrap();
    let unsigned = receipt().unsigned(&certificate, now());
    unsigned
        .assemble(&[issuing], &key.sign(&unsigned.to_be_signed()))
        .unwrap()
}

fn anchors() -> TrustAnchors {
    TrustAnchors::parse(&signature_file("root.pem")).unwrap()
}

#[test]
fn a_receipt_says_again_what_was_put_in() {
    let (read, verified) = verify_receipt(
        &anchors(),
        &Profile::standard().signing.accepted_key_purposes,
        now(),
        &signed(),
    )
    .unwrap();
    assert_eq!(read, receipt());
    assert_eq!(read.signer.unwrap().subject.common_name(), "Smith, John");
    assert_eq!(verified.signing_time, now());
    assert_eq!(verified.subject.common_name(), "Test ARO 1");
}

#[test]
fn a_receipt_names_nobody_who_asked_for_an_address_where_nobody_else_did() {
    let alone = Receipt {
        also_asked: Vec::new(),
        ..receipt()
    };
    let said = serde_json::to_string(&alone).unwrap();
    assert!(!said.contains("alsoAsked"), "{said}");
    // As receipts were before.
    assert_eq!(serde_json::from_str::<Receipt>(&said).unwrap(), alone);
}

#[test]
fn a_receipt_whose_content_was_changed_is_refused() {
    let mut bytes = signed();
    let at = bytes
        .windows(3)
        .position(|window| window == b"212")
        .unwrap();
    bytes[at] = b'9';
    assert!(matches!(
        verify_receipt(
            &anchors(),
            &Profile::standard().signing.accepted_key_purposes,
            now(),
            &bytes
        ),
        Err(SignatureDefect::OtherContent { .. })
    ));
}

#[test]
fn a_detached_signature_is_no_receipt() {
    let detached = signature_file("good-p256.p7s");
    assert!(matches!(
        verify_receipt(
            &anchors(),
            &Profile::standard().signing.accepted_key_purposes,
            now(),
            &detached
        ),
        Err(SignatureDefect::ContentMissing)
    ));
}

#[test]
fn openssl_opens_a_receipt() {
    if Command::new("openssl").arg("version").output().is_err() {
        assert!(
            std::env::var_os("SLUICE_REQUIRE_OPENSSL").is_none(),
            "openssl is required here and was not found"
        );
        return;
    }
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("receipt.p7m");
    fs::write(&file, signed()).unwrap();
    let output = Command::new("openssl")
        .args([
            "cms",
            "-verify",
            "-inform",
            "DER",
            "-purpose",
            "any",
            "-in",
            file.to_str().unwrap(),
        ])
        .args([
            "-CAfile",
            testkit_path("signatures/root.pem").to_str().unwrap(),
        ])
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let opened: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(opened["counts"]["released"], 212);
    assert_eq!(opened["fileName"], "EXITQ_1203_20261103.csv");
    assert_eq!(opened["signer"]["subject"], SIGNER);
}
