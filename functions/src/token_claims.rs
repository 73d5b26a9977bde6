//! What a token says of itself, beside its signature: for whom it is, what it is for, until when, and when its person signed in. Issuers of
//! several makes say it differently.
use serde::Deserialize;
use serde_json::Value;
use sluice_shared::{directory::CLOCK_LEEWAY_SECONDS, identifiers::PersonId, instant::UtcTime};

/// What a token says that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// Whom it speaks for.
    pub person: PersonId,
    /// When that person signed in, at the issuer: `auth_time`. Not every issuer says it.
    pub at: Option<UtcTime>,
}

/// Why a token is not for us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ClaimsFault {
    #[error("it has expired")]
    Expired,
    #[error("not valid yet")]
    NotYet,
    #[error("made for another audience")]
    OtherAudience,
    #[error("not an access token")]
    NoAccessToken,
    #[error("bound to a key that nobody shows")]
    Bound,
    #[error("speaks for nobody that could be registered")]
    Nobody,
}

/// The claims that we read; a token has others.
#[derive(Debug, Deserialize)]
pub(crate) struct Claims {
    sub: String,
    exp: i64,
    nbf: Option<i64>,
    aud: Option<Audience>,
    client_id: Option<String>,
    /// The client that asked for it, where `client_id` does not name it (Keycloak).
    azp: Option<String>,
    /// Cognito says here what a token is for; an ID token proves a sign-in and gives no access.
    token_use: Option<String>,
    /// Keycloak says it here: `Bearer`, `ID`, `Refresh`.
    typ: Option<String>,
    /// ID tokens alone have one (`OpenID Connect` Core 1.0, 3.1.3.6), but not all of them.
    at_hash: Option<Value>,
    /// What an access token is good for (RFC 9068, 2.2.3). An ID token has none.
    scope: Option<Value>,
    /// The same, as Entra names it.
    scp: Option<Value>,
    /// A key by which whoever sends it has to prove themselves (RFC 7800), which no bearer does.
    cnf: Option<Value>,
    /// A number of seconds (`OpenID Connect` Core 1.0, 2). Anything else says nothing, and shuts nobody out from reading.
    auth_time: Option<Value>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

impl Claims {
    /// What they say for `audience` at `now`. `typ` is the type in the token's header.
    pub(crate) fn check(
        &self,
        typ: Option<&str>,
        audience: &str,
        now: UtcTime,
    ) -> Result<SignedIn, ClaimsFault> {
        let seconds = now.unix_seconds();
        if self.exp <= seconds {
            return Err(ClaimsFault::Expired);
        }
        let earliest = seconds + CLOCK_LEEWAY_SECONDS;
        if self.nbf.is_some_and(|nbf| nbf > earliest) {
            return Err(ClaimsFault::NotYet);
        }
        if !self.is_for(audience) {
            return Err(ClaimsFault::OtherAudience);
        }
        let is = |told: &Option<String>, expected: &str| {
            told.as_deref()
                .is_none_or(|told| told.eq_ignore_ascii_case(expected))
        };
        if !is(&self.token_use, "access") || !is(&self.typ, "bearer") || self.at_hash.is_some() {
            return Err(ClaimsFault::NoAccessToken);
        }
        if !self.says_that_it_gives_access(typ) {
            return Err(ClaimsFault::NoAccessToken);
        }
        if self.cnf.is_some() {
            return Err(ClaimsFault::Bound);
        }
        let at = self.auth_time.as_ref().and_then(Value::as_i64);
        let at = at.and_then(|seconds| seconds.checked_mul(1_000));
        Ok(SignedIn {
            person: PersonId::parse(&self.sub).map_err(|_| ClaimsFault::Nobody)?,
            at: at.map(UtcTime::from_unix_millis),
        })
    }

    /// An ID token is for the client, too, and need not say what it is: so an access token has to. By its type (RFC 9068, 2.1), in the words of
    /// Cognito or Keycloak, or by what it is good for.
    fn says_that_it_gives_access(&self, typ: Option<&str>) -> bool {
        typ.is_some_and(is_access_token_type)
            || self.token_use.is_some()
            || self.typ.is_some()
            || self.scope.is_some()
            || self.scp.is_some()
    }

    /// Some issuers (Cognito, Keycloak without a mapper) name the client in access tokens instead of an audience.
    fn is_for(&self, audience: &str) -> bool {
        match &self.aud {
            Some(Audience::One(one)) => one == audience,
            Some(Audience::Many(many)) => many.iter().any(|one| one == audience),
            None => {
                let client = self.client_id.as_ref().or(self.azp.as_ref());
                client.is_some_and(|client| client == audience)
            }
        }
    }
}

/// Whether the type in a token's header is one of access tokens, or says nothing of it.
pub(crate) fn is_type_of_access_tokens(typ: Option<&str>) -> bool {
    typ.is_none_or(|typ| typ.eq_ignore_ascii_case("jwt") || is_access_token_type(typ))
}

/// RFC 9068, 2.1.
fn is_access_token_type(typ: &str) -> bool {
    let known = ["at+jwt", "application/at+jwt"];
    known.iter().any(|known| typ.eq_ignore_ascii_case(known))
}
