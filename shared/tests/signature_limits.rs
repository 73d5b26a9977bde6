//! Limits on what a signature holds: each is told with what is beyond it.
#![allow(clippy::unwrap_used)]

mod pki_support;

use const_oid::ObjectIdentifier;
use der::asn1::Null;
use der::{Encode as _, Tag};
use sluice_shared::finding::{Describe as _, SignatureDefect, TooMuch};

use pki_support::message::{Message, attribute, wrapped};
use pki_support::{Authority, defect};

/// A signature with so many certificates, the signer's among them.
fn with_certificates(count: u8) -> Message {
    let root = Authority::root();
    let signer = root.issue(2, |_| ());
    let others: Vec<_> = (3..=count + 1)
        .map(|number| root.issue(number, |_| ()))
        .collect();
    let all: Vec<_> = std::iter::once(&signer).chain(&others).collect();
    Message::of(2, &all)
}

fn limit(message: &Message) -> Option<TooMuch> {
    match defect(&message.der(), &[]) {
        Some(SignatureDefect::TooMuch(limit)) => Some(limit),
        Some(other) => panic!("{other:?}"),
        None => None,
    }
}

#[test]
fn certificates() {
    assert_eq!(limit(&with_certificates(16)), None);
    for count in [17, 40, 200] {
        let limit = limit(&with_certificates(count));
        assert_eq!(
            limit,
            Some(TooMuch::Certificates {
                count: count.into(),
                most: 16
            })
        );
    }
    let defect = SignatureDefect::TooMuch(TooMuch::Certificates {
        count: 17,
        most: 16,
    });
    assert_eq!(
        defect.message(),
        "The signature holds 17 certificates, and at most 16 are read."
    );
}

#[test]
fn attributes() {
    let unsigned = |count: u32| {
        let mut message = with_certificates(1);
        let oid = |number| ObjectIdentifier::from_arcs([1, 2, 3, number]).unwrap();
        message.unsigned_attributes = (0..count)
            .map(|number| attribute(oid(number), &Null))
            .collect();
        message
    };
    assert_eq!(limit(&unsigned(32)), None);
    assert_eq!(
        limit(&unsigned(33)),
        Some(TooMuch::Members {
            count: 33,
            most: 32
        })
    );
}

#[test]
fn bytes_of_revocation_lists_are_told_from_other_bytes() {
    let list = |bytes: usize| {
        vec![wrapped(
            Tag::Sequence,
            &[wrapped(Tag::OctetString, &[vec![7; bytes]])],
        )]
    };
    let mut message = with_certificates(1);
    message.lists = list(60_000);
    assert_eq!(limit(&message), None, "lists inside are passed over");
    message.lists = list(100_000);
    let Some(TooMuch::Lists {
        bytes,
        most: 65_536,
    }) = limit(&message)
    else {
        panic!("{:?}", limit(&message));
    };
    assert!((100_000..100_020).contains(&bytes), "{bytes}");
    message.lists.clear();
    message.unsigned_attributes = vec![attribute(
        ObjectIdentifier::new_unwrap("1.2.3"),
        &der::asn1::OctetString::new(vec![7; 100_000]).unwrap(),
    )];
    assert!(matches!(
        limit(&message),
        Some(TooMuch::Bytes {
            bytes: 100_000..,
            most: 65_536
        })
    ));
}

#[test]
fn values_inside_values() {
    let mut value = Null.to_der().unwrap();
    for _ in 0..40 {
        value = wrapped(Tag::Sequence, &[value]);
    }
    let mut message = with_certificates(1);
    message.lists = vec![value];
    assert_eq!(limit(&message), Some(TooMuch::Nested));
}

#[test]
fn signers_are_counted_however_many() {
    for signers in [2, 17] {
        let message = Message {
            signers,
            ..with_certificates(1)
        };
        assert_eq!(
            defect(&message.der(), &[]),
            Some(SignatureDefect::SeveralSigners { signers })
        );
    }
    let nobody = Message {
        signers: 0,
        ..with_certificates(1)
    };
    assert_eq!(defect(&nobody.der(), &[]), Some(SignatureDefect::NoSigner));
}
