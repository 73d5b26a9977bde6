//! Authorisation codes: good once, for a minute, for the one who knows the verifier.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

use super::claims::SignIn;
use super::key::encode;
use super::request::AuthorizeRequest;
use crate::random;

/// How long a code is good, in seconds.
const SECONDS: i64 = 60;

/// What a code stands for.
#[derive(Debug, Clone)]
pub(super) struct Grant {
    pub(super) sign_in: SignIn,
    pub(super) nonce: Option<String>,
    redirect_uri: String,
    challenge: String,
    until: i64,
}

/// The codes that were given out and not used. A restart forgets them: the page asks anew.
#[derive(Debug, Default)]
pub(super) struct Codes(Mutex<HashMap<String, Grant>>);

impl Codes {
    pub(super) fn give(&self, sign_in: SignIn, request: &AuthorizeRequest, now: i64) -> String {
        let code = random::token::<32>();
        let grant = Grant {
            sign_in,
            nonce: request.nonce.clone(),
            redirect_uri: request.redirect_uri.clone(),
            challenge: request.challenge.clone(),
            until: now + SECONDS,
        };
        let mut codes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        codes.retain(|_, grant| now < grant.until);
        codes.insert(code.clone(), grant);
        code
    }

    /// Takes the code out, whatever comes of it: a code that was guessed at is used up.
    pub(super) fn take(
        &self,
        code: &str,
        redirect_uri: &str,
        verifier: &str,
        now: i64,
    ) -> Option<Grant> {
        let grant = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(code)?;
        let proven = encode(&Sha256::digest(verifier)) == grant.challenge;
        (proven && grant.redirect_uri == redirect_uri && now < grant.until).then_some(grant)
    }
}
