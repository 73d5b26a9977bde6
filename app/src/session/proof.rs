//! What proves, when the issuer sends people back, that this tab had sent them.

use super::code::Asking;
use crate::{api::ApiError, browser};
use base64ct::{Base64UrlUnpadded, Encoding};
use serde::{Deserialize, Serialize};
use sluice_shared::json::read_json;

const KEY: &str = "sluice.sign-in";

/// Kept in the tab's storage between leaving for the issuer and coming back; used once.
#[derive(Serialize, Deserialize)]
pub(super) struct Proof {
    /// The PKCE verifier: 32 random bytes.
    pub(super) verifier: String,
    /// Comes back with the code, so that nobody else's code is taken.
    pub(super) state: String,
    /// The page to go on with.
    pub(super) return_path: String,
    /// What the issuer was asked to do.
    pub(super) asking: Asking,
}

impl Proof {
    /// Makes and keeps a proof.
    pub(super) fn keep(return_path: &str, asking: Asking) -> Result<Self, ApiError> {
        let proof = Self {
            verifier: Base64UrlUnpadded::encode_string(&browser::random_bytes::<32>()),
            state: Base64UrlUnpadded::encode_string(&browser::random_bytes::<16>()),
            return_path: return_path.into(),
            asking,
        };
        let text =
            serde_json::to_string(&proof).map_err(|error| ApiError::Browser(error.to_string()))?;
        browser::storage::set(KEY, &text);
        Ok(proof)
    }

    /// Takes the proof that was kept, so that it serves once.
    pub(super) fn take() -> Option<Self> {
        read_json(&browser::storage::take(KEY)?).ok()
    }

    /// What the issuer keeps beside the code: the verifier's SHA-256.
    pub(super) async fn challenge(&self) -> Result<String, ApiError> {
        let digest = browser::sha256(self.verifier.as_bytes()).await?;
        Ok(Base64UrlUnpadded::encode_string(&digest))
    }
}
