//! Signed attributes, content and signature value: what is taken, and what is named when it is not.
#![allow(clippy::unwrap_used)]

mod pki_support;

use const_oid::ObjectIdentifier;
use const_oid::db::rfc5911::{
    ID_CONTENT_TYPE, ID_DATA, ID_MESSAGE_DIGEST, ID_SIGNED_DATA, ID_SIGNING_TIME,
};
use const_oid::db::rfc5912::{
    ID_EC_PUBLIC_KEY, ID_SHA_1, ID_SHA_384, ID_SHA_512, SECP_256_R_1, SECP_384_R_1,
};
use der::Encode as _;
use der::asn1::{Any, Null, OctetString};
use sha2::{Digest as _, Sha256, Sha384, Sha512};
use sluice_shared::finding::{AttributeFault, Describe as _, NoFileInside, SignatureDefect};
use sluice_shared::signature::Certificate;

use pki_support::message::{Message, attribute, attribute_der, signing_time};
use pki_support::{Authority, FILE, algorithm, defect};

/// `id-ct-TSTInfo` (RFC 3161, 2.4.2).
const TIME_STAMP: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");

fn signer() -> Certificate {
    Authority::root().issue(2, |_| ())
}

fn message() -> Message {
    Message::of(2, &[&signer()])
}

fn found(message: &Message) -> Option<SignatureDefect> {
    defect(&message.der(), &[])
}

fn wrong(name: &'static str, fault: AttributeFault) -> SignatureDefect {
    SignatureDefect::Attribute { name, fault }
}

#[test]
fn a_signing_time_is_utc_in_whole_seconds() {
    for (text, fault) in [
        ("261101115500Z", None),
        ("20261101115500Z", None),
        ("261101125500+0100", Some(AttributeFault::Offset)),
        ("20261101065500-0500", Some(AttributeFault::Offset)),
        ("20261101115500.25Z", Some(AttributeFault::Fraction)),
        ("20261101115500,25Z", Some(AttributeFault::Fraction)),
        ("20261101115500", Some(AttributeFault::NoZone)),
        ("2611011155Z", Some(AttributeFault::Wrong)),
        ("261301115500Z", Some(AttributeFault::Wrong)),
    ] {
        let mut message = message();
        message.attributes[2] = signing_time(text);
        let expected = fault.map(|fault| wrong("signing time", fault));
        assert_eq!(found(&message), expected, "{text}");
    }
    let offset = wrong("signing time", AttributeFault::Offset);
    assert!(
        offset.remedy().contains("signing tool"),
        "{}",
        offset.remedy()
    );
}

#[test]
fn each_attribute_is_there_once_with_one_value() {
    let names = ["content type", "message digest", "signing time"];
    for (at, name) in names.into_iter().enumerate() {
        let mut without = message();
        without.attributes.remove(at);
        assert_eq!(found(&without), Some(wrong(name, AttributeFault::Missing)));
        let mut twice = message();
        twice.attributes.push(twice.attributes[at].clone());
        assert_eq!(found(&twice), Some(wrong(name, AttributeFault::Twice)));
    }
    let mut two_times = message();
    two_times.attributes.push(signing_time("261101115501Z"));
    assert_eq!(
        found(&two_times),
        Some(wrong("signing time", AttributeFault::Twice))
    );
    let digest = |file: &[u8]| {
        OctetString::new(Sha256::digest(file).to_vec())
            .unwrap()
            .to_der()
            .unwrap()
    };
    let mut two_values = message();
    two_values.attributes[1] =
        attribute_der(ID_MESSAGE_DIGEST, &[digest(FILE), digest(b"another\n")]);
    assert_eq!(
        found(&two_values),
        Some(wrong("message digest", AttributeFault::Twice))
    );
    let mut none = message();
    none.attributes[2] = attribute_der(ID_SIGNING_TIME, &[]);
    assert_eq!(
        found(&none),
        Some(wrong("signing time", AttributeFault::Missing))
    );
    let mut other_type = message();
    other_type.attributes[0] = attribute(ID_CONTENT_TYPE, &ID_SIGNED_DATA);
    assert_eq!(
        found(&other_type),
        Some(wrong("content type", AttributeFault::Wrong))
    );
}

