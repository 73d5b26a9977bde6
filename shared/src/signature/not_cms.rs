//! What was given in place of a CMS signature, so that the reason names it.

use cms::content_info::ContentInfo;
use const_oid::ObjectIdentifier;
use const_oid::db::rfc5911::{ID_DATA, ID_ENCRYPTED_DATA, ID_ENVELOPED_DATA, ID_SIGNED_DATA};
use der::Decode as _;
use der::asn1::AnyRef;
use x509_cert::crl::CertificateList;
use x509_cert::request::CertReq;

use super::certificate::Certificate;
use super::pem;
use super::text_forms::whole_length;
use crate::files::FileKind;
use crate::finding::NotCms;

const CERTIFICATE: &str = "a certificate";
const LIST: &str = "a revocation list";
const REQUEST: &str = "a request for a certificate";

/// Of text without a block of PEM that could be a signature.
pub(super) fn text(text: &str) -> NotCms {
    let labels: Vec<_> = pem::labels(text).collect();
    let has = |part: &str| labels.iter().any(|label| label.contains(part));
    let is_table = [FileKind::Adt, FileKind::ExitQuarantine]
        .iter()
        .any(|kind| text.contains(&kind.header()));
    NotCms::Other(if text.trim().is_empty() {
        "empty"
    } else if has("PGP") {
        "a PGP signature or key"
    } else if has("SSH") {
        "an SSH signature or key"
    } else if has("PRIVATE KEY") {
        "a private key"
    } else if has("REQUEST") {
        REQUEST
    } else if has("CRL") {
        LIST
    } else if has("CERTIFICATE") {
        CERTIFICATE
    } else if let Some(kind) = beginning(text.trim_start().as_bytes()) {
        kind
    } else if is_table {
        "the file itself"
    } else {
        return NotCms::Unknown;
    })
}

/// Of bytes that are not `SignedData`.
pub(super) fn bytes(bytes: &[u8]) -> NotCms {
    if let Some(kind) = kind(bytes) {
        return NotCms::Other(kind);
    }
    match whole_length(bytes) {
        Some(length) if length > bytes.len() => NotCms::CutOff,
        Some(length) if length < bytes.len() => NotCms::Followed {
            bytes: bytes.len() - length,
        },
        _ => NotCms::Unknown,
    }
}

/// By its first bytes.
fn beginning(bytes: &[u8]) -> Option<&'static str> {
    let beginnings: [(&[u8], &str); 4] = [
        (b"PK\x03\x04", "a ZIP archive"),
        (b"%PDF-", "a PDF file"),
        (&[0x1f, 0x8b], "a gzip archive"),
        (b"<?xml", "XML"),
    ];
    let found = beginnings
        .iter()
        .find(|(beginning, _)| bytes.starts_with(beginning));
    found.map(|(_, kind)| *kind)
}

fn kind(bytes: &[u8]) -> Option<&'static str> {
    if bytes.is_empty() {
        return Some("empty");
    }
    if let Some(kind) = beginning(bytes) {
        return Some(kind);
    }
    // What is larger than any of these is not tried as one.
    let bytes = Some(bytes).filter(|bytes| bytes.len() <= super::raw::MOST_BYTES)?;
    if Certificate::from_der(bytes).is_ok() {
        Some(CERTIFICATE)
    } else if CertReq::from_der(bytes).is_ok() {
        Some(REQUEST)
    } else if CertificateList::from_der(bytes).is_ok() {
        Some(LIST)
    } else if pkcs12(bytes) {
        Some("a key file (PKCS #12)")
    } else {
        content_of_another_kind(ContentInfo::from_der(bytes).ok()?.content_type)
    }
}

fn content_of_another_kind(content_type: ObjectIdentifier) -> Option<&'static str> {
    match content_type {
        ID_SIGNED_DATA => None,
        ID_ENVELOPED_DATA | ID_ENCRYPTED_DATA => Some("an encrypted message"),
        ID_DATA => Some("CMS data that nobody signed"),
        _ => Some("CMS of another kind"),
    }
}

/// `PFX` (RFC 7292, 4): a version of 3, then a `ContentInfo`.
pub(super) fn pkcs12(bytes: &[u8]) -> bool {
    #[derive(der::Sequence)]
    struct Pfx<'a> {
        version: u8,
        auth_safe: ContentInfo,
        #[asn1(optional = "true")]
        mac_data: Option<AnyRef<'a>>,
    }
    Pfx::from_der(bytes).is_ok_and(|pfx| pfx.version == 3)
}
