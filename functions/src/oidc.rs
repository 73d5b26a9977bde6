//! Access tokens: who is asking. Verified here wherever the functions run, so that no gateway has to be trusted for it.
use std::time::{Duration, Instant};

use aws_sdk_s3::primitives::{AggregatedBytes, ByteStream};
use aws_smithy_http_client::Connector;
use aws_smithy_runtime_api::{
    client::{http::HttpConnector, orchestrator::HttpRequest},
    http::StatusCode,
};
use jsonwebtoken::{
    Algorithm, DecodingKey, Validation, decode, decode_header,
    errors::ErrorKind,
    jwk::{AlgorithmParameters, EllipticCurve, Jwk, PublicKeyUse},
};
use serde::Deserialize;
use sluice_shared::instant::UtcTime;
use tokio::sync::Mutex;

pub use crate::token_claims::{SignedIn, TokenHolder};
use crate::{
    clients::TLS,
    token_claims::{Claims, ClaimsFault, is_type_of_access_tokens},
    token_signatures,
};

/// A token longer than this is nobody's.
const LONGEST_TOKEN: usize = 8_192;
/// An unknown key id makes us look for new keys, but no more often than this: else anybody could make us hammer the issuer.
const REFRESH_AT_MOST_EVERY: Duration = Duration::from_secs(30);
/// As long as there are no keys at all, the issuer is asked this often: requests must not queue up behind a dead issuer.
const RETRY_AT_MOST_EVERY: Duration = Duration::from_secs(1);
/// How long the issuer may take to answer with its keys.
const PATIENCE: Duration = Duration::from_secs(5);

/// Why a token was not accepted.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// It was good once.
    #[error("the access token has expired")]
    Expired,
    /// Anything else that is wrong with it; the text is for the log.
    #[error("the access token is not acceptable: {0}")]
    Invalid(String),
    /// The issuer's keys cannot be had; trying later may help.
    #[error("the identity provider's keys cannot be read: {0}")]
    KeysUnavailable(String),
}

/// Verifies tokens of one issuer for one audience.
#[derive(Debug)]
pub struct TokenVerifier {
    issuer: String,
    audience: String,
    keys: Mutex<Keys>,
}

#[derive(Debug, Default)]
struct Keys {
    set: Option<KeySet>,
    asked: Option<Instant>,
}

/// The issuer's keys by which tokens can be verified, each with its algorithm.
#[derive(Debug)]
struct KeySet(Vec<(Algorithm, Jwk)>);

impl KeySet {
    /// Reads a JWK Set. A key of a kind that is not known, or that lacks something, is passed over (RFC 7517, section 5): an issuer may add
    /// one at any time, and nobody is to be locked out by that.
    fn parse(json: &[u8]) -> Result<Self, serde_json::Error> {
        #[derive(Deserialize)]
        struct Listed {
            keys: Vec<serde_json::Value>,
        }
        let listed: Listed = serde_json::from_slice(json)?;
        let usable = |key| {
            let key: Jwk = serde_json::from_value(key).ok()?;
            let signs = key.common.public_key_use != Some(PublicKeyUse::Encryption);
            Some((algorithm_of(&key).filter(|_| signs)?, key))
        };
        Ok(Self(listed.keys.into_iter().filter_map(usable).collect()))
    }

    /// The key of this id for this algorithm: keys of several kinds may have one id (RFC 7517, section 4.5).
    fn find(&self, kid: &str, algorithm: Algorithm) -> Option<&(Algorithm, Jwk)> {
        let mut named = self
            .0
            .iter()
            .filter(|(_, key)| key.common.key_id.as_deref() == Some(kid));
        let first = named.clone().next();
        named.find(|(its, _)| *its == algorithm).or(first)
    }
}

impl TokenVerifier {
    /// A verifier that has fetched nothing yet.
    pub fn new(issuer: &str, audience: &str) -> Self {
        token_signatures::install();
        Self {
            issuer: issuer.to_owned(),
            audience: audience.to_owned(),
            keys: Mutex::default(),
        }
    }

    /// What `token` says at `now`.
    pub async fn verify(&self, token: &str, now: UtcTime) -> Result<SignedIn, TokenError> {
        if token.len() > LONGEST_TOKEN {
            return Err(TokenError::Invalid("too long".to_owned()));
        }
        let invalid = |reason: String| TokenError::Invalid(reason);
        let header = decode_header(token).map_err(|error| invalid(in_words(&error)))?;
        // What a token declares critical has to be understood, and nothing is (RFC 7515, 4.1.11).
        if header.crit.is_some() {
            return Err(invalid("asks for an extension".to_owned()));
        }
        if !is_type_of_access_tokens(header.typ.as_deref()) {
            return Err(invalid("not of a type that gives access".to_owned()));
        }
        let kid = header
            .kid
            .ok_or_else(|| invalid("names no key".to_owned()))?;
        let (algorithm, key) = self.key(&kid, header.alg).await?;
        if header.alg != algorithm {
            return Err(invalid(format!(
                "signed with {:?}, by a key for {algorithm:?}",
                header.alg
            )));
        }
        let key = DecodingKey::from_jwk(&key).map_err(|error| invalid(in_words(&error)))?;
        let claims = decode::<Claims>(token, &key, &self.validation(algorithm))
            .map_err(|error| match error.kind() {
                ErrorKind::ExpiredSignature => TokenError::Expired,
                _ => invalid(in_words(&error)),
            })?
            .claims;
        claims
            .check(header.typ.as_deref(), &self.audience, now)
            .map_err(|fault| match fault {
                ClaimsFault::Expired => TokenError::Expired,
                fault => invalid(fault.to_string()),
            })
    }

