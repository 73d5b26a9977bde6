use std::fmt;

use super::text_form;

/// A mail address at which an organisation is told of what concerns all of it. Whether mail arrives there only sending some can tell.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContactAddress(String);

/// Why a text is no mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not a mail address such as thresholds@example.com")]
pub struct ContactAddressError;

impl ContactAddress {
    /// The most characters (RFC 5321, 4.5.3.1.3, without the brackets).
    pub const LONGEST: usize = 254;

    /// Reads an address.
    pub fn parse(text: &str) -> Result<Self, ContactAddressError> {
        let visible = text.bytes().all(|byte| matches!(byte, b'!'..=b'~'));
        let Some((local, domain)) = text.split_once('@') else {
            return Err(ContactAddressError);
        };
        let has_labels = domain.contains('.') && domain.split('.').all(|label| !label.is_empty());
        let is_one = visible && !local.is_empty() && has_labels && !domain.contains('@');
        if is_one && text.len() <= Self::LONGEST {
            Ok(Self(text.to_owned()))
        } else {
            Err(ContactAddressError)
        }
    }
}

impl fmt::Display for ContactAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

text_form!(
    ContactAddress,
    ContactAddressError,
    "A mail address",
    "thresholds@example.com",
    "^[!-?A-~]{1,64}@[!-\\-/-?A-~]{1,45}(\\.[!-\\-/-?A-~]{1,45}){1,3}$"
);
