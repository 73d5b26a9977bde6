//! Reading a signature as people's tools write it.

use std::ops::Range;

use cms::signed_data::SignerInfo;
use const_oid::ObjectIdentifier;
use der::Encode as _;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::attributes::ReadAttributes;
use super::certificate::{Certificate, CertificateSummary, KeyAlgorithm};
use super::raw::{RawSignedData, begins_as_signed_data};
use super::text_forms::{self, Form};
use super::{ber, not_cms, pem};
use crate::finding::{NoFileInside, NotCms, SignatureDefect};
use crate::identifiers::FileDigest;
use crate::instant::UtcTime;

/// What tools label a signature in PEM.
const SIGNATURE_LABELS: [&str; 3] = ["CMS", "PKCS7", "PKCS #7 SIGNED DATA"];

/// A CMS signature of one signer, read but not verified: nothing that it says can be relied on.
#[derive(Clone, Debug)]
pub struct Signature {
    content_type: ObjectIdentifier,
    /// The bytes that were read; for a detached signature its DER.
    bytes: Vec<u8>,
    /// Where the content is among them: it may have 200 MB, and is not copied.
    content: Option<Range<usize>>,
    certificates: Vec<Certificate>,
    unreadable_certificates: bool,
    signer: SignerInfo,
    /// The signed attributes as a SET OF in the order in which they came; what counts is their DER.
    attributes_as_sent: Option<Vec<u8>>,
}

/// What a signature says about itself, for a person to look at before it is sent. Not verified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignatureSummary {
    /// The signer's certificate.
    pub certificate: CertificateSummary,
    /// When it says that it was made.
    pub signing_time: UtcTime,
    /// The digest of the file that it says it is over.
    pub message_digest: FileDigest,
    /// Such as `ECDSA P-256 with SHA-256`.
    pub algorithm: String,
    /// Whether the file is inside (`.p7m`).
    pub enveloping: bool,
    /// SHA-256 of the signed attributes: what names a signature.
    pub attributes_sha256: FileDigest,
}

impl Signature {
    /// Reads DER, BER, PEM or base64 alone, detached or with the content inside.
    pub fn parse(bytes: &[u8]) -> Result<Self, SignatureDefect> {
        Self::parse_owned(bytes.to_vec())
    }

    /// The same without copying: what is large is kept once, in whatever form it came.
    pub fn parse_owned(bytes: Vec<u8>) -> Result<Self, SignatureDefect> {
        match Form::recognise(bytes) {
            Form::Pem(text) => {
                let der = signature_block(&text)?;
                drop(text);
                Self::from_der_or_ber(der)
            }
            Form::Bytes(bytes) if looks_like_mail(&bytes) => Err(SignatureDefect::MailMessage),
            Form::Bytes(bytes) => Self::from_der_or_ber(bytes),
            Form::Text(text) if looks_like_mail(text.as_bytes()) => {
                Err(SignatureDefect::MailMessage)
            }
            Form::Text(text) => match text_forms::base64_alone(&text) {
                Some(der) => Self::from_der_or_ber(der),
                None => Err(SignatureDefect::NotCms(not_cms::text(&text))),
            },
        }
    }

    fn from_der_or_ber(mut bytes: Vec<u8>) -> Result<Self, SignatureDefect> {
        text_forms::cut_line_end(&mut bytes);
        match RawSignedData::from_der(&bytes) {
            Ok(raw) => {
                let content = raw.content.map(|content| place(content, &bytes));
                let mut signature = Self::from_raw(raw);
                (signature.bytes, signature.content) = (bytes, content);
                return Ok(signature);
            }
            Err(SignatureDefect::NotCms(_)) => {}
            Err(defect) => return Err(defect),
        }
        let Some(converted) = ber::to_der(&mut bytes) else {
            return Err(SignatureDefect::NotCms(not_cms::bytes(&bytes)));
        };
        let raw = match RawSignedData::from_der(&converted.der) {
            // The two read the same structure, so they agree on whether there is a content.
            Ok(raw) if raw.content.is_some() == converted.content.is_some() => raw,
            Ok(_) => return Err(SignatureDefect::NotCms(NotCms::Unknown)),
            Err(SignatureDefect::NotCms(_)) => {
                return Err(SignatureDefect::NotCms(not_cms::bytes(&bytes)));
            }
            Err(defect) => return Err(defect),
        };
        let mut signature = Self::from_raw(raw);
        signature.bytes = match &converted.content {
            Some(_) => bytes,
            None => converted.der,
        };
        signature.content = converted.content;
        Ok(signature)
    }

    /// Without the bytes.
    fn from_raw(raw: RawSignedData<'_>) -> Self {
        let readable: Vec<_> = raw
            .certificates
            .iter()
            .filter_map(|der| Certificate::from_der(der).ok())
            .collect();
        Self {
            content_type: raw.content_type,
            bytes: Vec::new(),
            content: None,
            unreadable_certificates: readable.len() < raw.certificates.len(),
            certificates: readable,
            signer: raw.signer,
            attributes_as_sent: raw.attributes_as_sent,
        }
    }

