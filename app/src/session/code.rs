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
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use std::fmt;
use web_sys::UrlSearchParams;

/// What an issuer says of itself (`OpenID` Connect Discovery 1.0, section 3), under its names.
#[derive(Deserialize)]
#[expect(clippy::struct_field_names, reason = "the standard's names")]
pub(super) struct Issuer {
    issuer: String,
    pub(super) authorization_endpoint: String,
    pub(super) token_endpoint: String,
    /// `OpenID` Connect RP-Initiated Logout 1.0, section 2.1. Not every issuer has one.
    pub(super) end_session_endpoint: Option<String>,
}

/// The issuer's answer to a code.
#[derive(Deserialize)]
pub(super) struct TokenAnswer {
    pub(super) access_token: String,
    /// Seconds.
    #[serde(default = "an_hour", deserialize_with = "seconds")]
    pub(super) expires_in: u32,
}

/// What counts where the issuer does not say how long a token lives: it need not (RFC 6749, 5.1), and the service says when it has ended.
fn an_hour() -> u32 {
    3600
}

/// A number, as it should be, or the text of one, as some issuers write it; of anything else, an hour.
fn seconds<'de, D: Deserializer<'de>>(told: D) -> Result<u32, D::Error> {
    told.deserialize_any(Seconds)
}

fn seconds_of(told: u64) -> u32 {
    match told {
        0 => an_hour(),
        told => u32::try_from(told).unwrap_or(u32::MAX),
    }
}

/// Takes whatever JSON has, and keeps nothing of it.
struct Seconds;

impl<'de> Visitor<'de> for Seconds {
    type Value = u32;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("seconds")
    }

    fn visit_u64<E>(self, told: u64) -> Result<u32, E> {
        Ok(seconds_of(told))
    }

    fn visit_i64<E>(self, _: i64) -> Result<u32, E> {
        Ok(an_hour())
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole seconds; what is below none counts as none, and what is above the most as the most"
    )]
    fn visit_f64<E>(self, told: f64) -> Result<u32, E> {
        Ok(seconds_of(told as u64))
    }

    fn visit_str<E>(self, told: &str) -> Result<u32, E> {
        let whole = told.trim().split('.').next().unwrap_or_default();
        Ok(seconds_of(whole.parse().unwrap_or_default()))
    }

    fn visit_bool<E>(self, _: bool) -> Result<u32, E> {
        Ok(an_hour())
    }

    fn visit_unit<E>(self) -> Result<u32, E> {
        Ok(an_hour())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, all: A) -> Result<u32, A::Error> {
        IgnoredAny.visit_seq(all).map(|_| an_hour())
    }

    fn visit_map<A: MapAccess<'de>>(self, all: A) -> Result<u32, A::Error> {
        IgnoredAny.visit_map(all).map(|_| an_hour())
    }
}

async fn discover(config: &Config) -> Result<Issuer, ApiError> {
    // A slash at its end is cut off before a path is joined to it (OpenID Connect Discovery 1.0, section 4.1).
    let issuer = config.issuer.trim_end_matches('/');
    let address = format!("{issuer}/.well-known/openid-configuration");
    let told: Issuer = http::get(&address, None).await?.json().await?;
    // Else whoever can answer at that one path sends people to a place of their own (OpenID Connect Discovery 1.0, section 4.3).
    if told.issuer == config.issuer {
        Ok(told)
    } else {
        Err(not_signed_in(
            "The sign-in service calls itself by another name than this page knows.",
        ))
    }
}

fn redirect_uri() -> String {
    browser::origin() + &PagePath::SignedIn.href()
}

/// Leaves for the issuer.
pub(super) async fn begin(
    config: &Config,
    return_path: &str,
    asking: Asking,
) -> Result<(), ApiError> {
    let issuer = discover(config).await?;
    let proof = Proof::keep(return_path, asking)?;
    let query = UrlSearchParams::new()?;
    query.append("response_type", "code");
    query.append("client_id", &config.client_id);
    query.append("redirect_uri", &redirect_uri());
    query.append("scope", "openid");
    query.append("state", &proof.state);
    query.append("code_challenge", &proof.challenge().await?);
    query.append("code_challenge_method", "S256");
    match asking {
        Asking::IfNeeded => {}
        Asking::Quietly => query.append("prompt", "none"),
        Asking::Anew { within } => {
            // Both: Cognito knows the first alone, and with the second an issuer says when the sign-in was.
            query.append("prompt", "login");
            query.append("max_age", &within.to_string());
        }
    }
    browser::leave_for(&format!(
        "{}?{}",
        issuer.authorization_endpoint,
        String::from(query.to_string())
    ));
    Ok(())
}

