//! A PKI and signatures with one defect each, made in the test itself: keys are numbers, nothing is random, and nothing trusts them.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "each test takes what it needs"
)]

pub mod message;

use const_oid::ObjectIdentifier;
use const_oid::db::rfc5912::{ECDSA_WITH_SHA_256, ECDSA_WITH_SHA_384};
use der::asn1::{BitString, OctetString, UtcTime as DerUtcTime};
use der::{Decode as _, Encode as _};
use p256::ecdsa::SigningKey;
use p256::ecdsa::signature::hazmat::PrehashSigner as _;
use sha2::{Digest as _, Sha384};
use sluice_shared::finding::SignatureDefect;
use sluice_shared::instant::UtcTime;
use sluice_shared::profile::Profile;
use sluice_shared::signature::{
    Certificate, ContentDigests, Crls, KeyPurpose, P256Key, Signature, SignatureFault,
    TrustAnchors, VerificationContext, VerifiedSignature, ecdsa_signature_der, verify,
};
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};
use std::str::FromStr as _;
use x509_cert::TbsCertificate;
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::{BasicConstraints, KeyUsage, KeyUsages, SubjectKeyIdentifier};
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;
use x509_cert::time::{Time, Validity};

/// What is signed.
pub const FILE: &[u8] = b"a file\n";

pub fn now() -> UtcTime {
    UtcTime::parse("2026-11-01T12:00:00Z").unwrap()
}

/// The key of this number.
pub fn key(number: u8) -> P256Key {
    P256Key::from_random(&[number; 32]).unwrap()
}

pub fn name(text: &str) -> Name {
    Name::from_str(text).unwrap()
}

/// Who issues: the anchor, with key 1, or an authority below it.
#[derive(Clone)]
pub struct Authority {
    pub number: u8,
    pub certificate: Certificate,
}

impl Authority {
    pub fn root() -> Self {
        let mut tbs = tbs("CN=Root,O=Test,C=GB", 1);
        tbs.issuer = tbs.subject.clone();
        of_authority(&mut tbs);
        Self {
            number: 1,
            certificate: signed(tbs, 1, ECDSA_WITH_SHA_256),
        }
    }

    /// An authority below this one, with the key of this number.
    pub fn authority(&self, number: u8, change: impl FnOnce(&mut TbsCertificate)) -> Self {
        let certificate = self.issue(number, |tbs| {
            tbs.subject = name(&format!("CN=Authority {number},O=Test,C=GB"));
            of_authority(tbs);
            change(tbs);
        });
        Self {
            number,
            certificate,
        }
    }

    /// A person's certificate for the key of this number.
    pub fn issue(&self, number: u8, change: impl FnOnce(&mut TbsCertificate)) -> Certificate {
        self.issue_with(ECDSA_WITH_SHA_256, number, change)
    }

    /// The same, signed in this way.
    pub fn issue_with(
        &self,
        algorithm: ObjectIdentifier,
        number: u8,
        change: impl FnOnce(&mut TbsCertificate),
    ) -> Certificate {
        let mut tbs = tbs("CN=Test ARO 1,O=Test Supplier,C=GB", number);
        tbs.issuer = x509_cert::Certificate::from_der(self.certificate.der())
            .unwrap()
            .tbs_certificate
            .subject;
        change(&mut tbs);
        signed(tbs, self.number, algorithm)
    }
}

fn tbs(subject: &str, number: u8) -> TbsCertificate {
    let time =
        |text: &str| Time::UtcTime(DerUtcTime::from_date_time(text.parse().unwrap()).unwrap());
    let spki = key(number).spki_der();
    let mut tbs = TbsCertificate {
        version: x509_cert::Version::V3,
        serial_number: SerialNumber::new(&[0x10, number]).unwrap(),
        signature: algorithm(ECDSA_WITH_SHA_256),
        issuer: name(subject),
        validity: Validity {
            not_before: time("2026-01-01T00:00:00Z"),
            not_after: time("2046-01-01T00:00:00Z"),
        },
        subject: name(subject),
        subject_public_key_info: SubjectPublicKeyInfoOwned::from_der(&spki).unwrap(),
        issuer_unique_id: None,
        subject_unique_id: None,
        extensions: Some(Vec::new()),
    };
    add(
        &mut tbs,
        true,
        &KeyUsage(KeyUsages::DigitalSignature.into()),
    );
    let identifier = SubjectKeyIdentifier(OctetString::new([number; 20]).unwrap());
    add(&mut tbs, false, &identifier);
    tbs
}

