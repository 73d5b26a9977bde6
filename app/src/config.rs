//! Where the services of this deployment are: `/config.json`, fetched before anything else.

use crate::api::ApiError;
use serde::Deserialize;

/// The contents of `/config.json`. The optional parts exist on the local stack only.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Config {
    /// The start of every API address, without a slash at its end: `/api`.
    pub api: String,
    /// The `OpenID` Connect issuer.
    pub issuer: String,
    /// Our client identifier at the issuer.
    pub client_id: String,
    /// Where the issuer ends a sign-in, if it has to be told by `logout_uri` where to come back to, as Cognito has: its discovery document need not
    /// name the place. Without it, what the issuer says of itself counts.
    pub sign_out: Option<String>,
    /// True where the data is made up: a banner says so.
    #[serde(default)]
    pub demonstration: bool,
    /// The demo certificate authority, which issues at once. Without it, a request has to be sent to the real one.
    pub certificate_authority: Option<String>,
    /// Where sample files lie.
    pub samples: Option<String>,
}

/// Fetches the configuration from the server that delivered the page.
pub async fn load() -> Result<Config, ApiError> {
    let answer = crate::api::http::get("/config.json", None).await?;
    answer.json().await
}
