//! Names of organisations and people, as the directory and the identity provider give them.

use std::fmt;

use super::text_form;

/// An organisation: 2 to 40 of `a`-`z`, `0`-`9` and `-`. It is part of object keys, so nothing else may get in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrganisationId(String);

/// Why a text does not name an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OrganisationIdError {
    /// Shorter than 2 or longer than 40 characters.
    #[error("does not have 2 to 40 characters")]
    Length,
    /// Something else than small letters, digits and hyphens.
    #[error("has something else than a-z, 0-9 and - in it")]
    Character,
}

impl OrganisationId {
    /// The text form of the DCC's own organisation: roles of DCC staff count for people of this one alone.
    pub const DCC: &'static str = "dcc";

    /// Whether it is the DCC's own.
    pub fn is_dcc(&self) -> bool {
        self.0 == Self::DCC
    }

    /// Reads the text form.
    pub fn parse(text: &str) -> Result<Self, OrganisationIdError> {
        if !text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        {
            return Err(OrganisationIdError::Character);
        }
        if !(2..=40).contains(&text.len()) {
            return Err(OrganisationIdError::Length);
        }
        Ok(Self(text.to_owned()))
    }

    /// The text form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OrganisationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

text_form!(
    OrganisationId,
    OrganisationIdError,
    "An organisation",
    "large-supplier",
    "^[a-z0-9-]{2,40}$"
);

/// A person: the `sub` of their sign-in token, whatever its issuer puts there. `OpenID` Connect allows 255 characters of ASCII: `auth0|5f7c`,
/// `f:550e8400:name`, base64. None of them is a control character, and none at an end a space.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonId(String);

/// Why a text does not name a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PersonIdError {
    /// Empty, or longer than 255 characters.
    #[error("does not have 1 to 255 characters")]
    Length,
    /// Something else than visible ASCII and spaces between it.
    #[error("has something else than letters, digits and the signs of ASCII in it")]
    Character,
}

impl PersonId {
    /// The most characters of an id, each a byte (`OpenID` Connect Core, section 2).
    pub const LONGEST: usize = 255;

    /// Reads the text form.
    pub fn parse(text: &str) -> Result<Self, PersonIdError> {
        let visible = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        if !visible || text.trim_ascii() != text {
            return Err(PersonIdError::Character);
        }
        if !(1..=Self::LONGEST).contains(&text.len()) {
            return Err(PersonIdError::Length);
        }
        Ok(Self(text.to_owned()))
    }

    /// The text form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PersonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

text_form!(
    PersonId,
    PersonIdError,
    "A person, by the subject of their sign-in",
    "supplier-aro-1",
    "^[!-~]([ -~]{0,253}[!-~])?$"
);
