//! Certificates and revocation lists as authorities send them: to a person who installs one, and to whoever runs the service.
#![allow(clippy::unwrap_used)]

mod pki_support;
mod testkit_files;

use base64ct::{Base64, Encoding as _};
use const_oid::db::rfc5911::{ID_DATA, ID_SIGNED_DATA};
use const_oid::db::rfc5912::SECP_384_R_1;
use der::asn1::{Any, BitString};
use der::{Decode as _, Encode as _, Tag};
use sluice_shared::signature::{Certificate, CertificateError, Crls, TrustAnchors};

use pki_support::Authority;
use pki_support::message::{context, wrapped};
use testkit_files::{pem, signature_file, testkit_file};

/// A PKCS #7 bundle: `SignedData` that nobody signed.
fn bundle(certificates: &[&Certificate]) -> Vec<u8> {
    let certificates: Vec<_> = certificates
        .iter()
        .map(|certificate| certificate.der().to_vec())
        .collect();
    let signed_data = wrapped(
        Tag::Sequence,
        &[
            1_u8.to_der().unwrap(),
            wrapped(Tag::Set, &[]),
            wrapped(Tag::Sequence, &[ID_DATA.to_der().unwrap()]),
            wrapped(context(0, true), &certificates),
            wrapped(Tag::Set, &[]),
        ],
    );
    let explicit = wrapped(context(0, true), &[signed_data]);
    wrapped(Tag::Sequence, &[ID_SIGNED_DATA.to_der().unwrap(), explicit])
}

fn two() -> [Certificate; 2] {
    ["aro.pem", "issuing.pem"].map(|name| Certificate::parse(&signature_file(name)).unwrap())
}

#[test]
fn a_person_installs_a_certificate_in_whatever_form_it_was_sent() {
    let [own, issuing] = two();
    let both = [own.clone(), issuing.clone()];
    let (a, b) = (own.to_pem(), issuing.to_pem());
    let bundle = bundle(&[&own, &issuing]);
    let utf16: Vec<u8> = format!("\u{feff}{a}{b}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for (form, bytes) in [
        ("PEM", format!("{a}{b}").into_bytes()),
        (
            "marks before and between the blocks",
            format!("\u{feff}{a}\u{feff}{b}").into_bytes(),
        ),
        ("UTF-16", utf16),
        ("a bundle", bundle.clone()),
        (
            "a bundle and a line end",
            [bundle.as_slice(), b"\r\n"].concat(),
        ),
        ("a bundle in PEM", pem("PKCS7", &bundle).into_bytes()),
        (
            "a bundle as certutil labels it",
            pem("CERTIFICATE", &bundle).into_bytes(),
        ),
        (
            "a bundle in base64 alone",
            Base64::encode_string(&bundle).into_bytes(),
        ),
    ] {
        let read = Certificate::parse_chain(&bytes);
        assert_eq!(read.as_deref(), Ok(both.as_slice()), "{form}");
    }
    for (form, bytes) in [
        ("DER and a line end", [own.der(), b"\n"].concat()),
        (
            "base64 alone",
            Base64::encode_string(own.der()).into_bytes(),
        ),
    ] {
        assert_eq!(
            Certificate::parse_chain(&bytes),
            Ok(vec![own.clone()]),
            "{form}"
        );
    }
}

#[test]
fn what_is_no_certificate_is_named() {
    let request = pem("CERTIFICATE REQUEST", &[0x30, 0]);
    for (bytes, what) in [
        (request.as_bytes(), "a request for a certificate"),
        (&testkit_file("signatures/crls.pem"), "a revocation list"),
        (
            b"-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n",
            "a private key",
        ),
        (b"", "empty"),
    ] {
        assert_eq!(
            Certificate::parse_chain(bytes),
            Err(CertificateError::Other(what)),
            "{what}"
        );
    }
    assert_eq!(
        Certificate::parse_chain(&bundle(&[])),
        Err(CertificateError::Empty)
    );
    let [own, _] = two();
    assert_eq!(
        Certificate::parse_chain(&bundle(&[&own; 65])),
        Err(CertificateError::NotACertificate)
    );
    let cut = &own.der()[..own.der().len() - 1];
    assert_eq!(
        Certificate::parse_chain(cut),
        Err(CertificateError::NotACertificate)
    );
}

#[test]
fn every_block_of_anchors_and_lists_counts_whatever_marks_stand_between() {
    let roots = ["signatures/root.pem", "certificates/root.pem"]
        .map(|name| String::from_utf8(testkit_file(name)).unwrap());
    let marked = format!("\u{feff}{}\u{feff}{}", roots[0], roots[1]);
    assert_eq!(
        TrustAnchors::parse(marked.as_bytes())
            .unwrap()
            .certificates()
            .len(),
        2
    );
    let lists = String::from_utf8(signature_file("crls.pem")).unwrap();
    let plain = Crls::parse(lists.as_bytes()).unwrap();
    let marked = Crls::parse(lists.replace("-----BEGIN", "\u{feff}-----BEGIN").as_bytes()).unwrap();
    assert_eq!(
        format!("{marked:?}"),
        format!("{plain:?}"),
        "each list, not only the first"
    );
}

#[test]
fn anchors_and_lists_in_another_form_are_refused_by_its_name() {
    let [_, issuing] = two();
    let bundle = bundle(&[&issuing]);
    let anchors = |bytes: &[u8]| TrustAnchors::parse(bytes).unwrap_err().to_string();
    for bytes in [
        bundle.clone(),
        pem("PKCS7", &bundle).into_bytes(),
        pem("CERTIFICATE", &bundle).into_bytes(),
    ] {
        let refused = anchors(&bytes);
        assert!(
            refused.contains("block 1 is a PKCS #7 bundle (.p7b)")
                && refused.contains("-print_certs"),
            "{refused}"
        );
    }
    let second = format!("{}{}", issuing.to_pem(), pem("PKCS7", &bundle));
    assert!(anchors(second.as_bytes()).contains("block 2 is a PKCS #7 bundle"));
    let refused = anchors(Base64::encode_string(issuing.der()).as_bytes());
    assert!(
        refused.contains("base64 without the line -----BEGIN CERTIFICATE-----"),
        "{refused}"
    );
    let utf16: Vec<u8> = format!("\u{feff}{}", issuing.to_pem())
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert!(anchors(&utf16).contains("save it as UTF-8"));
    let lists = Crls::parse(pem("PKCS7", &bundle).as_bytes())
        .unwrap_err()
        .to_string();
    assert!(lists.contains("block 1 is a PKCS #7 bundle"), "{lists}");
}

#[test]
fn an_anchor_whose_key_verifies_nothing_here_is_refused_at_start() {
    let root = Authority::root();
    let mut parsed = x509_cert::Certificate::from_der(root.certificate.der()).unwrap();
    let spki = &mut parsed.tbs_certificate.subject_public_key_info;
    spki.algorithm.parameters = Some(Any::encode_from(&SECP_384_R_1).unwrap());
    spki.subject_public_key = BitString::from_bytes(&[4; 97]).unwrap();
    let refused = TrustAnchors::parse(&parsed.to_der().unwrap())
        .unwrap_err()
        .to_string();
    assert!(refused.contains("neither ECDSA P-256 nor RSA"), "{refused}");
}
