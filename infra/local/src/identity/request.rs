//! An authorisation request (RFC 6749, section 4.1.1; RFC 7636; `OpenID Connect` Core, section 3.1.2.1).

use serde::Deserialize;

use super::CLIENT;
use crate::origin::Origin;

/// The parameters as they come.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Parameters {
    pub(super) response_type: Option<String>,
    pub(super) client_id: Option<String>,
    pub(super) redirect_uri: Option<String>,
    pub(super) code_challenge: Option<String>,
    pub(super) code_challenge_method: Option<String>,
    pub(super) state: Option<String>,
    pub(super) nonce: Option<String>,
    pub(super) scope: Option<String>,
    pub(super) prompt: Option<String>,
    pub(super) max_age: Option<String>,
    /// Sent by our own form only.
    pub(super) person: Option<String>,
}

/// Whether people are asked who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Prompt {
    /// Only without a session.
    IfNeeded,
    /// Never: without a session the answer is `login_required`.
    Never,
    /// Always.
    Always,
}

/// A request that may be answered.
#[derive(Debug, Clone)]
pub(super) struct AuthorizeRequest {
    pub(super) redirect_uri: String,
    pub(super) challenge: String,
    pub(super) state: Option<String>,
    pub(super) nonce: Option<String>,
    pub(super) prompt: Prompt,
    /// Seconds; people who chose longer ago are asked again.
    max_age: Option<u32>,
}

/// Why a request is not answered.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Nobody to send back to: the person reads why.
    Page(String),
    /// The page is told, by an error code of RFC 6749.
    Redirect(String),
}

impl AuthorizeRequest {
    pub(super) fn parse(given: Parameters, page: &Origin) -> Result<Self, Refusal> {
        if given.client_id.as_deref() != Some(CLIENT) {
            return Err(Refusal::Page(format!(
                "This sign-in serves the client {CLIENT} only."
            )));
        }
        let redirect_uri = given.redirect_uri.unwrap_or_default();
        if !page.owns(&redirect_uri) {
            return Err(Refusal::Page(format!(
                "The address to go back to is not a page of {page}."
            )));
        }
        let state = given.state;
        let refuse = |code: &str, text: &str| {
            let parameters = [
                ("error", Some(code)),
                ("error_description", Some(text)),
                ("state", state.as_deref()),
            ];
            Err(Refusal::Redirect(with_parameters(
                &redirect_uri,
                &parameters,
            )))
        };
        if given.response_type.as_deref() != Some("code") {
            return refuse("unsupported_response_type", "Only the code flow is served");
        }
        if !given
            .scope
            .as_deref()
            .unwrap_or_default()
            .split(' ')
            .any(|scope| scope == "openid")
        {
            return refuse("invalid_scope", "The scope has to name openid");
        }
        let challenge = given.code_challenge.unwrap_or_default();
        // SHA-256 in base64url has 43 characters.
        if given.code_challenge_method.as_deref() != Some("S256") || challenge.len() != 43 {
            return refuse("invalid_request", "PKCE with S256 is required");
        }
        let prompt = match given.prompt.as_deref() {
            None | Some("") => Prompt::IfNeeded,
            Some("none") => Prompt::Never,
            Some("select_account" | "login" | "consent") => Prompt::Always,
            Some(_) => return refuse("invalid_request", "The prompt is not known"),
        };
        let Ok(max_age) = given.max_age.as_deref().map(str::parse).transpose() else {
            return refuse(
                "invalid_request",
                "The greatest age is not a number of seconds",
            );
        };
        Ok(Self {
            redirect_uri,
            challenge,
            state,
            nonce: given.nonce,
            prompt,
            max_age,
        })
    }

    /// Whether a session since `at` answers it at `now` (`OpenID Connect` Core, 3.1.2.1: `max_age`).
    pub(super) fn is_answered_by_session(&self, at: i64, now: i64) -> bool {
        let too_old = |max_age: u32| now - at > i64::from(max_age);
        self.prompt != Prompt::Always && !self.max_age.is_some_and(too_old)
    }

    /// The address that takes `code` back to the page.
    pub(super) fn answered(&self, code: &str) -> String {
        with_parameters(
            &self.redirect_uri,
            &[("code", Some(code)), ("state", self.state.as_deref())],
        )
    }

    /// The address that tells the page that nobody is signed in.
    pub(super) fn login_required(&self) -> String {
        let parameters = [
            ("error", Some("login_required")),
            ("state", self.state.as_deref()),
        ];
        with_parameters(&self.redirect_uri, &parameters)
    }
}

pub(super) fn with_parameters(url: &str, parameters: &[(&str, Option<&str>)]) -> String {
    let mut out = url.to_owned();
    let mut separator = if url.contains('?') { '&' } else { '?' };
    for (name, value) in parameters {
        if let Some(value) = value {
            out.push(separator);
            out.push_str(name);
            out.push('=');
            out.push_str(&percent_encoded(value));
            separator = '&';
        }
    }
    out
}

fn percent_encoded(value: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").expect("a String takes all that is written to it");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use super::*;

    fn page_origin() -> Origin {
        Origin::from_address(SocketAddr::from(([127, 0, 0, 1], 8600)))
    }

    fn good() -> Parameters {
        Parameters {
            response_type: Some("code".into()),
            client_id: Some(CLIENT.into()),
            redirect_uri: Some("http://127.0.0.1:8600/".into()),
            code_challenge: Some("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM".into()),
            code_challenge_method: Some("S256".into()),
            state: Some("a b".into()),
            scope: Some("openid profile".into()),
            ..Parameters::default()
        }
    }

    #[test]
    fn state_goes_back_encoded() {
        let request = AuthorizeRequest::parse(good(), &page_origin()).expect("a good request");
        assert_eq!(
            request.answered("xyz"),
            "http://127.0.0.1:8600/?code=xyz&state=a%20b"
        );
    }

    #[test]
    fn nobody_is_sent_to_another_origin() {
        let elsewhere = Parameters {
            redirect_uri: Some("http://example.org/".into()),
            ..good()
        };
        assert!(matches!(
            AuthorizeRequest::parse(elsewhere, &page_origin()),
            Err(Refusal::Page(_))
        ));
    }

    #[test]
    fn plain_challenges_are_refused() {
        let plain = Parameters {
            code_challenge_method: Some("plain".into()),
            ..good()
        };
        let Err(Refusal::Redirect(to)) = AuthorizeRequest::parse(plain, &page_origin()) else {
            panic!("refused")
        };
        assert!(
            to.starts_with("http://127.0.0.1:8600/?error=invalid_request&"),
            "{to}"
        );
    }
}
