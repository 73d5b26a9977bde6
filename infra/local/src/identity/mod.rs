//! The identity provider of the demonstration: `OpenID Connect` with a page to choose a demo person, and the demo CA.
//!
//! People: authorisation code with PKCE (S256) only, one client, one origin to go back to. Systems: client credentials, a client each. Access tokens are ES256 JWTs.
//! A session cookie answers a second `/authorize` at once, with the time of the first (`auth_time`); `prompt=login`, `prompt=select_account`, and a
//! `max_age` that the session is older than, ask again.

mod authorize;
mod certificates;
mod chooser;
mod claims;
mod client_credentials;
mod codes;
mod cors;
mod discovery;
mod key;
mod request;
mod token;

use std::io;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::clock::Clock;
use crate::demo::people::Person;
use crate::origin::Origin;
use crate::pki::Authority;

pub use client_credentials::mint_of_machine;
pub use key::IssuerKey;

/// The one client: the page.
pub const CLIENT: &str = "sluice-page";

/// Largest body of any request here, in bytes: a certificate request of an RSA key is under 4 kB.
const MAX_BODY: usize = 16 * 1024;

/// The provider.
#[derive(Debug)]
pub struct Identity {
    key: IssuerKey,
    /// This server: the issuer.
    issuer: Origin,
    page: Origin,
    clock: Clock,
    authority: Arc<Authority>,
    codes: codes::Codes,
    /// How long an access token is good, in seconds.
    token_seconds: i64,
}

impl Identity {
    /// A provider at `issuer` for the page at `page`. Its key is made in `folder` at first start.
    pub fn open(
        folder: &Path,
        issuer: Origin,
        page: Origin,
        clock: Clock,
        authority: Arc<Authority>,
        token_minutes: u32,
    ) -> io::Result<Self> {
        let codes = codes::Codes::default();
        let token_seconds = i64::from(token_minutes) * 60;
        Ok(Self {
            key: IssuerKey::open(folder)?,
            issuer,
            page,
            clock,
            authority,
            codes,
            token_seconds,
        })
    }

    /// An access token of `person` that is good for `seconds`: for scripts and tests.
    pub fn access_token(&self, person: &Person, seconds: i64) -> String {
        mint(
            &self.key,
            person,
            self.issuer.as_str(),
            self.clock.seconds(),
            seconds,
        )
    }
}

/// An access token of the issuer at `issuer`, whose key this is, from `now` (Unix seconds) on, when the person signs in.
pub fn mint(key: &IssuerKey, person: &Person, issuer: &str, now: i64, seconds: i64) -> String {
    let sign_in = claims::SignIn {
        person: *person,
        at: now,
    };
    key.sign(&claims::access(sign_in, issuer, now, seconds))
}

/// The provider as a router.
pub fn router(identity: Arc<Identity>) -> Router {
    let page = identity.page.clone();
    let from_the_page = Router::new()
        .route(
            "/.well-known/openid-configuration",
            get(discovery::configuration),
        )
        .route("/.well-known/jwks.json", get(discovery::keys))
        .route("/token", post(token::exchange))
        .route("/pki/certificates", post(certificates::issue))
        .route("/pki/ca.pem", get(certificates::authorities))
        .layer(axum::middleware::from_fn_with_state(page, cors::layer));
    Router::new()
        .route("/", get(authorize::front))
        .route("/authorize", get(authorize::ask).post(authorize::choose))
        .route("/logout", get(authorize::logout))
        .route("/identity.css", get(chooser::style))
        // Browsers ask for it on every plain page; there is none.
        .route("/favicon.ico", get(http::StatusCode::NO_CONTENT))
        .merge(from_the_page)
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .with_state(identity)
}
