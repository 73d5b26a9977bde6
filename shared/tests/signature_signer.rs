//! Which of the certificates in a signature is the signer's, where more than one may be.
#![allow(clippy::unwrap_used)]

mod pki_support;

use der::asn1::{Any, PrintableStringRef};
use der::{Decode as _, Tag, Tagged as _};
use sha2::{Digest as _, Sha256};
use sluice_shared::finding::SignatureDefect;
use sluice_shared::signature::{Certificate, Signature};
use x509_cert::serial_number::SerialNumber;

use pki_support::message::{Message, issuer_and_serial, signing_time};
use pki_support::{Authority, defect, name, validity, verified};

/// A certificate for key 2 in force in this span, with a serial number of its own.
fn renewal(serial: u8, from: &str, until: &str) -> Certificate {
    Authority::root().issue(2, |tbs| {
        tbs.serial_number = SerialNumber::new(&[serial]).unwrap();
        validity(tbs, from, until);
    })
}

fn old() -> Certificate {
    renewal(1, "2025-11-01T00:00:00Z", "2026-11-01T00:00:00Z")
}

fn new() -> Certificate {
    renewal(2, "2026-10-01T00:00:00Z", "2027-11-01T00:00:00Z")
}

/// The certificate that a signature by key 2 with these certificates counts as made with.
fn chosen(certificates: &[&Certificate], change: impl Fn(Message) -> Message) -> Certificate {
    let message = change(Message::of(2, certificates).by_key_identifier());
    let verified = verified(&message.der(), &[]).unwrap().certificate;
    let shown = Signature::parse(&message.der()).unwrap();
    assert_eq!(
        *shown.signer_certificate().unwrap(),
        verified,
        "the page shows the same"
    );
    verified
}

#[test]
fn of_two_certificates_of_one_key_the_signed_attribute_names_the_one() {
    let early = renewal(3, "2026-01-01T00:00:00Z", "2028-01-01T00:00:00Z");
    for certificates in [[&early, &new()], [&new(), &early]] {
        for named in [&early, &new()] {
            let naming = |message: Message| message.naming(None, &Sha256::digest(named.der()));
            assert_eq!(chosen(&certificates, naming), *named);
        }
    }
    let naming_none = Message::of(2, &[&early, &new()])
        .by_key_identifier()
        .naming(None, &[7; 32]);
    assert_eq!(
        defect(&naming_none.der(), &[]),
        Some(SignatureDefect::CertificateOther)
    );
}

#[test]
fn without_it_the_one_that_was_good_when_the_file_was_signed() {
    for certificates in [[&old(), &new()], [&new(), &old()]] {
        assert_eq!(chosen(&certificates, |message| message), new());
    }
    // Both were: the one that began last.
    let both = |mut message: Message| {
        message.attributes[2] = signing_time("261015120000Z");
        message
    };
    assert_eq!(chosen(&[&old(), &new()], both), new());
    // None was.
    let mut before = Message::of(2, &[&old(), &new()]).by_key_identifier();
    before.attributes[2] = signing_time("250101120000Z");
    assert!(matches!(
        defect(&before.der(), &[]),
        Some(SignatureDefect::SignedOutsideValidity { .. } | SignatureDefect::Expired { .. })
    ));
}

#[test]
fn one_that_leads_nowhere_does_not_hide_the_one_that_is_good() {
    let mut stranger = Authority::root();
    stranger.number = 9;
    let untrusted = stranger.issue(2, |tbs| {
        tbs.issuer = name("CN=Stranger,C=GB");
        validity(tbs, "2026-10-15T00:00:00Z", "2027-10-15T00:00:00Z");
    });
    assert_eq!(chosen_only(&[&untrusted, &new()]), new());
    let alone = Message::of(2, &[&untrusted]).by_key_identifier();
    assert!(matches!(
        defect(&alone.der(), &[]),
        Some(SignatureDefect::UnknownIssuer { .. })
    ));
}

fn chosen_only(certificates: &[&Certificate]) -> Certificate {
    let message = Message::of(2, certificates).by_key_identifier();
    verified(&message.der(), &[]).unwrap().certificate
}

#[test]
fn a_key_identifier_that_two_keys_share_is_told_by_the_key_that_signed() {
    // Key 3 with the identifier of key 2, as where identifiers are no digests.
    let other = Authority::root().issue(3, |tbs| {
        let own = x509_cert::Certificate::from_der(new().der())
            .unwrap()
            .tbs_certificate;
        tbs.extensions.as_mut().unwrap()[1] = own.extensions.unwrap()[1].clone();
        validity(tbs, "2026-10-15T00:00:00Z", "2027-10-15T00:00:00Z");
    });
    for certificates in [[&other, &new()], [&new(), &other]] {
        assert_eq!(chosen_only(&certificates), new());
    }
}

#[test]
fn certificates_of_one_key_for_two_people_leave_it_uncertain_who_signed() {
    let somebody_else = Authority::root().issue(2, |tbs| {
        tbs.subject = name("CN=Test ARO 2,O=Test Supplier,C=GB");
    });
    let message = Message::of(2, &[&new(), &somebody_else]).by_key_identifier();
    assert_eq!(
        defect(&message.der(), &[]),
        Some(SignatureDefect::SignerUncertain)
    );
    let named = message.naming(None, &Sha256::digest(somebody_else.der()));
    assert_eq!(
        verified(&named.der(), &[]).unwrap().certificate,
        somebody_else
    );
}

#[test]
fn the_issuer_is_the_same_name_in_another_string_type() {
    let signer = new();
    let mut issuer = name("CN=Root,O=Test,C=GB");
    let as_printable =
        |text: &str| Any::encode_from(&PrintableStringRef::new(text).unwrap()).unwrap();
    for (part, text) in [(1, "Test"), (2, "ROOT")] {
        let mut value = issuer.0[part].0.get(0).unwrap().clone();
        assert_eq!(value.value.tag(), Tag::Utf8String);
        value.value = as_printable(text);
        issuer.0[part].0 = der::asn1::SetOfVec::try_from(vec![value]).unwrap();
    }
    let serial = |serial: &[u8]| SerialNumber::new(serial).unwrap();
    let message = Message {
        sid: issuer_and_serial(&issuer, &serial(&[2])),
        ..Message::of(2, &[&signer])
    };
    assert_eq!(defect(&message.der(), &[]), None);
    let other_serial = Message {
        sid: issuer_and_serial(&issuer, &serial(&[1])),
        ..message.clone()
    };
    assert_eq!(
        defect(&other_serial.der(), &[]),
        Some(SignatureDefect::CertificateMissing)
    );
    let other_name = issuer_and_serial(&name("CN=Rooter,O=Test,C=GB"), &serial(&[2]));
    assert_eq!(
        defect(
            &Message {
                sid: other_name,
                ..message
            }
            .der(),
            &[]
        ),
        Some(SignatureDefect::CertificateMissing)
    );
}
