//! What clients look up: the endpoints and the public key.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};
use sluice_shared::directory::MachineScope;

use super::Identity;

pub(super) async fn configuration(State(identity): State<Arc<Identity>>) -> Json<Value> {
    let at = |path: &str| format!("{}{path}", identity.issuer);
    let of_machines = MachineScope::ALL
        .into_iter()
        .map(super::client_credentials::in_token);
    let scopes: Vec<_> = ["openid", "profile"]
        .map(str::to_owned)
        .into_iter()
        .chain(of_machines)
        .collect();
    Json(json!({
        "issuer": identity.issuer.as_str(),
        "authorization_endpoint": at("/authorize"),
        "token_endpoint": at("/token"),
        "end_session_endpoint": at("/logout"),
        "jwks_uri": at("/.well-known/jwks.json"),
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code", "client_credentials"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["none", "client_secret_basic"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "scopes_supported": scopes,
        "prompt_values_supported": ["none", "login", "select_account"],
        "claims_supported": ["sub", "name", "auth_time"],
    }))
}

pub(super) async fn keys(State(identity): State<Arc<Identity>>) -> Json<Value> {
    Json(json!({ "keys": [identity.key.jwk()] }))
}
