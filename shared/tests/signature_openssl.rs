//! Both ways with the real `openssl`: it verifies what is put together here, and what it signs is accepted.
//!
//! Without `openssl` on the machine these tests say so and pass (CI has it, and sets `SLUICE_REQUIRE_OPENSSL` so that they
//! cannot be left out there); `signature_testkit` reads what OpenSSL made once, everywhere.
#![allow(clippy::unwrap_used)]

mod testkit_files;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use sluice_shared::directory::{CertificateBar, CertificateIdentity};
use sluice_shared::identifiers::FileDigest;
use sluice_shared::instant::UtcTime;
use sluice_shared::profile::Profile;
use sluice_shared::signature::{
    Certificate, CertificationRequest, ContentDigests, Crls, DistinguishedName, P256Key, Signature,
    SignedAttributes, TrustAnchors, UnsignedRequest, VerificationContext, verify,
};

use testkit_files::{signature_file, testkit_path};

const FILE: &[u8] = b"UserID,Period\n90-B3-D5-1F-30-01-00-00,P1D\n";

fn certificate(name: &str) -> Certificate {
    Certificate::parse(&signature_file(name)).unwrap()
}

fn key() -> P256Key {
    P256Key::from_pem(&String::from_utf8(signature_file("aro.test-only.key")).unwrap()).unwrap()
}

/// A folder of this test's own; `None` when there is no `openssl`.
fn folder(test: &str) -> Option<PathBuf> {
    if Command::new("openssl").arg("version").output().is_err() {
        assert!(
            std::env::var_os("SLUICE_REQUIRE_OPENSSL").is_none(),
            "openssl is required here and was not found"
        );
        eprintln!("left out: no openssl on this machine");
        return None;
    }
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(test);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("file.csv"), FILE).unwrap();
    Some(folder)
}

fn openssl(folder: &Path, arguments: &[&str]) -> Vec<u8> {
    let output = Command::new("openssl")
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "openssl {arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout
}

fn now() -> UtcTime {
    UtcTime::parse("2026-11-01T12:00:00Z").unwrap()
}

fn accepted(signature: &[u8]) -> DistinguishedName {
    let anchors = TrustAnchors::parse(&signature_file("root.pem")).unwrap();
    let crls = Crls::parse(&signature_file("crls.pem")).unwrap();
    let signature = Signature::parse(signature).unwrap();
    let digests = ContentDigests::of_content(signature.content().unwrap_or(FILE));
    verify(
        &VerificationContext {
            anchors: &anchors,
            crls: &crls,
            purposes: &Profile::standard().signing.accepted_key_purposes,
            at: now(),
            now: now(),
        },
        &signature,
        &digests,
    )
    .unwrap()
    .subject
}

/// The other `s` of the same signature: both are valid, and `WebCrypto` gives either.
fn other_s(raw: &[u8]) -> Vec<u8> {
    const ORDER: [u8; 32] = [
        0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc,
        0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
    ];
    let mut other = raw.to_vec();
    let mut borrow = 0_i16;
    for at in (0..32).rev() {
        let difference = i16::from(ORDER[at]) - i16::from(raw[32 + at]) - borrow;
        borrow = i16::from(difference < 0);
        other[32 + at] = u8::try_from(difference.rem_euclid(256)).unwrap();
    }
    other
}

#[test]
fn openssl_verifies_what_is_put_together_from_a_raw_signature() {
    let Some(folder) = folder("page-to-openssl") else {
        return;
    };
    let chain = [certificate("aro.pem"), certificate("issuing.pem")];
    let digest: FileDigest = ContentDigests::of_content(FILE).exact;
    let attributes = SignedAttributes::new(&digest, &chain[0], now());
    let raw = key().sign(&attributes.to_be_signed());
    for (name, value) in [("one", raw.clone()), ("other", other_s(&raw))] {
        let der = attributes.assemble(&chain, &value).unwrap();
        assert_eq!(accepted(&der).common_name(), "Test ARO 1", "{name}");
        fs::write(folder.join("file.csv.p7s"), &der).unwrap();
        let root = testkit_path("signatures/root.pem");
        let arguments = [
            "cms",
            "-verify",
            "-binary",
            "-inform",
            "DER",
            "-in",
            "file.csv.p7s",
            "-content",
            "file.csv",
        ];
        let trust = [
            "-CAfile",
            root.to_str().unwrap(),
            "-purpose",
            "any",
            "-out",
            "verified.csv",
        ];
        openssl(&folder, &[arguments.as_slice(), trust.as_slice()].concat());
        assert_eq!(fs::read(folder.join("verified.csv")).unwrap(), FILE);
    }
}

