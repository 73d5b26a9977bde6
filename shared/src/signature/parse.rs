//! Reading a signature as people's tools write it.

use std::ops::Range;

use cms::signed_data::{SignerIdentifier, SignerInfo};
use const_oid::ObjectIdentifier;
use der::Encode as _;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use x509_cert::ext::pkix::SubjectKeyIdentifier;

use super::attributes::ReadAttributes;
use super::certificate::{Certificate, CertificateSummary, KeyAlgorithm};
use super::raw::RawSignedData;
use super::{ber, pem};
use crate::finding::SignatureDefect;
use crate::identifiers::FileDigest;
use crate::instant::UtcTime;

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
    /// Reads DER, BER or PEM, detached or with the content inside.
    pub fn parse(bytes: &[u8]) -> Result<Self, SignatureDefect> {
        Self::parse_owned(bytes.to_vec())
    }

    /// The same without copying: what is large is kept once, in whatever form it came.
    pub fn parse_owned(bytes: Vec<u8>) -> Result<Self, SignatureDefect> {
        if pem::looks_like_pem(&bytes) {
            let blocks = pem::blocks(&bytes, &["CMS", "PKCS7", "PKCS #7 SIGNED DATA"]);
            drop(bytes);
            let der = blocks
                .and_then(|blocks| blocks.into_iter().next())
                .ok_or(SignatureDefect::NotCms)?;
            return Self::from_der_or_ber(der);
        }
        if looks_like_mail(&bytes) {
            return Err(SignatureDefect::MailMessage);
        }
        Self::from_der_or_ber(bytes)
    }

    fn from_der_or_ber(mut bytes: Vec<u8>) -> Result<Self, SignatureDefect> {
        if let Some(raw) = RawSignedData::from_der(&bytes) {
            let content = raw.content.map(|content| place(content, &bytes));
            let mut signature = Self::from_raw(raw)?;
            (signature.bytes, signature.content) = (bytes, content);
            return Ok(signature);
        }
        let converted = ber::to_der(&mut bytes).ok_or(SignatureDefect::NotCms)?;
        let raw = RawSignedData::from_der(&converted.der).ok_or(SignatureDefect::NotCms)?;
        // The two read the same structure, so they agree on whether there is a content.
        if raw.content.is_some() != converted.content.is_some() {
            return Err(SignatureDefect::NotCms);
        }
        let mut signature = Self::from_raw(raw)?;
        signature.bytes = match &converted.content {
            Some(_) => bytes,
            None => converted.der,
        };
        signature.content = converted.content;
        Ok(signature)
    }

    /// Without the bytes.
    fn from_raw(raw: RawSignedData<'_>) -> Result<Self, SignatureDefect> {
        let signers = raw.signers.len();
        let signer = raw
            .signers
            .into_iter()
            .next()
            .ok_or(SignatureDefect::NoSigner)?;
        if signers > 1 {
            return Err(SignatureDefect::SeveralSigners { signers });
        }
        let readable: Vec<_> = raw
            .certificates
            .iter()
            .filter_map(|der| Certificate::from_der(der).ok())
            .collect();
        Ok(Self {
            content_type: raw.content_type,
            bytes: Vec::new(),
            content: None,
            unreadable_certificates: readable.len() < raw.certificates.len(),
            certificates: readable,
            signer,
        })
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

    /// The certificate that the signer names, by issuer and serial number or by key identifier.
    pub fn signer_certificate(&self) -> Result<&Certificate, SignatureDefect> {
        self.certificates
            .iter()
            .find(|certificate| self.names(certificate))
            .ok_or(if self.unreadable_certificates {
                SignatureDefect::CertificateUnreadable
            } else {
                SignatureDefect::CertificateMissing
            })
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
        set.to_der().map_err(|_| SignatureDefect::NotCms)
    }

    fn names(&self, certificate: &Certificate) -> bool {
        let tbs = &certificate.parsed().tbs_certificate;
        match &self.signer.sid {
            SignerIdentifier::IssuerAndSerialNumber(named) => {
                named.issuer == tbs.issuer && named.serial_number == tbs.serial_number
            }
            SignerIdentifier::SubjectKeyIdentifier(named) => {
                matches!(tbs.get::<SubjectKeyIdentifier>(), Ok(Some((_, key))) if key == *named)
            }
        }
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

/// S/MIME begins with mail headers.
fn looks_like_mail(bytes: &[u8]) -> bool {
    let beginning = &bytes[..bytes.len().min(1024)];
    let text = String::from_utf8_lossy(beginning).to_ascii_lowercase();
    text.starts_with("mime-version:")
        || text.starts_with("content-type:")
        || text.contains("\nmime-version:")
}
