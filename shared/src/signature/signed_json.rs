//! JSON inside its signature (CMS `SignedData`, `.p7m`): receipts, and the decisions of reviewers. `openssl cms -verify` opens both.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::assemble::AssembleError;
use super::attributes::SignedAttributes;
use super::certificate::Certificate;
use super::digests::{ContentDigests, Digests};
use super::parse::{Signature, sha256};
use crate::finding::{NotCms, SignatureDefect};
use crate::instant::UtcTime;
use crate::json::read_json;

/// JSON that waits for its signature.
#[derive(Clone, Debug)]
pub struct UnsignedJson {
    content: Vec<u8>,
    attributes: SignedAttributes,
    certificate: Certificate,
}

impl UnsignedJson {
    /// For the key of this certificate, at this time. The value has texts, numbers and maps with text keys: there is nothing in it
    /// that JSON cannot say.
    pub(crate) fn new(value: &impl Serialize, certificate: &Certificate, now: UtcTime) -> Self {
        let mut content = serde_json::to_vec_pretty(value).unwrap_or_default();
        content.push(b'\n');
        let attributes = SignedAttributes::new(&sha256(&content), certificate, now);
        Self {
            content,
            attributes,
            certificate: certificate.clone(),
        }
    }

    /// The exact bytes to sign with SHA-256.
    pub fn to_be_signed(&self) -> Vec<u8> {
        self.attributes.to_be_signed()
    }

    /// The signature with the JSON inside, in DER. `authorities`: those between the certificate and the anchor.
    pub fn assemble(
        &self,
        authorities: &[Certificate],
        signature: &[u8],
    ) -> Result<Vec<u8>, AssembleError> {
        let chain: Vec<_> = core::iter::once(self.certificate.clone())
            .chain(authorities.iter().cloned())
            .collect();
        self.attributes
            .assemble_enveloping(&chain, signature, &self.content)
    }
}

/// A signature with JSON inside, parsed and not verified.
#[derive(Debug)]
pub(crate) struct SignedJson<T> {
    pub(crate) signature: Signature,
    pub(crate) digests: Digests,
    pub(crate) value: T,
}

impl<T: DeserializeOwned> SignedJson<T> {
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, SignatureDefect> {
        let signature = Signature::parse(bytes)?;
        let content = signature.content().ok_or(SignatureDefect::ContentMissing)?;
        let digests = ContentDigests::of_content(content);
        let text = str::from_utf8(content).ok();
        let value = text
            .and_then(|text| read_json(text).ok())
            .ok_or(SignatureDefect::NotCms(NotCms::Unknown))?;
        Ok(Self {
            signature,
            digests,
            value,
        })
    }
}