#[test]
fn content_of_another_kind_is_not_the_attributes_fault() {
    let other_kind = SignatureDefect::NoFileInside(NoFileInside::OtherKind);
    let mut outside = message();
    outside.content_type = TIME_STAMP;
    assert_eq!(found(&outside), Some(other_kind.clone()));
    let mut both = outside;
    both.attributes[0] = attribute(ID_CONTENT_TYPE, &TIME_STAMP);
    assert_eq!(found(&both), Some(other_kind.clone()));
    assert!(
        other_kind.message().contains("eContentType"),
        "{}",
        other_kind.message()
    );
}

#[test]
fn signing_certificate_names_the_certificate_by_any_sha2_digest() {
    let (own, other) = (signer(), Authority::root().issue(3, |_| ()));
    let digests = |certificate: &Certificate| {
        let der = certificate.der();
        [
            (None, Sha256::digest(der).to_vec()),
            (Some(ID_SHA_384), Sha384::digest(der).to_vec()),
            (Some(ID_SHA_512), Sha512::digest(der).to_vec()),
        ]
    };
    for (hash, digest) in digests(&own) {
        assert_eq!(found(&message().naming(hash, &digest)), None, "{hash:?}");
    }
    for (hash, digest) in digests(&other) {
        assert_eq!(
            found(&message().naming(hash, &digest)),
            Some(SignatureDefect::CertificateOther)
        );
        assert_eq!(
            found(&message().naming(hash, &digest[..20])),
            Some(SignatureDefect::CertificateOther)
        );
    }
    let sha1 = message().naming(Some(ID_SHA_1), &[7; 20]);
    assert_eq!(
        found(&sha1),
        Some(wrong("signing certificate", AttributeFault::Digest))
    );
}

#[test]
fn a_detached_signature_has_nothing_inside() {
    for (inside, expected) in [
        (
            OctetString::new([]).unwrap().to_der().unwrap(),
            SignatureDefect::NoFileInside(NoFileInside::Empty),
        ),
        (
            Null.to_der().unwrap(),
            SignatureDefect::NoFileInside(NoFileInside::NotOctets),
        ),
        (
            ID_DATA.to_der().unwrap(),
            SignatureDefect::NoFileInside(NoFileInside::NotOctets),
        ),
        (
            OctetString::new(FILE).unwrap().to_der().unwrap(),
            SignatureDefect::ContentTwice,
        ),
    ] {
        let message = Message {
            content: Some(inside),
            ..message()
        };
        assert_eq!(found(&message), Some(expected));
    }
}

#[test]
fn the_attributes_are_signed_in_the_order_of_der_and_may_be_sent_in_any() {
    let mut sent = message();
    sent.attributes.reverse();
    for order in 0..3 {
        sent.attributes.rotate_left(1);
        assert_eq!(found(&sent), None, "{order}");
    }
    let mut sorted = sent.attributes.clone();
    sorted.sort();
    let mut signed = 0;
    for _ in 0..3 {
        sent.attributes.rotate_left(1);
        let signs_order_sent = Message {
            signs_order_sent: true,
            ..sent.clone()
        };
        let expected = (sent.attributes != sorted).then_some(SignatureDefect::AttributeOrder);
        signed += usize::from(expected.is_some());
        assert_eq!(found(&signs_order_sent), expected);
    }
    assert!(signed >= 2);
}

#[test]
fn a_value_of_r_and_s_as_they_are_is_refused_by_name() {
    let raw = Message {
        is_raw: true,
        ..message()
    };
    assert_eq!(found(&raw), Some(SignatureDefect::RawValue));
    // Only where it would have held: any other 64 bytes are just no signature.
    let forged = Message {
        is_raw: true,
        key: 3,
        sid: message().sid,
        ..message()
    };
    assert_eq!(found(&forged), Some(SignatureDefect::Forged));
}

#[test]
fn the_kind_of_the_key_stands_for_the_algorithm_where_its_curve_is_no_other() {
    let named = |parameters: Option<Any>| Message {
        signature_algorithm: spki::AlgorithmIdentifierOwned {
            parameters,
            ..algorithm(ID_EC_PUBLIC_KEY)
        }
        .to_der()
        .unwrap(),
        ..message()
    };
    for parameters in [
        None,
        Some(Any::from(Null)),
        Some(Any::encode_from(&SECP_256_R_1).unwrap()),
    ] {
        assert_eq!(found(&named(parameters)), None);
    }
    let other = named(Some(Any::encode_from(&SECP_384_R_1).unwrap()));
    assert!(matches!(
        found(&other),
        Some(SignatureDefect::Algorithm { .. })
    ));
    let forged = Message {
        key: 3,
        ..named(None)
    };
    assert_eq!(found(&forged), Some(SignatureDefect::Forged));
}
