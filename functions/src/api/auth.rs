//! Who is asking, and may they, here: one layer before every route, reading the one table of routes. What is not in the table is
//! denied, and so is whoever is answered at the other entrance.
use std::sync::Arc;

use axum::{
    extract::{FromRequestParts, MatchedPath, Request, State},
    http::{HeaderMap, Method, header, request::Parts},
    middleware::Next,
    response::Response,
};
use sluice_shared::directory::{
    self, Asker, Entrance, MachineAsker, Permission, Person, PersonRole, RequestedFor, Route,
    SignInAge, SignInFreshness, routes,
};

use super::{
    BASE, client_address,
    noted::Noted,
    recording::{self, Readings},
};
use crate::{
    Backend,
    error::{ApiError, Refusal},
    oidc::TokenHolder,
    tenants::Tenants,
};

/// The registered person or system that asks, and where; there only after the layer has let the request through.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    asker: Asker,
    entrance: Entrance,
    /// How long ago the route lets them have signed in.
    age: SignInAge,
    sign_in: SignInFreshness,
    /// What [`SignInFreshness::check`] says at the time of the request.
    is_fresh: Result<(), Refusal>,
    /// With credentials for the caller's organisation; none at the entrance of staff, where the function's own serve.
    tenant: Option<Arc<Backend>>,
    /// Whether this entrance answers where they are in the network.
    is_in_network: bool,
    /// What the answer is about, as far as it is put together.
    noted: Arc<Noted>,
}

/// What the layer needs.
#[derive(Debug, Clone)]
pub(super) struct Doorkeeper {
    pub(super) tenants: Arc<Tenants>,
    pub(super) readings: Readings,
}

impl Caller {
    pub(super) fn asker(&self) -> &Asker {
        &self.asker
    }

    /// The person who asks; no system comes by a route that needs one.
    pub(super) fn person(&self) -> Result<&Person, Refusal> {
        self.asker.person().ok_or(Refusal::ForPeople)
    }

    pub(super) fn entrance(&self) -> Entrance {
        self.entrance
    }

    /// How long the sign-in is good for what takes effect.
    pub(super) fn sign_in(&self) -> &SignInFreshness {
        &self.sign_in
    }

    /// Whether whoever asks signed in recently enough, by the table of routes, for what they ask for.
    pub(super) fn signed_in_for(&self, purpose: RequestedFor) -> Result<(), Refusal> {
        if self.age.has_to_be_fresh(purpose) {
            self.is_fresh.clone()
        } else {
            Ok(())
        }
    }

    pub(super) fn tenant(&self) -> Option<&Arc<Backend>> {
        self.tenant.as_ref()
    }

    pub(super) fn noted(&self) -> &Noted {
        &self.noted
    }