    /// Signature and issuer; times and audience are checked here, the former by the clock that we are given.
    fn validation(&self, algorithm: Algorithm) -> Validation {
        let mut validation = Validation::new(algorithm);
        validation.validate_exp = false;
        validation.validate_aud = false;
        validation.set_issuer(&[&self.issuer]);
        validation.set_required_spec_claims(&["iss", "sub", "exp"]);
        validation
    }

    async fn key(&self, kid: &str, algorithm: Algorithm) -> Result<(Algorithm, Jwk), TokenError> {
        let mut keys = self.keys.lock().await;
        let known = keys.set.as_ref().and_then(|set| set.find(kid, algorithm));
        if let Some(key) = known {
            return Ok(key.clone());
        }
        let pause = if keys.set.is_none() {
            RETRY_AT_MOST_EVERY
        } else {
            REFRESH_AT_MOST_EVERY
        };
        if keys.asked.is_none_or(|asked| asked.elapsed() >= pause) {
            keys.asked = Some(Instant::now());
            keys.set = Some(self.fetch().await?);
        } else if keys.set.is_none() {
            return Err(TokenError::KeysUnavailable("asked a moment ago".to_owned()));
        }
        keys.set
            .as_ref()
            .and_then(|set| set.find(kid, algorithm))
            .cloned()
            .ok_or_else(|| {
                TokenError::Invalid(
                    "signed with a key that the issuer does not list as P-256 or RSA".to_owned(),
                )
            })
    }

    async fn fetch(&self) -> Result<KeySet, TokenError> {
        let unavailable = |reason: String| TokenError::KeysUnavailable(reason);
        let answer = tokio::time::timeout(PATIENCE, self.key_set())
            .await
            .map_err(|_| unavailable("the issuer takes too long".to_owned()))?
            .map_err(unavailable)?;
        KeySet::parse(&answer)
            .map_err(|_| unavailable("the issuer answers something else than keys".to_owned()))
    }
}

/// What an issuer says of itself (`OpenID Connect` Discovery 1.0, 3), as far as it is about its keys.
#[derive(Debug, Deserialize)]
struct Discovered {
    issuer: String,
    jwks_uri: String,
}

impl TokenVerifier {
    /// The issuer's key set: at the usual place (Cognito, Auth0), which saves the first caller a question, or where the issuer says that it is (Keycloak,
    /// Entra).
    async fn key_set(&self) -> Result<Vec<u8>, String> {
        // A slash at its end, as Auth0's issuers have, is cut off before a path is joined to it (section 4.1).
        let issuer = self.issuer.trim_end_matches('/');
        let usual = get(&format!("{issuer}/.well-known/jwks.json")).await;
        match usual {
            Err(NoAnswer::Status(404)) => {}
            usual => return usual.map_err(|error| error.to_string()),
        }
        let place = format!("{issuer}/.well-known/openid-configuration");
        let told = get(&place).await.map_err(|error| error.to_string())?;
        let told: Discovered = serde_json::from_slice(&told)
            .map_err(|_| "the issuer does not say where its keys are".to_owned())?;
        // Whoever answers has to be who was asked (section 4.3); and no key comes in the clear of an issuer that has TLS.
        let is_as_safe =
            told.jwks_uri.starts_with("https://") || self.issuer.starts_with("http://");
        if told.issuer != self.issuer || !is_as_safe {
            return Err("another issuer answers".to_owned());
        }
        let keys = get(&told.jwks_uri).await;
        keys.map_err(|error| error.to_string())
    }
}

/// Why there is nothing at an address.
#[derive(Debug, thiserror::Error)]
enum NoAnswer {
    #[error("the issuer answers {0}")]
    Status(u16),
    #[error("{0}")]
    Broken(String),
}

/// What the library says, unless it quotes the token.
fn in_words(error: &jsonwebtoken::errors::Error) -> String {
    match error.kind() {
        ErrorKind::Json(_) | ErrorKind::Utf8(_) | ErrorKind::Base64(_) => {
            "it is not made of JSON in base64".to_owned()
        }
        _ => error.to_string(),
    }
}

/// What is at `url`, by the connector that the SDK's clients use. A new one each time: keys are fetched rarely, and until the first time
/// nobody waits for certificates of authorities to be read. It follows no redirect.
async fn get(url: &str) -> Result<Vec<u8>, NoAnswer> {
    let connector = Connector::builder().tls_provider(TLS).build();
    let broken = |error: &dyn std::fmt::Display| NoAnswer::Broken(error.to_string());
    let request = HttpRequest::get(url).map_err(|error| broken(&error))?;
    let answer = connector
        .call(request)
        .await
        .map_err(|error| broken(&error))?;
    if answer.status() != StatusCode::from(http::StatusCode::OK) {
        return Err(NoAnswer::Status(answer.status().as_u16()));
    }
    ByteStream::new(answer.into_body())
        .collect()
        .await
        .map(AggregatedBytes::to_vec)
        .map_err(|error| broken(&error))
}

/// The key decides the algorithm, whatever a token's header asks for: no downgrade, no confusion of keys. Cognito signs with
/// RSA, the embedded issuer with P-256.
fn algorithm_of(key: &Jwk) -> Option<Algorithm> {
    match &key.algorithm {
        AlgorithmParameters::EllipticCurve(curve) if curve.curve == EllipticCurve::P256 => {
            Some(Algorithm::ES256)
        }
        AlgorithmParameters::RSA(_) => Some(Algorithm::RS256),
        _ => None,
    }
}
