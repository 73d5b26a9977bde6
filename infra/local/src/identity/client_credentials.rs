//! `grant_type=client_credentials` (RFC 6749, section 4.4): a system signs in with its secret. Its tokens are as Cognito makes them: the subject is the client,
//! there is no audience, and each scope has the name of the service before it.

use base64ct::{Base64, Encoding};
use http::HeaderMap;
use http::header::AUTHORIZATION;
use serde::Serialize;
use sha2::{Digest, Sha256};
use sluice_shared::directory::MachineScope;

use super::{Identity, IssuerKey};
use crate::demo::machines::Machine;

/// Claims of a system's access token.
#[derive(Debug, Serialize)]
struct Claims<'a> {
    iss: &'a str,
    sub: &'a str,
    client_id: &'a str,
    token_use: &'a str,
    scope: String,
    iat: i64,
    exp: i64,
}

/// Why there is no token, as RFC 6749, section 5.2, names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    /// Not the client, or not its secret.
    Client,
    /// A scope that is not there.
    Scope,
}

/// A scope, as a token says it.
pub(super) fn in_token(scope: MachineScope) -> String {
    format!("{}/{scope}", MachineScope::RESOURCE)
}

impl Identity {
    /// An access token of a system with these scopes that is good for `seconds`: for scripts and tests.
    pub fn machine_token(
        &self,
        machine: &Machine,
        scopes: &[MachineScope],
        seconds: i64,
    ) -> String {
        let (issuer, now) = (self.issuer.as_str(), self.clock.seconds());
        mint_of_machine(&self.key, (machine.id, scopes), issuer, now, seconds)
    }

    /// The system whose id and secret the request carries, and the scopes that it asks for: without any, those that the demonstration registers it for.
    pub(super) fn system_asks(
        headers: &HeaderMap,
        scope: Option<&str>,
    ) -> Result<(&'static Machine, Vec<MachineScope>), Refused> {
        let machine = headers
            .get(AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(authenticated)
            .ok_or(Refused::Client)?;
        let scope = scope.filter(|scope| !scope.is_empty());
        let asked = scope.map_or_else(
            || Ok(machine.scopes.to_vec()),
            |scope| {
                scope
                    .split(' ')
                    .map(known)
                    .collect::<Option<Vec<_>>>()
                    .ok_or(Refused::Scope)
            },
        )?;
        Ok((machine, asked))
    }
}

/// An access token of a system of the issuer at `issuer`, whose key this is, from `now` (Unix seconds) on.
pub fn mint_of_machine(
    key: &IssuerKey,
    (client, scopes): (&str, &[MachineScope]),
    issuer: &str,
    now: i64,
    seconds: i64,
) -> String {
    let scopes: Vec<_> = scopes.iter().copied().map(in_token).collect();
    key.sign(&Claims {
        iss: issuer,
        sub: client,
        client_id: client,
        token_use: "access",
        scope: scopes.join(" "),
        iat: now,
        exp: now + seconds,
    })
}

/// The system of HTTP Basic credentials. The ids and secrets of the demonstration have no sign that would be encoded in them.
fn authenticated(authorization: &str) -> Option<&'static Machine> {
    let (scheme, encoded) = authorization.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(Base64::decode_vec(encoded.trim()).ok()?).ok()?;
    let (id, secret) = decoded.split_once(':')?;
    let machine = Machine::find(id)?;
    // Digests, so that the time that it takes says nothing of the secret.
    let is_it = Sha256::digest(secret) == Sha256::digest(machine.secret());
    is_it.then_some(machine)
}

fn known(word: &str) -> Option<MachineScope> {
    let (resource, name) = word.split_once('/')?;
    let scope = MachineScope::parse(name).ok()?;
    (resource == MachineScope::RESOURCE).then_some(scope)
}
