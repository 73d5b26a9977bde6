//! The two requests of the authorisation code flow.

use super::proof::Proof;
use crate::{
    address::PagePath,
    api::{
        ApiError,
        http::{self, Call},
    },
    browser,
    config::Config,
};
use gloo_net::http::Method;
use serde::Deserialize;
use web_sys::UrlSearchParams;

#[derive(Deserialize)]
struct Issuer {
    authorization_endpoint: String,
    token_endpoint: String,
}

/// The issuer's answer to a code.
#[derive(Deserialize)]
pub(super) struct TokenAnswer {
    pub(super) access_token: String,
    /// Seconds.
    #[serde(default = "an_hour")]
    pub(super) expires_in: u32,
}

fn an_hour() -> u32 {
    3600
}

async fn discover(config: &Config) -> Result<Issuer, ApiError> {
    let address = format!("{}/.well-known/openid-configuration", config.issuer);
    http::get(&address, None).await?.json().await
}

fn redirect_uri() -> String {
    browser::origin() + &PagePath::SignedIn.href()
}

/// Leaves for the issuer. `quietly`: it answers at once, from a sign-in that it remembers or with a refusal.
pub(super) async fn begin(
    config: &Config,
    return_path: &str,
    quietly: bool,
) -> Result<(), ApiError> {
    let issuer = discover(config).await?;
    let proof = Proof::keep(return_path, quietly)?;
    let query = UrlSearchParams::new()?;
    query.append("response_type", "code");
    query.append("client_id", &config.client_id);
    query.append("redirect_uri", &redirect_uri());
    query.append("scope", "openid");
    query.append("state", &proof.state);
    query.append("code_challenge", &proof.challenge().await?);
    query.append("code_challenge_method", "S256");
    if quietly {
        query.append("prompt", "none");
    }
    browser::leave_for(&format!(
        "{}?{}",
        issuer.authorization_endpoint,
        String::from(query.to_string())
    ));
    Ok(())
}

/// What the issuer sent people back with.
pub(super) enum Return {
    /// A token.
    SignedIn(TokenAnswer),
    /// The issuer remembers nobody, as it was asked to say quietly.
    Nobody,
}

/// Exchanges the code in the query for a token. Beside what came of it, the path to go on with, where this tab had begun the sign-in.
pub(super) async fn complete(
    config: &Config,
    query: &str,
) -> (Result<Return, ApiError>, Option<String>) {
    let proof = Proof::take();
    let path = proof.as_ref().map(|proof| proof.return_path.clone());
    (exchange(config, query, proof).await, path)
}

async fn exchange(config: &Config, query: &str, proof: Option<Proof>) -> Result<Return, ApiError> {
    let query = UrlSearchParams::new_with_str(query)?;
    if let Some(error) = query
        .get("error_description")
        .or_else(|| query.get("error"))
    {
        return match proof {
            Some(proof) if proof.quietly => Ok(Return::Nobody),
            _ => Err(not_signed_in(&error)),
        };
    }
    let (Some(proof), Some(state), Some(code)) = (proof, query.get("state"), query.get("code"))
    else {
        return Err(not_signed_in("The sign-in was not begun in this tab."));
    };
    if proof.state != state {
        return Err(not_signed_in("The answer belongs to another sign-in."));
    }
    let issuer = discover(config).await?;
    let form = UrlSearchParams::new()?;
    form.append("grant_type", "authorization_code");
    form.append("code", &code);
    form.append("redirect_uri", &redirect_uri());
    form.append("client_id", &config.client_id);
    form.append("code_verifier", &proof.verifier);
    let answer = http::send(Call {
        method: Method::POST,
        address: &issuer.token_endpoint,
        headers: vec![("Content-Type", "application/x-www-form-urlencoded".into())],
        body: Some(form.to_string().into()),
        page: None,
    });
    let answer = match answer.await {
        Ok(answer) => answer.json().await?,
        Err(ApiError::Unreachable) => return Err(ApiError::Unreachable),
        Err(_) => {
            return Err(not_signed_in(
                "The sign-in service did not accept the answer.",
            ));
        }
    };
    Ok(Return::SignedIn(answer))
}

fn not_signed_in(why: &str) -> ApiError {
    ApiError::refused("You are not signed in", &format!("{why} Sign in again."))
}
