//! JSON inside its signature (CMS `SignedData`, `.p7m`): receipts, and the decisions of reviewers. `openssl cms -verify` opens both.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::assemble::AssembleError;
use super::attributes::SignedAttributes;
use super::certificate::Certificate;
use super::certificate_path::PathRules;
use super::digests::{ContentDigests, Digests};
use super::parse::{Signature, sha256};
use super::raw::RawSignedData;
use super::verify::{VerifiedSignature, verify_but_revocation};
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
        let value = value_of(content)?;
        Ok(Self {
            signature,
            digests,
            value,
        })
    }

    /// What is inside and who signed it, held to these rules. Revocation is not looked at.
    pub(crate) fn verified(
        self,
        rules: PathRules<'_>,
    ) -> Result<(T, VerifiedSignature), SignatureDefect> {
        let (verified, _) = verify_but_revocation(rules, &self.signature, &self.digests)?;
        Ok((self.value, verified))
    }
}

/// What is inside a signature, whatever it is.
///
/// # Errors
/// It is no signature, or has nothing inside.
pub fn signed_content(bytes: &[u8]) -> Result<Vec<u8>, SignatureDefect> {
    let signature = Signature::parse(bytes)?;
    let content = signature.content().ok_or(SignatureDefect::ContentMissing)?;
    Ok(content.to_vec())
}

/// What is inside a signature in DER, whoever made it: nothing is verified, and nothing but the content is read.
pub(crate) fn read_unverified<T: DeserializeOwned>(der: &[u8]) -> Result<T, SignatureDefect> {
    let signed = RawSignedData::from_der(der)?;
    value_of(signed.content.ok_or(SignatureDefect::ContentMissing)?)
}

fn value_of<T: DeserializeOwned>(content: &[u8]) -> Result<T, SignatureDefect> {
    let text = str::from_utf8(content).ok();
    text.and_then(|text| read_json(text).ok())
        .ok_or(SignatureDefect::NotCms(NotCms::Unknown))
}
