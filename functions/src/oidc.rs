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
use serde_json::Value;
use sluice_shared::{directory::CLOCK_LEEWAY_SECONDS, identifiers::PersonId, instant::UtcTime};
use tokio::sync::Mutex;

use crate::{clients::TLS, token_signatures};

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
    jwks_url: String,
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

/// What a token says that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// Whom it speaks for.
    pub person: PersonId,
    /// When that person signed in, at the issuer: `auth_time`. Not every issuer says it.
    pub at: Option<UtcTime>,
}

#[derive(Debug, Deserialize)]
struct Claims {
    sub: String,
    exp: i64,
    nbf: Option<i64>,
    aud: Option<Audience>,
    client_id: Option<String>,
    /// Cognito says here what a token is for; an ID token proves a sign-in and gives no access.
    token_use: Option<String>,
    /// A number of seconds (`OpenID` Connect Core 1.0, 2). Anything else says nothing, and shuts nobody out from reading.
    auth_time: Option<Value>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

impl TokenVerifier {
    /// A verifier that has fetched nothing yet.
    pub fn new(issuer: &str, audience: &str) -> Self {
        token_signatures::install();
        Self {
            jwks_url: format!("{issuer}/.well-known/jwks.json"),
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
        self.check(&claims, now)
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

    fn check(&self, claims: &Claims, now: UtcTime) -> Result<SignedIn, TokenError> {
        let seconds = now.unix_seconds();
        if claims.exp <= seconds {
            return Err(TokenError::Expired);
        }
        if claims
            .nbf
            .is_some_and(|nbf| nbf > seconds + CLOCK_LEEWAY_SECONDS)
        {
            return Err(TokenError::Invalid("not valid yet".to_owned()));
        }
        // Some issuers (Cognito) put `client_id` into access tokens instead of `aud`.
        let ours = match &claims.aud {
            Some(Audience::One(one)) => *one == self.audience,
            Some(Audience::Many(many)) => many.contains(&self.audience),
            None => claims.client_id.as_ref() == Some(&self.audience),
        };
        if !ours {
            return Err(TokenError::Invalid("made for another audience".to_owned()));
        }
        if claims.token_use.as_deref().is_some_and(|is| is != "access") {
            return Err(TokenError::Invalid("not an access token".to_owned()));
        }
        let person = PersonId::parse(&claims.sub).map_err(|_| {
            TokenError::Invalid("speaks for nobody that could be registered".to_owned())
        })?;
        let at = claims.auth_time.as_ref().and_then(Value::as_i64);
        let at = at.and_then(|seconds| seconds.checked_mul(1_000));
        Ok(SignedIn {
            person,
            at: at.map(UtcTime::from_unix_millis),
        })
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
        let answer = tokio::time::timeout(PATIENCE, get(&self.jwks_url))
            .await
            .map_err(|_| unavailable("the issuer takes too long".to_owned()))?
            .map_err(unavailable)?;
        KeySet::parse(&answer)
            .map_err(|_| unavailable("the issuer answers something else than keys".to_owned()))
    }
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
async fn get(url: &str) -> Result<Vec<u8>, String> {
    let connector = Connector::builder().tls_provider(TLS).build();
    let request = HttpRequest::get(url).map_err(|error| error.to_string())?;
    let answer = connector
        .call(request)
        .await
        .map_err(|error| error.to_string())?;
    if answer.status() != StatusCode::from(http::StatusCode::OK) {
        return Err(format!("the issuer answers {}", answer.status().as_u16()));
    }
    ByteStream::new(answer.into_body())
        .collect()
        .await
        .map(AggregatedBytes::to_vec)
        .map_err(|error| error.to_string())
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
