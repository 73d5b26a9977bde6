//! Every signature of `testkit/signatures` makes the finding that its name says, and no other.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use serde::Deserialize;
use sluice_shared::finding::Describe as _;
use sluice_shared::instant::UtcTime;
use sluice_shared::signature::{
    ContentDigests, Crls, Signature, SignatureDefect, TrustAnchors, VerificationContext, verify,
};

#[derive(Deserialize)]
struct Expected {
    now: UtcTime,
    signatures: BTreeMap<String, String>,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("testkit/signatures")
}

fn read(name: &str) -> Vec<u8> {
    fs::read(folder().join(name)).unwrap()
}

fn expected() -> Expected {
    toml::from_str(&fs::read_to_string(folder().join("expected.toml")).unwrap()).unwrap()
}

fn outcome(bytes: &[u8], now: UtcTime) -> Result<(), SignatureDefect> {
    let anchors = TrustAnchors::parse(&read("root.pem")).unwrap();
    let crls = Crls::parse(&read("crls.pem")).unwrap();
    let signature = Signature::parse(bytes)?;
    let digests = match signature.content() {
        Some(inside) => ContentDigests::of(inside),
        None => ContentDigests::of(&read("file.csv")),
    };
    let verified = verify(
        &VerificationContext {
            anchors: &anchors,
            crls: &crls,
            now,
        },
        &signature,
        &digests,
    )?;
    assert_eq!(
        verified.subject.as_str(),
        "CN=Test ARO 1,O=Test Supplier,C=GB"
    );
    assert_eq!(verified.chain.len(), 3, "signer, issuing authority, root");
    assert_eq!(
        signature.summary().unwrap().signing_time,
        verified.signing_time
    );
    Ok(())
}

#[test]
fn each_signature_makes_the_finding_that_its_name_says() {
    let expected = expected();
    let mut wrong = Vec::new();
    for (name, code) in &expected.signatures {
        let found =
            outcome(&read(name), expected.now).map_or_else(|defect| defect.code().code, |()| "");
        if found != code {
            wrong.push(format!("{name}: expected {code:?}, found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_table_names_every_signature_in_the_folder() {
    let in_folder: BTreeSet<_> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains(".p7"))
        .collect();
    assert_eq!(in_folder, expected().signatures.into_keys().collect());
}

#[test]
fn every_byte_of_a_signature_matters() {
    let expected = expected();
    let good = read("good-p256.p7s");
    let mut accepted = Vec::new();
    // Every third byte, each time another bit: enough to meet every field, quick enough to run always.
    for at in (0..good.len()).step_by(3) {
        let mut changed = good.clone();
        changed[at] ^= 1 << (at % 8);
        if outcome(&changed, expected.now).is_ok() {
            accepted.push(at);
        }
    }
    // Not under the signature (RFC 5652): the versions, and the list of digest algorithms that is there for streaming.
    assert!(
        accepted.iter().all(|at| *at < 60),
        "changes at {accepted:?} of {} were accepted",
        good.len()
    );
}

#[test]
fn a_signature_cut_off_anywhere_is_not_cms() {
    for name in ["good-p256.p7s", "good-enveloping-streamed.p7m"] {
        let good = read(name);
        for length in 0..good.len() {
            assert_eq!(
                Signature::parse(&good[..length]).err(),
                Some(SignatureDefect::NotCms),
                "{name} at {length}"
            );
        }
    }
}

#[test]
fn a_good_signature_holds_only_while_certificates_and_lists_are_in_force() {
    let at = |time: &str| outcome(&read("good-p256.p7s"), UtcTime::parse(time).unwrap());
    assert!(matches!(
        at("2025-12-31T23:59:59Z"),
        Err(SignatureDefect::NotYetValid { .. })
    ));
    assert_eq!(at("2026-01-01T00:00:00Z"), Ok(()));
    assert_eq!(at("2045-12-31T23:59:59Z"), Ok(()));
    assert!(matches!(
        at("2046-01-01T00:00:01Z"),
        Err(SignatureDefect::Expired { .. })
    ));
}

#[test]
fn without_any_revocation_list_nothing_is_accepted() {
    let anchors = TrustAnchors::parse(&read("root.pem")).unwrap();
    let crls = Crls::parse(b"").unwrap();
    let context = VerificationContext {
        anchors: &anchors,
        crls: &crls,
        now: expected().now,
    };
    let signature = Signature::parse(&read("good-p256.p7s")).unwrap();
    let result = verify(&context, &signature, &ContentDigests::of(&read("file.csv")));
    assert_eq!(result.unwrap_err(), SignatureDefect::RevocationUnknown);
}