/// Whether the issuer is to ask people who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Asking {
    /// Only where it remembers nobody.
    IfNeeded,
    /// Never: it answers at once, from a sign-in that it remembers or with a refusal.
    Quietly,
    /// Always: the sign-in is to be no older than so many seconds.
    Anew { within: u32 },
}

/// What the issuer sent people back with.
pub(super) enum Return {
    /// A token, and what the issuer was asked to do for it.
    SignedIn(TokenAnswer, Asking),
    /// No sign-in is on its way: the address was opened by Back or from the history, and its code was used long ago.
    Stale,
    /// The issuer remembers nobody, as it was asked to say quietly.
    Nobody,
}

/// Exchanges the code in the query for a token. Beside what came of it, the path to go on with, where this tab had begun the sign-in.
pub(super) async fn complete(
    config: &Config,
    query: &str,
) -> (Result<Return, ApiError>, Option<String>) {
    let Some(proof) = Proof::take() else {
        return (Ok(Return::Stale), None);
    };
    let path = proof.return_path.clone();
    (exchange(config, query, proof).await, Some(path))
}

async fn exchange(config: &Config, query: &str, proof: Proof) -> Result<Return, ApiError> {
    let query = UrlSearchParams::new_with_str(query)?;
    // What describes the error is the sender's text, and whoever makes a link can be the sender: only the code counts.
    if let Some(code) = query.get("error") {
        return if proof.asking == Asking::Quietly {
            Ok(Return::Nobody)
        } else {
            Err(not_signed_in(refusal(&code)))
        };
    }
    let (Some(state), Some(code)) = (query.get("state"), query.get("code")) else {
        return Err(not_signed_in("The sign-in service gave no answer."));
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
    Ok(Return::SignedIn(answer, proof.asking))
}

/// Why an issuer did not sign somebody in, by its code (RFC 6749, 4.1.2.1; `OpenID` Connect Core 1.0, 3.1.2.6).
fn refusal(code: &str) -> &'static str {
    match code {
        "access_denied" => {
            "The sign-in was broken off, or the sign-in service does not let you in."
        }
        "server_error" | "temporarily_unavailable" => "The sign-in service has a fault.",
        "login_required"
        | "interaction_required"
        | "account_selection_required"
        | "consent_required" => "The sign-in service does not know you in this browser.",
        _ => "The sign-in service did not take the request of this page.",
    }
}

/// Where the issuer ends a sign-in, and comes back to the page from; none if it has no such place.
pub(super) async fn sign_out_address(config: &Config) -> Result<Option<String>, ApiError> {
    let back = browser::origin() + &PagePath::Overview.href();
    let query = UrlSearchParams::new()?;
    query.append("client_id", &config.client_id);
    // Cognito's name for the address to come back to. It knows no other, and is said to name its place itself sometimes.
    query.append("logout_uri", &back);
    let address = if let Some(address) = &config.sign_out {
        address.clone()
    } else {
        let Some(address) = discover(config).await?.end_session_endpoint else {
            return Ok(None);
        };
        query.append("post_logout_redirect_uri", &back);
        address
    };
    let separator = if address.contains('?') { '&' } else { '?' };
    Ok(Some(format!(
        "{address}{separator}{}",
        String::from(query.to_string())
    )))
}

pub(super) fn not_signed_in(why: &str) -> ApiError {
    ApiError::refused("You are not signed in", &format!("{why} Sign in again."))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_token_lives_as_long_as_the_issuer_says_or_an_hour() {
        for (told, seconds) in [
            (r#","expires_in":600"#, 600),
            (r#","expires_in":"600""#, 600),
            (r#","expires_in":600.0"#, 600),
            (r#","expires_in":99999999999"#, u32::MAX),
            ("", 3600),
            (r#","expires_in":null"#, 3600),
            (r#","expires_in":"""#, 3600),
            (r#","expires_in":"soon""#, 3600),
            (r#","expires_in":0"#, 3600),
            (r#","expires_in":-5"#, 3600),
            (r#","expires_in":[600]"#, 3600),
        ] {
            let json = format!(r#"{{"access_token":"t","token_type":"Bearer"{told}}}"#);
            let answer: TokenAnswer = serde_json::from_str(&json).unwrap();
            assert_eq!(answer.expires_in, seconds, "{told}");
        }
    }
}