    /// Whether this is the caller's entrance, and a route for them.
    pub(super) fn may_ask(&self, route: &Route) -> Result<(), Refusal> {
        if !self.is_in_network {
            return Err(Refusal::OutsideNetworks);
        }
        let permission = route.permission;
        let theirs = self.asker.entrance();
        if let Asker::Machine(asker) = &self.asker
            && asker.machine().stopped.is_some()
        {
            return Err(Refusal::MachineStopped);
        }
        if theirs != self.entrance && *route != routes::ME && theirs.has(route) {
            return Err(Refusal::OtherEntrance(theirs));
        }
        let is_here = theirs == self.entrance || *route == routes::ME;
        if !is_here || !self.asker.may(permission) {
            return Err(match (&self.asker, permission.scope()) {
                (Asker::Person(_), _) => Refusal::NotAllowed(roles_in_words(permission)),
                (Asker::Machine(_), None) if permission != Permission::SignedIn => {
                    Refusal::ForPeople
                }
                (Asker::Machine(_), scope) => Refusal::ScopeMissing(scope),
            });
        }
        match route.sign_in {
            SignInAge::Fresh => self.signed_in_for(RequestedFor::Effect),
            // Where it depends on what the request says, its handler asks.
            SignInAge::Any | SignInAge::FreshToTakeEffect | SignInAge::FreshUnlessToStop => Ok(()),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, ApiError> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(|| Refusal::NotSignedIn.into())
    }
}

pub(crate) async fn layer(
    State(doorkeeper): State<Doorkeeper>,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let (entrance, route) = asked(&request)?;
    if route.permission == Permission::Anyone {
        return Ok(next.run(request).await);
    }
    let tenants = &doorkeeper.tenants;
    let mut caller = sign_in(tenants, entrance, route.sign_in, request.headers()).await?;
    caller.is_in_network = match entrance {
        Entrance::Users => true,
        Entrance::Staff => {
            let networks = &tenants.own().settings.staff_networks;
            networks.have(client_address::of(&request))
        }
    };
    let backend = Arc::clone(caller.tenant().unwrap_or(tenants.own()));
    let keeps = (backend, doorkeeper.readings);
    Ok(recording::recorded(keeps, (caller, route), request, next).await)
}

fn asked(request: &Request) -> Result<(Entrance, Route), Refusal> {
    let matched = request
        .extensions()
        .get::<MatchedPath>()
        .map(MatchedPath::as_str)
        .unwrap_or_default();
    let path = matched
        .strip_prefix(BASE)
        .ok_or(Refusal::NotFound("address"))?;
    let within = |entrance: &Entrance| Some((*entrance, path.strip_prefix(entrance.prefix())?));
    let (entrance, path) = Entrance::ALL
        .iter()
        .find_map(within)
        .ok_or(Refusal::NotFound("address"))?;
    let get = directory::route_at(entrance, directory::Method::Get, path);
    let post = directory::route_at(entrance, directory::Method::Post, path);
    let route = match *request.method() {
        Method::GET | Method::HEAD => get,
        Method::POST => post,
        _ => None,
    };
    let route = route.ok_or(if get.or(post).is_some() {
        Refusal::MethodNotAllowed
    } else {
        Refusal::NotFound("address")
    })?;
    Ok((entrance, route))
}

async fn sign_in(
    tenants: &Tenants,
    entrance: Entrance,
    age: SignInAge,
    headers: &HeaderMap,
) -> Result<Caller, ApiError> {
    let token = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token.trim())
        .ok_or(Refusal::NotSignedIn)?;
    let own = tenants.own();
    let now = own.now();
    let signed_in = own.tokens.verify(token, now).await?;
    let sign_in = SignInFreshness::new(signed_in.at, now, &own.settings.profile.sign_in);
    let is_fresh = sign_in.check(now).map_err(Refusal::SignInTooOld);
    let (id, nobody) = match &signed_in.who {
        TokenHolder::Person(id) => (id, Refusal::NotRegistered(id.clone())),
        TokenHolder::Machine { client, .. } => {
            let nobody = Refusal::MachineNotRegistered(client.clone());
            (client.as_person_id(), nobody)
        }
    };
    let organisation = own.people.organisation_of(id).await?;
    let organisation = organisation.ok_or_else(|| nobody.clone())?;
    let tenant = match entrance {
        Entrance::Users => Some(tenants.backend_for(&organisation)),
        Entrance::Staff => None,
    };
    let directory = &tenant.as_ref().unwrap_or(own).directory;
    // A system's token finds systems alone, and a person's people.
    let asker = match signed_in.who {
        TokenHolder::Person(id) => {
            let person = directory.person_of(&organisation, &id).await?;
            person.map(Asker::Person)
        }
        TokenHolder::Machine { client, scopes } => {
            let machine = directory.machine_of(&organisation, &client).await?;
            machine.map(|machine| Asker::Machine(MachineAsker::new(machine, scopes)))
        }
    };
    Ok(Caller {
        asker: asker.ok_or(nobody)?,
        entrance,
        age,
        sign_in,
        is_fresh,
        tenant,
        is_in_network: false,
        noted: Arc::default(),
    })
}

fn roles_in_words(permission: Permission) -> String {
    let words: Vec<_> = permission
        .roles()
        .unwrap_or_default()
        .iter()
        .copied()
        .map(PersonRole::in_words)
        .collect();
    words.join(", ")
}
