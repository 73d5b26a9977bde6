//! The demo CA's endpoint: a certificate at once for the caller's own key, in the caller's registered name.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, WWW_AUTHENTICATE};
use http::{HeaderMap, StatusCode};
use serde_json::json;

use super::Identity;
use super::claims::Claims;
use crate::pki::Error;

const PEM: &str = "application/x-pem-file";

pub(super) async fn issue(
    State(identity): State<Arc<Identity>>,
    headers: HeaderMap,
    request: String,
) -> Response {
    let token = headers
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let claims = token
        .strip_prefix("Bearer ")
        .and_then(|token| identity.key.verify::<Claims>(token));
    let Some(person) = claims.and_then(|claims| claims.caller(identity.clock.seconds())) else {
        let mut response = problem(
            StatusCode::UNAUTHORIZED,
            "Sign in again: the access token is not good, or not any more",
        );
        response.headers_mut().insert(
            WWW_AUTHENTICATE,
            http::HeaderValue::from_static("Bearer error=\"invalid_token\""),
        );
        return response;
    };
    match identity
        .authority
        .issue_for_request(person, &request, identity.clock.now())
    {
        Ok(chain) => ([(CONTENT_TYPE, PEM), (CACHE_CONTROL, "no-store")], chain).into_response(),
        Err(error) => {
            let status = match error {
                Error::SignsNothing(_) => StatusCode::FORBIDDEN,
                Error::Request(_) | Error::KeyKind => StatusCode::BAD_REQUEST,
                Error::File { .. } | Error::Make(_) => StatusCode::INTERNAL_SERVER_ERROR,
            };
            problem(status, &error.to_string())
        }
    }
}

/// The issuing CA and the root: what a signer's chain ends in.
pub(super) async fn authorities(State(identity): State<Arc<Identity>>) -> Response {
    let authorities = format!("{}{}", identity.authority.issuing, identity.authority.root);
    ([(CONTENT_TYPE, PEM)], authorities).into_response()
}

fn problem(status: StatusCode, detail: &str) -> Response {
    let title = status.canonical_reason().unwrap_or_default();
    let body = json!({ "type": "about:blank", "title": title, "status": status.as_u16(), "detail": detail });
    (
        status,
        [(CONTENT_TYPE, "application/problem+json")],
        Json(body),
    )
        .into_response()
}
