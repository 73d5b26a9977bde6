//! Putting signatures together: the forms that are taken, and the defects that only a forger's tool makes.
#![allow(clippy::unwrap_used)]

mod testkit_files;

use cms::content_info::ContentInfo;
use cms::signed_data::{SignedData, SignerInfos};
use const_oid::ObjectIdentifier;
use der::asn1::{Any, SetOfVec};
use der::{Decode as _, Encode as _};
use sluice_shared::instant::UtcTime;
use sluice_shared::profile::Profile;
use sluice_shared::signature::{
    AssembleError, Certificate, CertificateError, CertificationRequest, ContentDigests, Crls,
    DistinguishedName, KeyAlgorithm, P256Key, RequestError, Signature, SignatureDefect,
    SignatureFault, SignedAttributes, TooMuch, TrustAnchors, UnsignedRequest, VerificationContext,
    ecdsa_signature_der, verify,
};
use x509_cert::attr::Attribute;

use testkit_files::signature_file;

const FILE: &[u8] = b"a file\n";

fn certificate(name: &str) -> Certificate {
    Certificate::parse(&signature_file(name)).unwrap()
}

fn key() -> P256Key {
    P256Key::from_pem(&String::from_utf8(signature_file("aro.test-only.key")).unwrap()).unwrap()
}

fn now() -> UtcTime {
    UtcTime::parse("2026-11-01T12:00:00Z").unwrap()
}

fn outcome(bytes: &[u8]) -> Result<(), SignatureFault> {
    let anchors = TrustAnchors::parse(&signature_file("root.pem")).unwrap();
    let crls = Crls::parse(&signature_file("crls.pem")).unwrap();
    let context = VerificationContext {
        anchors: &anchors,
        crls: &crls,
        purposes: &Profile::standard().signing.accepted_key_purposes,
        at: now(),
        now: now(),
    };
    verify(
        &context,
        &Signature::parse(bytes)?,
        &ContentDigests::of_content(FILE),
    )
    .map(|_| ())
}

#[test]
fn raw_and_der_signature_values_give_the_same_signature() {
    let chain = [certificate("aro.pem"), certificate("issuing.pem")];
    let attributes =
        SignedAttributes::new(&ContentDigests::of_content(FILE).exact, &chain[0], now());
    let raw = key().sign(&attributes.to_be_signed());
    assert_eq!(raw.len(), 64);
    let der = attributes.assemble(&chain, &raw).unwrap();
    assert_eq!(
        attributes
            .assemble(&chain, &ecdsa_signature_der(&raw).unwrap())
            .unwrap(),
        der
    );
    assert_eq!(outcome(&der), Ok(()));
    let parsed = Signature::parse(&der).unwrap();
    assert_eq!(parsed.detached_der(), Some(der.as_slice()));
    assert_eq!(parsed.summary().unwrap().signing_time, now());
}

#[test]
fn a_certificate_exchanged_for_another_of_the_same_key_is_noticed() {
    // Only signing-certificate-v2 tells them apart: key and subject are the same, and the signature value holds.
    let (used, other) = (certificate("aro.pem"), certificate("aro-renewed.pem"));
    let attributes = SignedAttributes::new(&ContentDigests::of_content(FILE).exact, &used, now());
    let raw = key().sign(&attributes.to_be_signed());
    let der = attributes
        .assemble(&[other, certificate("issuing.pem")], &raw)
        .unwrap();
    assert_eq!(outcome(&der), Err(SignatureDefect::CertificateOther.into()));
}

#[test]
fn a_signature_by_another_key_does_not_hold() {
    let chain = [certificate("aro.pem"), certificate("issuing.pem")];
    let attributes =
        SignedAttributes::new(&ContentDigests::of_content(FILE).exact, &chain[0], now());
    let stranger = P256Key::from_random(&[9; 32]).unwrap();
    let der = attributes
        .assemble(&chain, &stranger.sign(&attributes.to_be_signed()))
        .unwrap();
    assert_eq!(outcome(&der), Err(SignatureDefect::Forged.into()));
}

