//! What the issuer's tokens say. Three kinds, told apart by their audience: none passes for another.

use serde::{Deserialize, Serialize};

use super::CLIENT;
use crate::demo::people::Person;

/// Audience of the session cookie: the issuer itself.
const SESSION: &str = "sluice-identity-session";
/// Type of access tokens in the `token_use` claim.
const ACCESS: &str = "access";

/// A session lasts a working day.
const SESSION_SECONDS: i64 = 12 * 60 * 60;

/// Claims of every kind; what a kind does not have is left out.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Claims {
    iss: String,
    sub: String,
    aud: String,
    iat: i64,
    exp: i64,
    /// When the person chose who they are; the session remembers it, so that no token of it says a later time.
    auth_time: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    client_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    token_use: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nonce: Option<String>,
}

/// A person, and when they chose to be that one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SignIn {
    pub(super) person: Person,
    pub(super) at: i64,
}

/// Says to the API who calls.
pub(super) fn access(sign_in: SignIn, issuer: &str, now: i64, seconds: i64) -> Claims {
    Claims {
        client_id: Some(CLIENT.to_owned()),
        token_use: Some(ACCESS.to_owned()),
        scope: Some("openid profile".to_owned()),
        ..plain(sign_in, issuer, CLIENT, now, seconds)
    }
}

/// Says to the page who signed in.
pub(super) fn id(
    sign_in: SignIn,
    issuer: &str,
    now: i64,
    seconds: i64,
    nonce: Option<String>,
) -> Claims {
    let token_use = Some("id".to_owned());
    Claims {
        name: Some(sign_in.person.name.to_owned()),
        nonce,
        token_use,
        ..plain(sign_in, issuer, CLIENT, now, seconds)
    }
}

/// Says to the issuer who chose before, in this browser.
pub(super) fn session(sign_in: SignIn, issuer: &str, now: i64) -> Claims {
    plain(sign_in, issuer, SESSION, now, SESSION_SECONDS)
}

fn plain(sign_in: SignIn, issuer: &str, audience: &str, now: i64, seconds: i64) -> Claims {
    Claims {
        iss: issuer.to_owned(),
        sub: sign_in.person.id.to_owned(),
        aud: audience.to_owned(),
        iat: now,
        exp: now + seconds,
        auth_time: sign_in.at,
        client_id: None,
        token_use: None,
        scope: None,
        name: None,
        nonce: None,
    }
}

impl Claims {
    /// Whom an access token speaks for, if it is one and still good.
    pub(super) fn caller(&self, now: i64) -> Option<&'static Person> {
        let access = self.aud == CLIENT && self.token_use.as_deref() == Some(ACCESS);
        (access && now < self.exp)
            .then(|| Person::find(&self.sub))
            .flatten()
    }

    /// Whose session this is, and since when, if it is one and still good.
    pub(super) fn session_of(&self, now: i64) -> Option<SignIn> {
        let person = *Person::find(&self.sub)?;
        let at = self.auth_time;
        (self.aud == SESSION && now < self.exp).then_some(SignIn { person, at })
    }
}
