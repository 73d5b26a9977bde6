//! The sessions that were given out, and what stands before the tables: it holds a session's calls to its policy.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::AUTHORIZATION;
use http::{HeaderMap, StatusCode};

use super::call::accesses;
use super::policy::Policy;
use crate::account::ACCESS_KEY;

/// More than DynamoDB takes.
const LARGEST: usize = 32 << 20;

/// Sessions by their access keys. They last as long as the stack: whoever has one asks for another one before it ends.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sessions(Arc<Mutex<HashMap<String, Policy>>>);

impl Sessions {
    /// Keeps what a new session may do.
    pub(super) fn add(&self, access_key: &str, policy: Policy) {
        let mut sessions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.insert(access_key.to_owned(), policy);
    }

    fn policy(&self, access_key: &str) -> Option<Policy> {
        let sessions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.get(access_key).cloned()
    }
}

/// Lets the account's own calls through, and of a session's those that its policy allows.
pub(crate) async fn layer(
    State(sessions): State<Sessions>,
    request: Request,
    next: Next,
) -> Response {
    let access_key = access_key(request.headers()).unwrap_or_default();
    let Some(policy) = sessions.policy(&access_key) else {
        return if access_key == ACCESS_KEY {
            next.run(request).await
        } else {
            refused("UnrecognizedClientException", "there is no such session")
        };
    };
    let operation = operation(request.headers()).unwrap_or_default();
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let asked = accesses(&operation, &body);
    let refusal = match &asked {
        None => Some("this call is not known here".to_owned()),
        Some(asked) => asked
            .iter()
            .find(|access| !policy.allows(access))
            .map(|access| format!("{} on {}", access.action, access.resource)),
    };
    match refusal {
        Some(what) => {
            tracing::error!(what, "a session may not do what it tried");
            refused("AccessDeniedException", &what)
        }
        None => next.run(Request::from_parts(parts, Body::from(body))).await,
    }
}

/// The access key of a signed call: `AWS4-HMAC-SHA256 Credential=<key>/<day>/…`.
fn access_key(headers: &HeaderMap) -> Option<String> {
    let signed = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (_, credential) = signed.split_once("Credential=")?;
    Some(credential.split('/').next()?.to_owned())
}

fn operation(headers: &HeaderMap) -> Option<String> {
    let target = headers.get("x-amz-target")?.to_str().ok()?;
    target.split('.').next_back().map(str::to_owned)
}

fn refused(code: &str, message: &str) -> Response {
    let body = serde_json::json!({
        "__type": format!("com.amazonaws.dynamodb.v20120810#{code}"),
        "message": message,
    });
    let kind = [(http::header::CONTENT_TYPE, "application/x-amz-json-1.0")];
    (StatusCode::BAD_REQUEST, kind, body.to_string()).into_response()
}