#[test]
fn what_cannot_be_a_signature_value_is_refused() {
    let chain = [certificate("aro.pem")];
    let attributes =
        SignedAttributes::new(&ContentDigests::of_content(FILE).exact, &chain[0], now());
    assert_eq!(
        attributes.assemble(&chain, &[0; 64]),
        Err(AssembleError::SignatureValue)
    );
    assert_eq!(
        attributes.assemble(&chain, b"short"),
        Err(AssembleError::SignatureValue)
    );
    assert_eq!(
        attributes.assemble(&[], &[1; 64]),
        Err(AssembleError::NoCertificate)
    );
}

#[test]
fn a_certificate_tells_what_people_need_to_know() {
    let certificate = certificate("aro.pem");
    let summary = certificate.summary();
    assert_eq!(
        summary.subject.as_str(),
        "CN=Test ARO 1,O=Test Supplier,C=GB"
    );
    assert_eq!(summary.issuer.common_name(), "Test issuing authority");
    assert_eq!(summary.not_before.to_string(), "2026-01-01T00:00:00Z");
    assert_eq!(summary.not_after.to_string(), "2046-01-01T00:00:00Z");
    assert_eq!(summary.key, KeyAlgorithm::P256);
    assert_eq!(
        Certificate::parse(certificate.to_pem().as_bytes()).unwrap(),
        certificate
    );
    assert!(certificate.is_for_key(&key().spki_der()));
    assert!(!certificate.is_for_key(&P256Key::from_random(&[9; 32]).unwrap().spki_der()));
    assert_eq!(
        Certificate::parse(FILE),
        Err(CertificateError::NotACertificate)
    );
}

#[test]
fn a_request_holds_only_with_the_signature_of_its_own_key() {
    let subject = DistinguishedName::parse("CN=Supplier ARO 1,O=Large Supplier,C=GB").unwrap();
    let unsigned = UnsignedRequest::new(&subject, &key().spki_der()).unwrap();
    let signature = key().sign(&unsigned.to_be_signed());
    let request = unsigned.clone().assemble(&signature).unwrap();
    assert_eq!(
        CertificationRequest::parse(request.der())
            .unwrap()
            .spki_der(),
        key().spki_der()
    );

    let stranger = P256Key::from_random(&[9; 32]).unwrap();
    let forged = unsigned
        .clone()
        .assemble(&stranger.sign(&unsigned.to_be_signed()));
    assert_eq!(forged.err(), Some(RequestError::Signature));
    assert_eq!(
        UnsignedRequest::new(&subject, FILE).err(),
        Some(RequestError::Key)
    );
    assert_eq!(
        CertificationRequest::parse(FILE).err(),
        Some(RequestError::NotARequest)
    );
}

/// The good signature with this many unsigned attributes, which nobody has to read.
fn with_unsigned_attributes(count: u32) -> Vec<u8> {
    let content_info = ContentInfo::from_der(&signature_file("good-p256.p7s")).unwrap();
    let mut signed_data: SignedData = content_info.content.decode_as().unwrap();
    let mut signer = signed_data.signer_infos.0.as_slice()[0].clone();
    let attributes = (0..count).map(|number| Attribute {
        oid: ObjectIdentifier::from_arcs([1, 2, 3, number]).unwrap(),
        values: SetOfVec::try_from(vec![Any::from(der::asn1::Null)]).unwrap(),
    });
    signer.unsigned_attrs = Some(SetOfVec::try_from(attributes.collect::<Vec<_>>()).unwrap());
    signed_data.signer_infos = SignerInfos(SetOfVec::try_from(vec![signer]).unwrap());
    let content = Any::encode_from(&signed_data).unwrap();
    ContentInfo {
        content_type: content_info.content_type,
        content,
    }
    .to_der()
    .unwrap()
}

#[test]
fn sets_have_few_members_so_that_sorting_a_strangers_costs_nothing() {
    assert!(Signature::parse(&with_unsigned_attributes(32)).is_ok());
    assert_eq!(
        Signature::parse(&with_unsigned_attributes(33)).err(),
        Some(SignatureDefect::TooMuch(TooMuch::Members {
            count: 33,
            most: 32
        }))
    );
}
