//! The issuer's key: signs and verifies compact JWS with ES256 (RFC 7515, RFC 7518).

use std::fs;
use std::io;
use std::path::Path;

use base64ct::{Base64UrlUnpadded, Encoding};
use p256::SecretKey;
use p256::ecdsa::signature::{Signer, Verifier};
use p256::ecdsa::{Signature, SigningKey};
use p256::elliptic_curve::sec1::ToEncodedPoint;
use p256::pkcs8::{DecodePrivateKey, EncodePrivateKey, LineEnding};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::{files, random};

/// A P-256 key with its JWK thumbprint as its id.
pub struct IssuerKey {
    signing: SigningKey,
    id: String,
    jwk: Value,
}

impl std::fmt::Debug for IssuerKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IssuerKey")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl IssuerKey {
    /// The key in `folder`, made if there is none.
    pub fn open(folder: &Path) -> io::Result<Self> {
        let path = folder.join("issuer-key.pem");
        if path.exists() {
            let pem = fs::read_to_string(&path)?;
            return SecretKey::from_pkcs8_pem(&pem)
                .map(|key| Self::new(&key))
                .map_err(io::Error::other);
        }
        fs::create_dir_all(folder)?;
        let key = loop {
            // All but one in 2^32 candidates are a valid scalar.
            if let Ok(key) = SecretKey::from_slice(&random::bytes::<32>()) {
                break key;
            }
        };
        let pem = key.to_pkcs8_pem(LineEnding::LF).map_err(io::Error::other)?;
        files::write_secret(&path, pem.as_bytes())?;
        Ok(Self::new(&key))
    }

    fn new(key: &SecretKey) -> Self {
        let point = key.public_key().to_encoded_point(false);
        let coordinate =
            |bytes: Option<&p256::FieldBytes>| bytes.map(|bytes| encode(bytes)).unwrap_or_default();
        let (x, y) = (coordinate(point.x()), coordinate(point.y()));
        // RFC 7638: the members in this order, without spaces.
        let id = encode(&Sha256::digest(format!(
            r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#
        )));
        let jwk = json!({ "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": id, "x": x, "y": y });
        Self {
            signing: SigningKey::from(key),
            id,
            jwk,
        }
    }

    /// The public key as a JWK.
    pub fn jwk(&self) -> &Value {
        &self.jwk
    }

    /// A compact JWS of the claims.
    ///
    /// # Panics
    /// Never for claims that are strings and numbers by name.
    pub fn sign(&self, claims: &impl Serialize) -> String {
        let header = json!({ "alg": "ES256", "typ": "JWT", "kid": self.id });
        let claims = serde_json::to_vec(claims).expect("claims are plain values");
        let signed = format!(
            "{}.{}",
            encode(header.to_string().as_bytes()),
            encode(&claims)
        );
        let signature: Signature = self.signing.sign(signed.as_bytes());
        format!("{signed}.{}", encode(&signature.to_bytes()))
    }

    /// The claims of a JWS of this key; none: it is not one. Times and audience are for the caller to look at.
    pub fn verify<T: DeserializeOwned>(&self, token: &str) -> Option<T> {
        let (signed, signature) = token.rsplit_once('.')?;
        let signature = Signature::from_slice(&decode(signature)?).ok()?;
        self.signing
            .verifying_key()
            .verify(signed.as_bytes(), &signature)
            .ok()?;
        let (_, claims) = signed.split_once('.')?;
        serde_json::from_slice(&decode(claims)?).ok()
    }
}

pub(super) fn encode(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

fn decode(text: &str) -> Option<Vec<u8>> {
    Base64UrlUnpadded::decode_vec(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> IssuerKey {
        IssuerKey::new(&SecretKey::from_slice(&[byte; 32]).expect("a small scalar"))
    }

    #[test]
    fn a_token_is_verified_by_its_own_key_and_no_other() {
        let token = key(1).sign(&json!({ "sub": "reviewer-1" }));
        assert_eq!(
            key(1).verify::<Value>(&token),
            Some(json!({ "sub": "reviewer-1" }))
        );
        assert_eq!(key(2).verify::<Value>(&token), None);
    }

    #[test]
    fn changed_claims_are_no_token() {
        let token = key(1).sign(&json!({ "sub": "reviewer-1" }));
        let parts = token.split('.').collect::<Vec<_>>();
        let forged = format!(
            "{}.{}.{}",
            parts[0],
            encode(br#"{"sub":"reviewer-2"}"#),
            parts[2]
        );
        assert_eq!(key(1).verify::<Value>(&forged), None);
    }
}
