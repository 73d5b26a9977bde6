//! Who is asking, and may they: one layer before every route, reading the one table of routes. What is not in the table is
//! denied.
use std::sync::Arc;

use axum::{
    extract::{FromRequestParts, MatchedPath, Request, State},
    http::{HeaderMap, Method, header, request::Parts},
    middleware::Next,
    response::Response,
};
use sluice_shared::directory::{self, Permission, Person, PersonRole};

use super::BASE;
use crate::{
    Backend,
    error::{ApiError, Refusal},
};

/// The registered person who asks; there only after the layer has let the request through.
#[derive(Debug, Clone)]
pub(crate) struct Caller(Person);

impl Caller {
    pub(super) fn person(&self) -> &Person {
        &self.0
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
    State(backend): State<Arc<Backend>>,
    mut request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let permission = needed(&request)?;
    if permission != Permission::Anyone {
        let caller = sign_in(&backend, request.headers()).await?;
        if !caller.0.may(permission) {
            return Err(Refusal::NotAllowed(roles_in_words(permission)).into());
        }
        request.extensions_mut().insert(caller);
    }
    Ok(next.run(request).await)
}

fn needed(request: &Request) -> Result<Permission, Refusal> {
    let matched = request
        .extensions()
        .get::<MatchedPath>()
        .map(MatchedPath::as_str)
        .unwrap_or_default();
    let path = matched
        .strip_prefix(BASE)
        .ok_or(Refusal::NotFound("address"))?;
    let get = directory::permission_for(directory::Method::Get, path);
    let post = directory::permission_for(directory::Method::Post, path);
    match *request.method() {
        Method::GET | Method::HEAD => get,
        Method::POST => post,
        _ => None,
    }
    .ok_or(if get.or(post).is_some() {
        Refusal::MethodNotAllowed
    } else {
        Refusal::NotFound("address")
    })
}

async fn sign_in(backend: &Backend, headers: &HeaderMap) -> Result<Caller, ApiError> {
    let token = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token.trim())
        .ok_or(Refusal::NotSignedIn)?;
    let person = backend.tokens.verify(token, backend.now()).await?;
    let person = backend
        .directory
        .person(&person)
        .await?
        .ok_or(Refusal::NotRegistered)?;
    Ok(Caller(person))
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
