//! `POST /token`: a code and its verifier for tokens (RFC 6749, section 4.1.3), or a system's secret for one.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::{Form, Json};
use http::header::{CACHE_CONTROL, PRAGMA, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::Deserialize;
use serde_json::json;

use super::client_credentials::Refused;
use super::{CLIENT, Identity, claims};

#[derive(Debug, Deserialize)]
pub(super) struct Exchange {
    grant_type: Option<String>,
    client_id: Option<String>,
    code: Option<String>,
    redirect_uri: Option<String>,
    code_verifier: Option<String>,
    scope: Option<String>,
}

pub(super) async fn exchange(
    State(identity): State<Arc<Identity>>,
    headers: HeaderMap,
    Form(asked): Form<Exchange>,
) -> Response {
    match asked.grant_type.as_deref() {
        Some("authorization_code") => {}
        Some("client_credentials") => {
            return of_system(&identity, &headers, asked.scope.as_deref());
        }
        _ => {
            return refuse(
                "unsupported_grant_type",
                "Only authorization_code and client_credentials are served",
            );
        }
    }
    if asked.client_id.as_deref() != Some(CLIENT) {
        return refuse("invalid_client", "The client is not known");
    }
    let (Some(code), Some(redirect_uri), Some(verifier)) =
        (asked.code, asked.redirect_uri, asked.code_verifier)
    else {
        return refuse(
            "invalid_request",
            "code, redirect_uri and code_verifier are required",
        );
    };
    let now = identity.clock.seconds();
    let Some(grant) = identity.codes.take(&code, &redirect_uri, &verifier, now) else {
        return refuse(
            "invalid_grant",
            "The code is used, expired or not for this verifier",
        );
    };
    let seconds = identity.token_seconds;
    let id = claims::id(
        grant.sign_in,
        identity.issuer.as_str(),
        now,
        seconds,
        grant.nonce,
    );
    let access = claims::access(grant.sign_in, identity.issuer.as_str(), now, seconds);
    let answer = json!({
        "access_token": identity.key.sign(&access),
        "id_token": identity.key.sign(&id),
        "token_type": "Bearer",
        "expires_in": seconds,
        "scope": "openid profile",
    });
    tokens(&answer)
}

fn of_system(identity: &Identity, headers: &HeaderMap, scope: Option<&str>) -> Response {
    let (machine, scopes) = match Identity::system_asks(headers, scope) {
        Ok(asked) => asked,
        Err(Refused::Scope) => return refuse("invalid_scope", "The scope is not known"),
        Err(Refused::Client) => {
            let mut answer = refuse("invalid_client", "The client or its secret is not known");
            *answer.status_mut() = StatusCode::UNAUTHORIZED;
            let basic = HeaderValue::from_static("Basic realm=\"sluice\"");
            answer.headers_mut().insert(WWW_AUTHENTICATE, basic);
            return answer;
        }
    };
    let seconds = identity.token_seconds;
    tokens(&json!({
        "access_token": identity.machine_token(machine, &scopes, seconds),
        "token_type": "Bearer",
        "expires_in": seconds,
    }))
}

fn tokens(answer: &serde_json::Value) -> Response {
    (
        [(CACHE_CONTROL, "no-store"), (PRAGMA, "no-cache")],
        Json(answer),
    )
        .into_response()
}

fn refuse(code: &str, text: &str) -> Response {
    let answer = json!({ "error": code, "error_description": text });
    (
        StatusCode::BAD_REQUEST,
        [(CACHE_CONTROL, "no-store")],
        Json(answer),
    )
        .into_response()
}
