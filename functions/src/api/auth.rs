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
    self, Entrance, Permission, Person, PersonRole, RequestedFor, Route, SignInAge,
    SignInFreshness, routes,
};

use super::{
    BASE, client_address,
    noted::Noted,
    recording::{self, Readings},
};
use crate::{
    Backend,
    error::{ApiError, Refusal},
    tenants::Tenants,
};

/// The registered person who asks, and where; there only after the layer has let the request through.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    person: Person,
    entrance: Entrance,
    /// How long ago the route lets them have signed in.
    age: SignInAge,
    sign_in: SignInFreshness,
    /// What [`SignInFreshness::check`] says at the time of the request.
    is_fresh: Result<(), Refusal>,
    /// With credentials for the person's organisation; none at the entrance of staff, where the function's own serve.
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
    pub(super) fn person(&self) -> &Person {
        &self.person
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
        let theirs = Entrance::for_person(&self.person);
        if theirs != self.entrance && *route != routes::ME && theirs.has(route) {
            return Err(Refusal::OtherEntrance(theirs));
        }
        let is_here = theirs == self.entrance || *route == routes::ME;
        if !is_here || !self.person.may(permission) {
            return Err(Refusal::NotAllowed(roles_in_words(permission)));
        }
        match route.sign_in {
            SignInAge::Fresh => self.signed_in_for(RequestedFor::Effect),
            // Where it depends on what the request says, its handler asks.
            SignInAge::Any | SignInAge::FreshToTakeEffect | SignInAge::FreshUnlessToStopAKey => {
                Ok(())
            }
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
    let id = signed_in.person;
    let organisation = own.people.organisation_of(&id).await?;
    let organisation = organisation.ok_or_else(|| Refusal::NotRegistered(id.clone()))?;
    let tenant = match entrance {
        Entrance::Users => Some(tenants.backend_for(&organisation)),
        Entrance::Staff => None,
    };
    let directory = &tenant.as_ref().unwrap_or(own).directory;
    let person = directory.person_of(&organisation, &id).await?;
    Ok(Caller {
        person: person.ok_or(Refusal::NotRegistered(id))?,
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
