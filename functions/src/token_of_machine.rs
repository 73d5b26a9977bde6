//! By what a token of a system is told from a person's. Issuers of several makes say it differently; each way is a claim that no person can make an issuer
//! sign. What looks like both is neither.
use serde::Deserialize;
use serde_json::Value;
use sluice_shared::{directory::MachineScope, identifiers::ClientId};

use crate::token_claims::{Claims, ClaimsFault};

/// What Auth0 puts behind the client id in the subject.
const AUTH0: &str = "@clients";
/// What Keycloak puts before it, in the name of the account that each such client has.
const KEYCLOAK: &str = "service-account-";

/// The claims that we read of systems beside those of people.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct ClaimsOfMachines {
    /// The client that asked for it (Entra, version 1.0).
    appid: Option<String>,
    /// Cognito says here who signed in, and nothing in a system's.
    username: Option<Value>,
    /// Auth0 says here how the token was got: `client-credentials`.
    gty: Option<Value>,
    /// Entra says here that it is a system's: `app`. It has to be told to, as an optional claim.
    pub(crate) idtyp: Option<Value>,
    /// The name of a client's account (Keycloak), or of a person.
    preferred_username: Option<Value>,
    /// What a system may do by itself (Entra).
    roles: Option<Value>,
}

impl Claims {
    /// The system that it speaks for, and what it lets it do here; `None` for a token that says nothing of being a system's.
    pub(crate) fn machine(
        &self,
        audience: &str,
    ) -> Result<Option<(ClientId, Vec<MachineScope>)>, ClaimsFault> {
        let more = &self.of_machines;
        let is = |claim: &Option<Value>, expected: &str| {
            claim.as_ref().and_then(Value::as_str) == Some(expected)
        };
        let names = [&self.client_id, &self.azp, &more.appid];
        let mut names = names.into_iter().flatten();
        let Some(client) = names.next() else {
            // Without a client it can be a person's alone, if it does not say otherwise.
            let says = is(&more.gty, "client-credentials")
                || is(&more.idtyp, "app")
                || self.sub.ends_with(AUTH0);
            return if says {
                Err(ClaimsFault::Contradicts)
            } else {
                Ok(None)
            };
        };
        let account = more.preferred_username.as_ref().and_then(Value::as_str);
        let is_entras = is(&more.idtyp, "app");
        let says = self.sub == *client
            || self.sub.ends_with(AUTH0)
            || is(&more.gty, "client-credentials")
            || is_entras
            || account.is_some_and(|account| account.starts_with(KEYCLOAK));
        if !says {
            // An issuer that was not told to mark a system's token: it has a client of its own, and says of no sign-in. With its subject, which
            // anybody may be invited by, it would be a person.
            return if client == audience || self.tells_of_a_person() {
                Ok(None)
            } else {
                Err(ClaimsFault::Contradicts)
            };
        }
        let of_this_client = self.sub == *client
            || self.sub.strip_suffix(AUTH0) == Some(client)
            || is_entras
            || account
                .and_then(|account| account.strip_prefix(KEYCLOAK))
                .is_some_and(|account| account.eq_ignore_ascii_case(client));
        let by_a_person = more.username.is_some() || (is_entras && self.scp.is_some());
        // People sign in by the page's own client, and by no other.
        let is_the_pages = client == audience;
        if !of_this_client || by_a_person || is_the_pages || names.any(|other| other != client) {
            return Err(ClaimsFault::Contradicts);
        }
        let client = ClientId::parse(client).map_err(|_| ClaimsFault::Nobody)?;
        let told = if is_entras { &more.roles } else { &self.scope };
        let scopes = match &self.aud {
            Some(told) if !told.has(audience) => return Err(ClaimsFault::OtherAudience),
            Some(_) => scopes_of(told.as_ref(), true),
            // Cognito names no audience; that it is for this service say its scopes, each with the service's name before it.
            None => scopes_of(told.as_ref(), false),
        };
        if self.aud.is_none() && scopes.is_empty() {
            return Err(ClaimsFault::OtherAudience);
        }
        Ok(Some((client, scopes)))
    }
}

impl Claims {
    /// Whether it says what only a person's sign-in at a page brings.
    fn tells_of_a_person(&self) -> bool {
        let scope = self.scope.as_ref().and_then(Value::as_str);
        let is_openid = scope.is_some_and(|scope| scope.split(' ').any(|word| word == "openid"));
        is_openid
            || self.scp.is_some()
            || self.auth_time.is_some()
            || self.of_machines.username.is_some()
    }
}

/// Those of this service that are told, in one text or in a list; `plain`: also without the service's name before them.
fn scopes_of(told: Option<&Value>, plain: bool) -> Vec<MachineScope> {
    let words: Vec<&str> = match told {
        Some(Value::String(text)) => text.split(' ').collect(),
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let named = |word: &&str| {
        let ours = word.split_once('/');
        let ours = ours.filter(|(resource, _)| *resource == MachineScope::RESOURCE);
        let name = ours.map(|(_, name)| name);
        MachineScope::parse(name.or_else(|| plain.then_some(*word))?).ok()
    };
    let mut scopes: Vec<_> = words.iter().filter_map(named).collect();
    scopes.sort_unstable();
    scopes.dedup();
    scopes
}
