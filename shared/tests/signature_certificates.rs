//! Certificates as authorities make them: what a finding names, and what the service is told of a signer.
#![allow(clippy::unwrap_used)]

mod testkit_files;

use sluice_shared::finding::Describe as _;
use sluice_shared::instant::UtcTime;
use sluice_shared::profile::Profile;
use sluice_shared::signature::{
    ContentDigests, Crls, DistinguishedName, Signature, SignatureDefect, SignatureFault,
    TrustAnchors, VerificationContext, VerifiedSignature, verify,
};

use testkit_files::testkit_file;

fn verified(name: &str) -> Result<VerifiedSignature, SignatureFault> {
    let file = |name: &str| testkit_file(&format!("certificates/{name}"));
    let now = UtcTime::parse("2026-11-01T12:00:00Z").unwrap();
    let context = VerificationContext {
        anchors: &TrustAnchors::parse(&file("root.pem")).unwrap(),
        crls: &Crls::parse(&file("crls.pem")).unwrap(),
        purposes: &Profile::standard().signing.accepted_key_purposes,
        at: now,
        now,
    };
    let signature = Signature::parse(&file(name))?;
    verify(
        &context,
        &signature,
        &ContentDigests::of_content(&file("file.csv")),
    )
}

fn defect(name: &str) -> SignatureDefect {
    match verified(name) {
        Err(SignatureFault::Sender(defect)) => defect,
        other => panic!("{name}: {other:?}"),
    }
}

#[test]
fn a_smart_metering_name_is_kept_whole_and_read_back_from_its_text() {
    let subject = verified("good-smart-metering.p7s").unwrap().subject;
    assert_eq!(
        subject.as_str(),
        "2.5.4.45=#03090090b3d51f30010000,OU=02,CN=TESTSUPPLIER"
    );
    assert_eq!(DistinguishedName::parse(subject.as_str()), Ok(subject));
}

#[test]
fn an_unknown_critical_extension_is_named_with_the_certificate_that_has_it() {
    let defect = defect("unknown-critical-extension-of-authority.p7s");
    assert_eq!(
        defect.message(),
        "The certificate of CN=Certificates test authority with an unknown extension,O=Sluice test PKI,C=GB has the critical \
         extension 1.2.3.4.6, which is not known here."
    );
}

#[test]
fn a_signing_time_outside_of_the_certificates_validity_is_told_with_both() {
    let defect = defect("signed-after-certificate-ended.p7s");
    let SignatureDefect::SignedOutsideValidity {
        signing_time,
        not_before,
        not_after,
    } = &defect
    else {
        panic!("{defect:?}");
    };
    assert!(*signing_time > *not_after);
    for instant in [signing_time, not_before, not_after] {
        assert!(defect.message().contains(&instant.in_words_with_seconds()));
    }
}
