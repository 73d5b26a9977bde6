//! Signing files as an ARO does outside of the page.

use std::fs;
use std::io;
use std::path::Path;

use sha2::{Digest, Sha256};
use sluice_shared::identifiers::FileDigest;
use sluice_shared::instant::UtcTime;
use sluice_shared::signature::{AssembleError, Certificate, P256Key, SignedAttributes};

/// A key with its certificate path: for the samples, for tests and for what measures. The keys of real people are never here.
#[derive(Clone, Debug)]
pub struct Signer {
    key: P256Key,
    path: Vec<Certificate>,
}

impl Signer {
    /// The key that the demo PKI in a stack's state folder made for a person.
    pub fn of_person(state: &Path, person: &str) -> io::Result<Self> {
        let people = state.join("pki/people");
        let key = fs::read_to_string(people.join(format!("{person}-key.pem")))?;
        let path = fs::read(people.join(format!("{person}.pem")))?;
        Self::new(P256Key::from_pem(&key).map_err(io::Error::other)?, &path)
    }

    /// A key with the certificates in PEM that [`super::Authority::issue_for_request`] gave for it.
    pub fn new(key: P256Key, certificates: &[u8]) -> io::Result<Self> {
        let path = Certificate::parse_chain(certificates).map_err(io::Error::other)?;
        Ok(Self { key, path })
    }

    /// The certificate of the key.
    pub fn certificate(&self) -> Option<&Certificate> {
        self.path.first()
    }

    /// A detached signature (`.p7s`), DER.
    pub fn sign(&self, content: impl AsRef<[u8]>, at: UtcTime) -> Result<Vec<u8>, AssembleError> {
        let attributes = self.attributes(content.as_ref(), at)?;
        attributes.assemble(&self.path, &self.key.sign(&attributes.to_be_signed()))
    }

    /// A signature with the content inside (`.p7m`), DER.
    pub fn sign_enveloping(
        &self,
        content: impl AsRef<[u8]>,
        at: UtcTime,
    ) -> Result<Vec<u8>, AssembleError> {
        let content = content.as_ref();
        let attributes = self.attributes(content, at)?;
        let value = self.key.sign(&attributes.to_be_signed());
        attributes.assemble_enveloping(&self.path, &value, content)
    }

    fn attributes(&self, content: &[u8], at: UtcTime) -> Result<SignedAttributes, AssembleError> {
        let digest = FileDigest::new(Sha256::digest(content).into());
        let certificate = self.path.first().ok_or(AssembleError::NoCertificate)?;
        Ok(SignedAttributes::new(&digest, certificate, at))
    }
}
