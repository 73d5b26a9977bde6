use std::fmt;

use crate::identifiers::text_form;
use crate::signature::DistinguishedName;

/// The subject of the certificates that a person signs with, as it is registered: RFC 4514 text in its canonical spelling.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SignerSubject(DistinguishedName);

/// Why a text is no subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignerSubjectError {
    /// Not the text of a name.
    #[error("is not the subject of a certificate such as CN=Supplier ARO 1,O=Large Supplier,C=GB")]
    Form,
    /// It names nobody.
    #[error("names nobody")]
    Empty,
    /// More than 500 characters.
    #[error("has more than 500 characters")]
    TooLong,
}

impl SignerSubject {
    /// Reads the text of a subject.
    pub fn parse(text: &str) -> Result<Self, SignerSubjectError> {
        if text.chars().count() > 500 {
            return Err(SignerSubjectError::TooLong);
        }
        let name = DistinguishedName::parse(text).map_err(|_| SignerSubjectError::Form)?;
        if name.as_str().is_empty() {
            return Err(SignerSubjectError::Empty);
        }
        Ok(Self(name))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Whether what is registered as `text` names the same signer.
    pub fn is_registered_as(&self, text: &str) -> bool {
        DistinguishedName::parse(text).is_ok_and(|other| other.is_same_as(&self.0))
    }
}

impl fmt::Display for SignerSubject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

text_form!(
    SignerSubject,
    SignerSubjectError,
    "The subject of a person's certificates (RFC 4514)",
    "CN=Supplier ARO 1,O=Large Supplier,C=GB",
    "^[A-Za-z0-9.]+ *=.*$"
);
