//! The forms in which a signature comes: each is read, or named for what it is.
#![allow(clippy::unwrap_used)]

mod testkit_files;

use base64ct::{Base64, Encoding as _};
use sluice_shared::finding::Describe as _;
use sluice_shared::signature::{NotCms, Signature, SignatureDefect};

use testkit_files::{pem, signature_file, testkit_file};

fn utf16(text: &str, bytes_of: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes_of).collect()
}

fn reason(bytes: &[u8]) -> Option<NotCms> {
    match Signature::parse(bytes) {
        Ok(_) => None,
        Err(SignatureDefect::NotCms(reason)) => Some(reason),
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn every_form_that_tools_and_editors_write_is_the_same_signature() {
    let der = signature_file("good-p256.p7s");
    let text = pem("CMS", &der);
    let crlf = text.replace('\n', "\r\n");
    let base64 = Base64::encode_string(&der);
    let lines: Vec<_> = base64
        .as_bytes()
        .chunks(76)
        .map(|line| std::str::from_utf8(line).unwrap())
        .collect();
    for (form, bytes) in [
        (
            "PEM behind a byte-order mark",
            format!("\u{feff}{text}").into_bytes(),
        ),
        (
            "PEM as certutil -encode labels it",
            pem("CERTIFICATE", &der).into_bytes(),
        ),
        (
            "PEM behind the signer's certificate",
            [signature_file("aro.pem"), text.clone().into_bytes()].concat(),
        ),
        (
            "PEM in UTF-16, little-endian",
            utf16(&format!("\u{feff}{crlf}"), u16::to_le_bytes),
        ),
        (
            "PEM in UTF-16, big-endian",
            utf16(&format!("\u{feff}{crlf}"), u16::to_be_bytes),
        ),
        (
            "PEM in UTF-16 without a mark",
            utf16(&text, u16::to_le_bytes),
        ),
        ("base64 alone", base64.clone().into_bytes()),
        ("base64 in lines", lines.join("\r\n").into_bytes()),
        (
            "base64 in UTF-16",
            utf16(&format!("\u{feff}{base64}\r\n"), u16::to_le_bytes),
        ),
        ("DER and a line end", [der.as_slice(), b"\n"].concat()),
        (
            "DER and a line end of Windows",
            [der.as_slice(), b"\r\n"].concat(),
        ),
    ] {
        let read = Signature::parse(&bytes).unwrap_or_else(|defect| panic!("{form}: {defect:?}"));
        assert_eq!(read.detached_der(), Some(der.as_slice()), "{form}");
    }
}

#[test]
fn a_streamed_signature_may_end_with_a_line_end_too() {
    let mut streamed = signature_file("good-enveloping-streamed.p7m");
    let content = Signature::parse(&streamed).unwrap().into_content();
    streamed.extend(b"\r\n");
    assert_eq!(Signature::parse(&streamed).unwrap().into_content(), content);
    streamed.extend(b"more");
    assert!(reason(&streamed).is_some());
}

#[test]
fn other_bytes_behind_a_signature_are_counted() {
    let mut der = signature_file("good-p256.p7s");
    der.extend([0; 12]);
    assert_eq!(reason(&der), Some(NotCms::Followed { bytes: 12 }));
    der.truncate(der.len() - 20);
    assert_eq!(reason(&der), Some(NotCms::CutOff));
}

#[test]
fn what_was_given_instead_is_named() {
    let issuing = testkit_file("signatures/issuing.pem");
    let lists = testkit_file("signatures/crls.pem");
    let key = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAAA\n-----END ENCRYPTED PRIVATE KEY-----\n";
    let pgp = "-----BEGIN PGP SIGNATURE-----\n\niQEz\n=abcd\n-----END PGP SIGNATURE-----\n";
    let file = testkit_file("signatures/file.csv");
    let certificate = sluice_shared::signature::Certificate::parse(&issuing).unwrap();
    for (bytes, what) in [
        (issuing.as_slice(), "a certificate"),
        (certificate.der(), "a certificate"),
        (&lists, "a revocation list"),
        (key.as_bytes(), "a private key"),
        (pgp.as_bytes(), "a PGP signature or key"),
        (&file, "the file itself"),
        (b"PK\x03\x04\x14\x00", "a ZIP archive"),
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF file"),
        (b"<?xml version=\"1.0\"?>", "XML"),
        (b"", "empty"),
        (b" \r\n", "empty"),
    ] {
        assert_eq!(reason(bytes), Some(NotCms::Other(what)), "{what}");
    }
    let message = SignatureDefect::NotCms(NotCms::Other("a certificate")).message();
    assert_eq!(
        message,
        "The signature file is a certificate, not a CMS signature."
    );
}

#[test]
fn the_same_signature_twice_is_one_and_two_signatures_are_two_signers() {
    let signature = pem("CMS", &signature_file("good-p256.p7s"));
    let twice = format!("{signature}pasted once more\n{signature}");
    assert!(Signature::parse(twice.as_bytes()).is_ok());
    let text = signature + &pem("CMS", &signature_file("good-rsa-2048.p7s"));
    assert_eq!(
        Signature::parse(text.as_bytes()).err(),
        Some(SignatureDefect::SeveralSigners { signers: 2 })
    );
}

#[test]
fn blocks_that_are_no_signatures_are_no_signers() {
    let signature = pem("CMS", &signature_file("good-p256.p7s"));
    for nothing in [
        pem("CMS", b""),
        pem("PKCS7", b"no signature"),
        pem("CERTIFICATE", b""),
    ] {
        let blocks = 1_200;
        assert_eq!(
            reason(nothing.repeat(blocks).as_bytes()),
            Some(NotCms::NoneOf { blocks }),
            "{nothing}"
        );
    }
    let said = NotCms::NoneOf { blocks: 1_200 };
    assert_eq!(
        SignatureDefect::NotCms(said).message(),
        "The signature file has 1,200 blocks of PEM, and none of them is a CMS signature."
    );
    let beside = signature.clone() + &pem("CMS", b"") + &pem("CMS", b"no signature");
    assert!(Signature::parse(beside.as_bytes()).is_ok());
    let two = beside + &pem("CMS", &signature_file("good-rsa-2048.p7s"));
    assert_eq!(
        Signature::parse(two.as_bytes()).err(),
        Some(SignatureDefect::SeveralSigners { signers: 2 })
    );
}
