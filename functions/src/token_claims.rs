//! What a token says of itself, beside its signature: for whom it is, what it is for, until when, and when its person or system signed in. Issuers of
//! several makes say it differently.
use serde::Deserialize;
use serde_json::Value;

use sluice_shared::{
    directory::{CLOCK_LEEWAY_SECONDS, MachineScope},
    identifiers::{ClientId, PersonId},
    instant::UtcTime,
};

use crate::token_of_machine::ClaimsOfMachines;

/// What a token says that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// Whom it speaks for.
    pub who: TokenHolder,
    /// When they signed in, at the issuer. Of a person that is `auth_time`, which not every issuer says. A system signs in for each token anew, with its
    /// secret: `iat`.
    pub at: Option<UtcTime>,
}

/// Whom a token speaks for: never both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenHolder {
    /// A person, who signed in at a page.
    Person(PersonId),
    /// A system, which signed in by client credentials.
    Machine {
        /// By which client id.
        client: ClientId,
        /// What of this service's scopes the token says.
        scopes: Vec<MachineScope>,
    },
}

impl SignedIn {
    /// The person, if it speaks for one.
    pub const fn person(&self) -> Option<&PersonId> {
        match &self.who {
            TokenHolder::Person(person) => Some(person),
            TokenHolder::Machine { .. } => None,
        }
    }
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
    #[error("speaks for a system and for a person, or for a system of two names")]
    Contradicts,
}

/// The claims that we read; a token has others.
#[derive(Debug, Deserialize)]
pub(crate) struct Claims {
    pub(crate) sub: String,
    exp: i64,
    /// A number of seconds. Anything else says nothing.
    iat: Option<Value>,
    nbf: Option<i64>,
    pub(crate) aud: Option<Audience>,
    pub(crate) client_id: Option<String>,
    /// The client that asked for it, where `client_id` does not name it (Keycloak).
    pub(crate) azp: Option<String>,
    /// Cognito says here what a token is for; an ID token proves a sign-in and gives no access.
    token_use: Option<String>,
    /// Keycloak says it here: `Bearer`, `ID`, `Refresh`.
    typ: Option<String>,
    /// ID tokens alone have one (`OpenID Connect` Core 1.0, 3.1.3.6), but not all of them.
    at_hash: Option<Value>,
    /// What an access token is good for (RFC 9068, 2.2.3). An ID token has none.
    pub(crate) scope: Option<Value>,
    /// The same, as Entra names it.
    pub(crate) scp: Option<Value>,
    /// A key by which whoever sends it has to prove themselves (RFC 7800), which no bearer does.
    cnf: Option<Value>,
    /// A number of seconds (`OpenID Connect` Core 1.0, 2). Anything else says nothing, and shuts nobody out from reading.
    pub(crate) auth_time: Option<Value>,
    #[serde(flatten)]
    pub(crate) of_machines: ClaimsOfMachines,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Audience {
    One(String),
    Many(Vec<String>),
}

impl Audience {
    pub(crate) fn has(&self, audience: &str) -> bool {
        match self {
            Self::One(one) => one == audience,
            Self::Many(many) => many.iter().any(|one| one == audience),
        }
    }
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
        let time = |claim: &Option<Value>| {
            let seconds = claim.as_ref().and_then(Value::as_i64)?;
            Some(UtcTime::from_unix_millis(seconds.checked_mul(1_000)?))
        };
        if let Some((client, scopes)) = self.machine(audience)? {
            return Ok(SignedIn {
                who: TokenHolder::Machine { client, scopes },
                at: time(&self.iat),
            });
        }
        if !self.is_for(audience) {
            return Err(ClaimsFault::OtherAudience);
        }
        Ok(SignedIn {
            who: TokenHolder::Person(PersonId::parse(&self.sub).map_err(|_| ClaimsFault::Nobody)?),
            at: time(&self.auth_time),
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
            // Entra puts neither into a system's, and this into access tokens alone.
            || self.of_machines.idtyp.is_some()
    }

    /// Some issuers (Cognito, Keycloak without a mapper) name the client in access tokens instead of an audience.
    fn is_for(&self, audience: &str) -> bool {
        if let Some(told) = &self.aud {
            return told.has(audience);
        }
        let client = self.client_id.as_ref().or(self.azp.as_ref());
        client.is_some_and(|client| client == audience)
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