fn of_authority(tbs: &mut TbsCertificate) {
    tbs.extensions.as_mut().unwrap().remove(0);
    add(
        tbs,
        true,
        &KeyUsage(KeyUsages::KeyCertSign | KeyUsages::CRLSign),
    );
    add(
        tbs,
        true,
        &BasicConstraints {
            ca: true,
            path_len_constraint: None,
        },
    );
}

/// Adds an extension.
pub fn add<E: der::Encode + const_oid::AssociatedOid>(
    tbs: &mut TbsCertificate,
    critical: bool,
    extension: &E,
) {
    add_der(tbs, critical, E::OID, extension.to_der().unwrap());
}

pub fn add_der(tbs: &mut TbsCertificate, critical: bool, extn_id: ObjectIdentifier, der: Vec<u8>) {
    let extn_value = OctetString::new(der).unwrap();
    tbs.extensions.as_mut().unwrap().push(Extension {
        extn_id,
        critical,
        extn_value,
    });
}

pub fn validity(tbs: &mut TbsCertificate, from: &str, until: &str) {
    let time =
        |text: &str| Time::UtcTime(DerUtcTime::from_date_time(text.parse().unwrap()).unwrap());
    tbs.validity = Validity {
        not_before: time(from),
        not_after: time(until),
    };
}

pub fn algorithm(oid: ObjectIdentifier) -> AlgorithmIdentifierOwned {
    AlgorithmIdentifierOwned {
        oid,
        parameters: None,
    }
}

/// Signed with the key of this number: by SHA-384 where the algorithm says so, by SHA-256 otherwise.
fn signed(mut tbs: TbsCertificate, number: u8, oid: ObjectIdentifier) -> Certificate {
    tbs.signature = algorithm(oid);
    let message = tbs.to_der().unwrap();
    let raw = if oid == ECDSA_WITH_SHA_384 {
        let key = SigningKey::from_slice(&[number; 32]).unwrap();
        let signature: p256::ecdsa::Signature =
            key.sign_prehash(&Sha384::digest(&message)).unwrap();
        signature.to_bytes().to_vec()
    } else {
        key(number).sign(&message)
    };
    let certificate = x509_cert::Certificate {
        tbs_certificate: tbs,
        signature_algorithm: algorithm(oid),
        signature: BitString::from_bytes(&ecdsa_signature_der(&raw).unwrap()).unwrap(),
    };
    Certificate::from_der(&certificate.to_der().unwrap()).unwrap()
}

/// Verifies a signature of [`FILE`] against the root, whose authorities need no list.
pub fn verified(
    bytes: &[u8],
    authorities: &[&Authority],
) -> Result<VerifiedSignature, SignatureFault> {
    let purposes = &Profile::standard().signing.accepted_key_purposes;
    verified_for(bytes, authorities, purposes)
}

pub fn verified_for(
    bytes: &[u8],
    authorities: &[&Authority],
    purposes: &[KeyPurpose],
) -> Result<VerifiedSignature, SignatureFault> {
    let root = Authority::root();
    let anchors = TrustAnchors::parse(root.certificate.der()).unwrap();
    let all = authorities.iter().copied().chain([&root]);
    let without_list = all
        .map(|authority| authority.certificate.sha256())
        .collect();
    let crls = Crls::parse(b"")
        .unwrap()
        .with_authorities_without_list(without_list);
    let context = VerificationContext {
        anchors: &anchors,
        crls: &crls,
        purposes,
        at: now(),
        now: now(),
    };
    let signature = Signature::parse(bytes)?;
    signature.check_detached()?;
    verify(&context, &signature, &ContentDigests::of_content(FILE))
}

/// What is wrong for the sender; nothing where it is accepted.
pub fn defect(bytes: &[u8], authorities: &[&Authority]) -> Option<SignatureDefect> {
    match verified(bytes, authorities) {
        Ok(_) => None,
        Err(SignatureFault::Sender(defect)) => Some(defect),
        Err(SignatureFault::Service(fault)) => panic!("{fault}"),
    }
}