#[test]
fn openssl_opens_a_file_inside_of_its_signature() {
    let Some(folder) = folder("page-to-openssl-enveloping") else {
        return;
    };
    let chain = [certificate("aro.pem"), certificate("issuing.pem")];
    let attributes =
        SignedAttributes::new(&ContentDigests::of_content(FILE).exact, &chain[0], now());
    let der = attributes
        .assemble_enveloping(&chain, &key().sign(&attributes.to_be_signed()), FILE)
        .unwrap();
    accepted(&der);
    fs::write(folder.join("file.p7m"), &der).unwrap();
    let root = testkit_path("signatures/root.pem");
    let trust = ["-CAfile", root.to_str().unwrap(), "-purpose", "any"];
    let content = openssl(
        &folder,
        &[
            [
                "cms", "-verify", "-inform", "DER", "-in", "file.p7m", "-binary",
            ]
            .as_slice(),
            &trust,
        ]
        .concat(),
    );
    assert_eq!(content, FILE);
}

#[test]
fn what_openssl_signs_is_accepted() {
    let Some(folder) = folder("openssl-to-service") else {
        return;
    };
    let (signer, key, issuing) = (
        testkit_path("signatures/aro.pem"),
        testkit_path("signatures/aro.test-only.key"),
        testkit_path("signatures/issuing.pem"),
    );
    let base = [
        "cms",
        "-sign",
        "-binary",
        "-md",
        "sha256",
        "-in",
        "file.csv",
        "-signer",
        signer.to_str().unwrap(),
        "-inkey",
        key.to_str().unwrap(),
        "-certfile",
        issuing.to_str().unwrap(),
    ];
    let variants: [&[&str]; 7] = [
        &["-outform", "DER"],
        &["-outform", "PEM"],
        &["-outform", "DER", "-cades"],
        &["-outform", "DER", "-keyid"],
        &["-outform", "DER", "-nodetach"],
        &["-outform", "DER", "-nodetach", "-stream"],
        &["-outform", "DER", "-nosmimecap"],
    ];
    for variant in variants {
        let signature = openssl(&folder, &[base.as_slice(), variant].concat());
        assert_eq!(
            accepted(&signature).as_str(),
            "CN=Test ARO 1,O=Test Supplier,C=GB",
            "{variant:?}"
        );
    }
}

#[test]
fn openssl_reads_a_certification_request() {
    let Some(folder) = folder("request") else {
        return;
    };
    let name = r"CN=Smith\, John,O=Large Supplier,C=GB";
    let subject = DistinguishedName::parse(name).unwrap();
    let unsigned = UnsignedRequest::new(&subject, &key().spki_der()).unwrap();
    let raw = key().sign(&unsigned.to_be_signed());
    let request = unsigned.assemble(&raw).unwrap();
    fs::write(folder.join("request.pem"), request.to_pem()).unwrap();
    let read = ["req", "-in", "request.pem", "-verify", "-noout", "-text"];
    let text = openssl(
        &folder,
        &[read.as_slice(), &["-nameopt", "RFC2253"]].concat(),
    );
    let text = String::from_utf8(text).unwrap();
    assert!(text.contains("Digital Signature"), "{text}");
    assert!(text.contains(name), "{text}");
    assert_eq!(
        CertificationRequest::parse(request.to_pem().as_bytes())
            .unwrap()
            .subject(),
        subject
    );
}

/// A certificate of a P-256 key, as OpenSSL writes the key's point in this form.
fn certificate_of_form(folder: &Path, form: &str) -> Certificate {
    let key = format!("{form}-key.pem");
    let arguments = [
        "ec",
        "-in",
        "form-key.pem",
        "-conv_form",
        form,
        "-out",
        &key,
    ];
    openssl(folder, &arguments);
    let subject = "/C=GB/CN=One Key";
    let pem = openssl(
        folder,
        &[
            "req", "-x509", "-new", "-key", &key, "-subj", subject, "-days", "2",
        ],
    );
    Certificate::parse(&pem).unwrap()
}

#[test]
fn of_the_forms_that_openssl_gives_a_key_one_can_be_registered() {
    let Some(folder) = folder("key-forms") else {
        return;
    };
    openssl(
        &folder,
        &[
            "ecparam",
            "-name",
            "prime256v1",
            "-genkey",
            "-noout",
            "-out",
            "form-key.pem",
        ],
    );
    let usual = certificate_of_form(&folder, "uncompressed");
    let compressed = certificate_of_form(&folder, "compressed");
    let identity = CertificateIdentity::parse(&usual).unwrap();
    assert_eq!(identity.key, usual.key_sha256());
    // One key by two names: it could be stopped by the one and go on by the other.
    assert_ne!(usual.key_sha256(), compressed.key_sha256());
    assert_eq!(
        CertificateIdentity::parse(&compressed),
        Err(CertificateBar::KeyForm)
    );
    let rsa = openssl(
        &folder,
        &[
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-noenc",
            "-keyout",
            "rsa-key.pem",
            "-subj",
            "/CN=RSA",
            "-days",
            "2",
        ],
    );
    assert!(Certificate::parse(&rsa).unwrap().has_usual_key_form());
}
