//! Every signature of `testkit/signatures` makes the finding that its name says, and no other.
#![allow(clippy::unwrap_used)]

mod testkit_files;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::Range;
use std::path::Path;

use cms::{content_info::ContentInfo, signed_data::SignedData};
use der::{Decode as _, Encode as _};
use serde::Deserialize;
use sluice_shared::finding::Describe as _;
use sluice_shared::instant::UtcTime;
use sluice_shared::profile::Profile;
use sluice_shared::signature::{
    ContentDigests, Crls, Signature, SignatureDefect, SignatureFault, TrustAnchors,
    VerificationContext, VerifiedSignature, verify,
};

use testkit_files::{signature_file, testkit_path};

/// The folders of signatures, each with anchors, lists, and what is expected.
const KITS: [&str; 2] = ["signatures", "certificates"];

#[derive(Deserialize)]
struct Expected {
    now: UtcTime,
    signatures: BTreeMap<String, String>,
}

fn expected(folder: &Path) -> Expected {
    toml::from_str(&fs::read_to_string(folder.join("expected.toml")).unwrap()).unwrap()
}

fn now() -> UtcTime {
    expected(&testkit_path("signatures")).now
}

fn verified(
    folder: &Path,
    bytes: &[u8],
    at: UtcTime,
    now: UtcTime,
) -> Result<VerifiedSignature, SignatureFault> {
    let file = |name: &str| fs::read(folder.join(name)).unwrap();
    let anchors = TrustAnchors::parse(&file("root.pem")).unwrap();
    let crls = Crls::parse(&file("crls.pem")).unwrap();
    let signature = Signature::parse(bytes)?;
    let digests = match signature.content() {
        Some(inside) => ContentDigests::of_content(inside),
        None => ContentDigests::of_content(&file("file.csv")),
    };
    let context = VerificationContext {
        anchors: &anchors,
        crls: &crls,
        purposes: &Profile::standard().signing.accepted_key_purposes,
        at,
        now,
    };
    let verified = verify(&context, &signature, &digests)?;
    assert_eq!(verified.chain.len(), 3, "signer, issuing authority, root");
    assert_eq!(
        signature.summary().unwrap().signing_time,
        verified.signing_time
    );
    Ok(verified)
}

fn outcome(bytes: &[u8], now: UtcTime) -> Result<(), SignatureFault> {
    let verified = verified(&testkit_path("signatures"), bytes, now, now)?;
    assert_eq!(
        verified.subject.as_str(),
        "CN=Test ARO 1,O=Test Supplier,C=GB"
    );
    Ok(())
}

fn code(fault: &SignatureFault) -> String {
    match fault {
        SignatureFault::Sender(defect) => defect.code().code.to_owned(),
        SignatureFault::Service(fault) => format!("fault:{}", fault.code()),
    }
}

#[test]
fn each_signature_makes_the_finding_that_its_name_says() {
    let mut wrong = Vec::new();
    for folder in KITS.map(testkit_path) {
        let expected = expected(&folder);
        for (name, expected_code) in &expected.signatures {
            let bytes = fs::read(folder.join(name)).unwrap();
            let result = verified(&folder, &bytes, expected.now, expected.now);
            let found = result.map_or_else(|fault| code(&fault), |_| String::new());
            if found != *expected_code {
                wrong.push(format!(
                    "{name}: expected {expected_code:?}, found {found:?}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_table_names_every_signature_in_the_folder() {
    for folder in KITS.map(testkit_path) {
        let in_folder: BTreeSet<_> = fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.contains(".p7"))
            .collect();
        assert_eq!(
            in_folder,
            expected(&folder).signatures.into_keys().collect()
        );
    }
}

/// Where the signer's information names the issuer.
fn issuer_in_signer_info(signature: &[u8]) -> Range<usize> {
    let message = ContentInfo::from_der(signature).unwrap();
    let data: SignedData = message.content.decode_as().unwrap();
    let signer = &data.signer_infos.0.as_slice()[0];
    let sid = signer.sid.to_der().unwrap();
    let start = signature.windows(sid.len()).position(|part| part == sid);
    let start = start.unwrap();
    start..start + sid.len()
}

#[test]
fn every_byte_of_a_signature_matters() {
    let good = signature_file("good-p256.p7s");
    let mut accepted = Vec::new();
    // Every third byte, each time another bit: enough to meet every field, quick enough to run always.
    for at in (0..good.len()).step_by(3) {
        let mut changed = good.clone();
        changed[at] ^= 1 << (at % 8);
        if outcome(&changed, now()).is_ok() {
            accepted.push(at);
        }
    }
    // Not under the signature (RFC 5652): the versions, the list of digest algorithms that is there for streaming, and the
    // name by which the signer's certificate is found, which is the same in other capitals (RFC 5280, 7.1).
    let signer = issuer_in_signer_info(&good);
    let is_capital =
        |at: usize| signer.contains(&at) && good[at].is_ascii_alphabetic() && at % 8 == 5;
    assert!(
        accepted.iter().all(|&at| at < 60 || is_capital(at)),
        "changes at {accepted:?} of {} were accepted",
        good.len()
    );
}

#[test]
fn a_signature_cut_off_anywhere_is_not_cms() {
    for name in ["good-p256.p7s", "good-enveloping-streamed.p7m"] {
        let good = signature_file(name);
        for length in 0..good.len() {
            assert!(
                matches!(
                    Signature::parse(&good[..length]),
                    Err(SignatureDefect::NotCms(_))
                ),
                "{name} at {length}"
            );
        }
    }
}

#[test]
fn certificates_have_to_be_in_force_when_the_file_was_received() {
    let listed = now();
    let at = |time: &str| {
        let at = UtcTime::parse(time).unwrap();
        verified(
            &testkit_path("signatures"),
            &signature_file("good-p256.p7s"),
            at,
            listed,
        )
        .map(|_| ())
    };
    assert!(matches!(
        at("2025-12-31T23:59:59Z"),
        Err(SignatureFault::Sender(SignatureDefect::NotYetValid { .. }))
    ));
    assert_eq!(at("2026-01-01T00:00:00Z"), Ok(()));
    assert_eq!(at("2045-12-31T23:59:59Z"), Ok(()));
    assert!(matches!(
        at("2046-01-01T00:00:01Z"),
        Err(SignatureFault::Sender(SignatureDefect::Expired { .. }))
    ));
}
