//! A CMS signature in its parts, each of which a test can change. Encoded by `der`; what is wrong on purpose, a part at a time.

use const_oid::ObjectIdentifier;
use const_oid::db::rfc5911::{
    ID_AA_SIGNING_CERTIFICATE_V_2, ID_CONTENT_TYPE, ID_DATA, ID_MESSAGE_DIGEST, ID_SIGNED_DATA,
    ID_SIGNING_TIME,
};
use const_oid::db::rfc5912::{ECDSA_WITH_SHA_256, ID_SHA_256};
use der::asn1::{Any, OctetString};
use der::{Decode as _, Encode as _, Tag, TagNumber};
use sha2::{Digest as _, Sha256};
use sluice_shared::signature::{Certificate, ecdsa_signature_der};
use x509_cert::name::Name;

use super::{FILE, algorithm, key};

/// Every part but the digest and version is DER of its own.
#[derive(Clone)]
pub struct Message {
    /// The number of the signer's key.
    pub key: u8,
    pub sid: Vec<u8>,
    pub attributes: Vec<Vec<u8>>,
    /// Whether the attributes are signed in the order in which they stand, and not in DER's.
    pub signs_order_sent: bool,
    pub signature_algorithm: Vec<u8>,
    /// Whether the value is `r‖s`.
    pub is_raw: bool,
    /// `eContentType`.
    pub content_type: ObjectIdentifier,
    pub content: Option<Vec<u8>>,
    pub certificates: Vec<Vec<u8>>,
    pub lists: Vec<Vec<u8>>,
    pub unsigned_attributes: Vec<Vec<u8>>,
    pub signers: usize,
}

impl Message {
    /// Of [`FILE`], by the first certificate, which belongs to the key of this number.
    pub fn of(key: u8, certificates: &[&Certificate]) -> Self {
        let parsed = x509_cert::Certificate::from_der(certificates[0].der()).unwrap();
        let tbs = parsed.tbs_certificate;
        let digest = OctetString::new(Sha256::digest(FILE).to_vec()).unwrap();
        Self {
            key,
            sid: issuer_and_serial(&tbs.issuer, &tbs.serial_number),
            attributes: vec![
                attribute(ID_CONTENT_TYPE, &ID_DATA),
                attribute(ID_MESSAGE_DIGEST, &digest),
                signing_time("261101115500Z"),
            ],
            signs_order_sent: false,
            signature_algorithm: algorithm(ECDSA_WITH_SHA_256).to_der().unwrap(),
            is_raw: false,
            content_type: ID_DATA,
            content: None,
            certificates: certificates
                .iter()
                .map(|certificate| certificate.der().to_vec())
                .collect(),
            lists: Vec::new(),
            unsigned_attributes: Vec::new(),
            signers: 1,
        }
    }

    /// The same with the signer named by the key identifier that its certificate has.
    #[must_use]
    pub fn by_key_identifier(mut self) -> Self {
        let identifier = Any::new(context(0, false), [self.key; 20]).unwrap();
        self.sid = identifier.to_der().unwrap();
        self
    }

    /// The same with signing-certificate-v2, which names this certificate by a digest.
    #[must_use]
    pub fn naming(mut self, hash: Option<ObjectIdentifier>, digest: &[u8]) -> Self {
        let digest = OctetString::new(digest).unwrap().to_der().unwrap();
        let hash = hash.map(|oid| algorithm(oid).to_der().unwrap());
        let parts: Vec<_> = hash.into_iter().chain([digest]).collect();
        let id = wrapped(Tag::Sequence, &parts);
        let certificates = wrapped(Tag::Sequence, &[id]);
        let value = wrapped(Tag::Sequence, &[certificates]);
        self.attributes
            .push(attribute_der(ID_AA_SIGNING_CERTIFICATE_V_2, &[value]));
        self
    }

    pub fn der(&self) -> Vec<u8> {
        let mut sorted = self.attributes.clone();
        sorted.sort();
        let in_der_order = wrapped(Tag::Set, &sorted);
        let in_order_sent = wrapped(Tag::Set, &self.attributes);
        let message = if self.signs_order_sent {
            &in_order_sent
        } else {
            &in_der_order
        };
        let raw = key(self.key).sign(message);
        let value = if self.is_raw {
            raw
        } else {
            ecdsa_signature_der(&raw).unwrap()
        };
        let digest = algorithm(ID_SHA_256).to_der().unwrap();
        let mut signer = vec![
            1_u8.to_der().unwrap(),
            self.sid.clone(),
            digest.clone(),
            wrapped(context(0, true), &self.attributes),
            self.signature_algorithm.clone(),
            OctetString::new(value).unwrap().to_der().unwrap(),
        ];
        if !self.unsigned_attributes.is_empty() {
            signer.push(wrapped(context(1, true), &self.unsigned_attributes));
        }
        let signer = wrapped(Tag::Sequence, &signer);
        let mut content = vec![self.content_type.to_der().unwrap()];
        content.extend(
            self.content
                .iter()
                .map(|inside| wrapped(context(0, true), std::slice::from_ref(inside))),
        );
        let mut signed_data = vec![
            1_u8.to_der().unwrap(),
            wrapped(Tag::Set, &[digest]),
            wrapped(Tag::Sequence, &content),
            wrapped(context(0, true), &self.certificates),
        ];
        if !self.lists.is_empty() {
            signed_data.push(wrapped(context(1, true), &self.lists));
        }
        signed_data.push(wrapped(Tag::Set, &vec![signer; self.signers]));
        let signed_data = wrapped(Tag::Sequence, &signed_data);
        let explicit = wrapped(context(0, true), &[signed_data]);
        wrapped(Tag::Sequence, &[ID_SIGNED_DATA.to_der().unwrap(), explicit])
    }
}

pub fn issuer_and_serial(
    issuer: &Name,
    serial: &x509_cert::serial_number::SerialNumber,
) -> Vec<u8> {
    wrapped(
        Tag::Sequence,
        &[issuer.to_der().unwrap(), serial.to_der().unwrap()],
    )
}

/// A signing time of this text, in `UTCTime` while it has two digits for the year.
pub fn signing_time(text: &str) -> Vec<u8> {
    let tag = if text.starts_with("20") {
        Tag::GeneralizedTime
    } else {
        Tag::UtcTime
    };
    let value = Any::new(tag, text.as_bytes()).unwrap();
    attribute(ID_SIGNING_TIME, &value)
}

pub fn attribute(oid: ObjectIdentifier, value: &impl der::Encode) -> Vec<u8> {
    attribute_der(oid, &[value.to_der().unwrap()])
}

pub fn attribute_der(oid: ObjectIdentifier, values: &[Vec<u8>]) -> Vec<u8> {
    wrapped(
        Tag::Sequence,
        &[oid.to_der().unwrap(), wrapped(Tag::Set, values)],
    )
}

/// A value of these values.
pub fn wrapped(tag: Tag, parts: &[Vec<u8>]) -> Vec<u8> {
    Any::new(tag, parts.concat()).unwrap().to_der().unwrap()
}

pub fn context(number: u8, constructed: bool) -> Tag {
    Tag::ContextSpecific {
        constructed,
        number: TagNumber::new(number),
    }
}
