//! `POST /token`: a code and its verifier for tokens (RFC 6749, section 4.1.3).

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::{Form, Json};
use http::StatusCode;
use http::header::{CACHE_CONTROL, PRAGMA};
use serde::Deserialize;
use serde_json::json;

use super::{CLIENT, Identity, claims};

#[derive(Debug, Deserialize)]
pub(super) struct Exchange {
    grant_type: Option<String>,
    client_id: Option<String>,
    code: Option<String>,
    redirect_uri: Option<String>,
    code_verifier: Option<String>,
}

pub(super) async fn exchange(
    State(identity): State<Arc<Identity>>,
    Form(asked): Form<Exchange>,
) -> Response {
    if asked.grant_type.as_deref() != Some("authorization_code") {
        return refuse(
            "unsupported_grant_type",
            "Only authorization_code is served",
        );
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