    /// The file inside a `.p7m`; `None` for a detached signature.
    pub fn content(&self) -> Option<&[u8]> {
        self.bytes.get(self.content.clone()?)
    }

    /// Takes the file out of a `.p7m` without copying it.
    pub fn into_content(self) -> Option<Vec<u8>> {
        let content = self.content?;
        let mut bytes = self.bytes;
        bytes.truncate(content.end);
        bytes.drain(..content.start);
        Some(bytes)
    }

    /// DER of a detached signature, whatever form it was read in: what is sent. `None` for a `.p7m`.
    pub fn detached_der(&self) -> Option<&[u8]> {
        self.content.is_none().then_some(self.bytes.as_slice())
    }

    /// All certificates in it, the signer's somewhere among them.
    pub fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    /// What it says about itself. An error says what is missing; what is there is not verified.
    pub fn summary(&self) -> Result<SignatureSummary, SignatureDefect> {
        let certificate = self.signer_certificate()?;
        let attributes = self.attributes()?;
        Ok(SignatureSummary {
            certificate: certificate.summary(),
            signing_time: attributes.signing_time,
            message_digest: attributes.message_digest,
            algorithm: algorithm_text(certificate.key()),
            enveloping: self.content.is_some(),
            attributes_sha256: sha256(&self.signed_bytes()?),
        })
    }

    pub(crate) fn signer(&self) -> &SignerInfo {
        &self.signer
    }

    pub(crate) const fn has_unreadable_certificates(&self) -> bool {
        self.unreadable_certificates
    }

    /// The signed attributes in the order in which they came.
    pub(crate) fn attributes_as_sent(&self) -> Option<&[u8]> {
        self.attributes_as_sent.as_deref()
    }

    /// Whether it stands beside its file: there is nothing inside.
    pub fn check_detached(&self) -> Result<(), SignatureDefect> {
        match self.content() {
            None => Ok(()),
            Some([]) => Err(SignatureDefect::NoFileInside(NoFileInside::Empty)),
            Some(_) => Err(SignatureDefect::ContentTwice),
        }
    }

    pub(crate) fn attributes(&self) -> Result<ReadAttributes, SignatureDefect> {
        let set = self
            .signer
            .signed_attrs
            .as_ref()
            .ok_or(SignatureDefect::NoSignedAttributes)?;
        ReadAttributes::from_set(set, self.content_type)
    }

    /// The bytes under the signature: DER of the attributes as a SET OF (RFC 5652, 5.4).
    pub(crate) fn signed_bytes(&self) -> Result<Vec<u8>, SignatureDefect> {
        let set = self
            .signer
            .signed_attrs
            .as_ref()
            .ok_or(SignatureDefect::NoSignedAttributes)?;
        set.to_der()
            .map_err(|_| SignatureDefect::NotCms(NotCms::Unknown))
    }
}

/// How the accepted combination of a key and SHA-256 is called.
pub(crate) fn algorithm_text(key: KeyAlgorithm) -> String {
    format!("{key} with SHA-256")
}

/// SHA-256 of bytes that are all there.
pub(crate) fn sha256(bytes: &[u8]) -> FileDigest {
    FileDigest::new(Sha256::digest(bytes).into())
}

/// Where `part` is in `whole`, a slice of which it is.
fn place(part: &[u8], whole: &[u8]) -> Range<usize> {
    let start = part.as_ptr().addr() - whole.as_ptr().addr();
    start..start + part.len()
}

/// The one block of PEM that is a signature. `certutil -encode` labels whatever it is given as a certificate.
fn signature_block(text: &str) -> Result<Vec<u8>, SignatureDefect> {
    let cut_off = SignatureDefect::NotCms(NotCms::CutOff);
    let read = |labels: &[&str]| pem::blocks(text.as_bytes(), labels);
    let mut blocks = read(&SIGNATURE_LABELS).ok_or(cut_off.clone())?;
    if blocks.is_empty() {
        blocks = read(&["CERTIFICATE"]).ok_or(cut_off)?;
        blocks.retain(|der| Certificate::from_der(der).is_err());
    }
    // Of one block it is said what it is instead; of several, how many of them are signatures.
    let count = blocks.len();
    if count > 1 {
        blocks.retain(|block| begins_as_signed_data(block));
        // Joining files and pasting twice leave the same one more than once.
        blocks.sort_unstable();
        blocks.dedup();
    }
    match (blocks.len(), count) {
        (0, 0) => Err(SignatureDefect::NotCms(not_cms::text(text))),
        (0, blocks) => Err(SignatureDefect::NotCms(NotCms::NoneOf { blocks })),
        (1, _) => Ok(blocks.remove(0)),
        (signers, _) => Err(SignatureDefect::SeveralSigners { signers }),
    }
}

/// S/MIME begins with mail headers.
fn looks_like_mail(bytes: &[u8]) -> bool {
    let beginning = &bytes[..bytes.len().min(1024)];
    let text = String::from_utf8_lossy(beginning).to_ascii_lowercase();
    text.starts_with("mime-version:")
        || text.starts_with("content-type:")
        || text.contains("\nmime-version:")
}
