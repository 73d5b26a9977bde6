use std::fmt;

use super::{PersonId, PersonIdError, text_form};

/// A system: the client id that the identity provider gave it, whatever its form there: `7tq1…` (Cognito), a UUID (Entra), a name (Keycloak). Where
/// somebody is named who may be a person or a system, it stands as a [`PersonId`]: no person has the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClientId(PersonId);

/// Why a text is no client id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClientIdError {
    /// Empty, or longer than 255 characters.
    #[error("does not have 1 to 255 characters")]
    Length,
    /// Something else than visible ASCII.
    #[error("has something else than letters, digits and the signs of ASCII in it")]
    Character,
}

impl ClientId {
    /// Reads the text form.
    pub fn parse(text: &str) -> Result<Self, ClientIdError> {
        if text.contains(' ') {
            return Err(ClientIdError::Character);
        }
        let id = PersonId::parse(text).map_err(|error| match error {
            PersonIdError::Length => ClientIdError::Length,
            PersonIdError::Character => ClientIdError::Character,
        })?;
        Ok(Self(id))
    }

    /// As whoever sent something is named, a person or a system.
    pub const fn as_person_id(&self) -> &PersonId {
        &self.0
    }

    /// The text form.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Display for ClientId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

text_form!(
    ClientId,
    ClientIdError,
    "A system, by the client id that the identity provider gave it",
    "supplier-gateway",
    "^[!-~]{1,255}$"
);

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn client_ids_are_as_issuers_give_them() {
        for id in [
            "1example23456789",
            "6731de76-14a6-49ae-97bc-6eba6914391e",
            "supplier-gateway",
            "https://gateway.example/client",
        ] {
            let parsed = ClientId::parse(id).unwrap();
            assert_eq!(
                (parsed.to_string().as_str(), parsed.as_person_id().as_str()),
                (id, id)
            );
        }
        assert_eq!(ClientId::parse(""), Err(ClientIdError::Length));
        assert_eq!(
            ClientId::parse(&"a".repeat(256)),
            Err(ClientIdError::Length)
        );
        for id in ["two words", " a", "a\n", "ä"] {
            assert_eq!(ClientId::parse(id), Err(ClientIdError::Character), "{id:?}");
        }
    }
}
