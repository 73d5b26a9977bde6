//! The reference of the service-management request that goes before an ADT file.

use std::fmt;

use super::text_form;

/// The reference of a service-management request (SMSR): 1 to 40 printable ASCII characters, none of them a space at an end.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServiceRequestRef(String);

/// Why a text is not a service-management reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ServiceRequestRefError {
    /// Empty, or longer than 40 characters.
    #[error("does not have 1 to 40 characters")]
    Length,
    /// A character outside printable ASCII, or a space at an end.
    #[error("has a character that does not belong in a reference, or a space at its start or end")]
    Character,
}

impl ServiceRequestRef {
    /// Reads the text form.
    pub fn parse(text: &str) -> Result<Self, ServiceRequestRefError> {
        if !text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) || text.trim() != text {
            return Err(ServiceRequestRefError::Character);
        }
        if !(1..=40).contains(&text.len()) {
            return Err(ServiceRequestRefError::Length);
        }
        Ok(Self(text.to_owned()))
    }

    /// The text form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ServiceRequestRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

text_form!(
    ServiceRequestRef,
    ServiceRequestRefError,
    "The reference of a service-management request",
    "SMSR-2026-00417",
    "^[!-~]([ -~]{0,38}[!-~])?$"
);
