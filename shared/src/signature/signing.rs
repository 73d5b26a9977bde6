//! Signing with a P-256 key that is at hand: for the local stack's authority, receipts there, and tests. Deterministic
//! (RFC 6979), so it needs no randomness.

use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use p256::pkcs8::{DecodePrivateKey as _, EncodePublicKey as _};

use super::pem;

/// A P-256 private key in memory.
#[derive(Clone)]
pub struct P256Key(SigningKey);

/// The text is not a P-256 private key in PEM (PKCS #8 or SEC 1) that is not encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not an unencrypted P-256 private key in PEM (PKCS #8 or SEC 1)")]
pub struct NotAP256Key;

impl P256Key {
    /// Reads PEM, PKCS #8 (`BEGIN PRIVATE KEY`) or SEC 1 (`BEGIN EC PRIVATE KEY`).
    pub fn from_pem(pem: &str) -> Result<Self, NotAP256Key> {
        let first = |label| {
            pem::blocks(pem.as_bytes(), &[label]).and_then(|blocks| blocks.into_iter().next())
        };
        if let Some(pkcs8) = first("PRIVATE KEY") {
            return Self::from_pkcs8_der(&pkcs8);
        }
        let sec1 = first("EC PRIVATE KEY").ok_or(NotAP256Key)?;
        p256::SecretKey::from_sec1_der(&sec1)
            .map(|key| Self(key.into()))
            .map_err(|_| NotAP256Key)
    }

    /// Takes PKCS #8 in DER.
    pub fn from_pkcs8_der(der: &[u8]) -> Result<Self, NotAP256Key> {
        SigningKey::from_pkcs8_der(der)
            .map(Self)
            .map_err(|_| NotAP256Key)
    }

    /// Takes 32 random bytes as the key. `None` for the few values that are no key.
    pub fn from_random(bytes: &[u8; 32]) -> Option<Self> {
        SigningKey::from_slice(bytes).ok().map(Self)
    }

    /// Signs with SHA-256: raw `r‖s`, 64 bytes, as `WebCrypto` does.
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        let signature: Signature = self.0.sign(message);
        signature.to_bytes().to_vec()
    }

    /// The public key as `SubjectPublicKeyInfo` in DER.
    pub fn spki_der(&self) -> Vec<u8> {
        self.0
            .verifying_key()
            .to_public_key_der()
            .map(|der| der.as_bytes().to_vec())
            .unwrap_or_default()
    }
}

impl core::fmt::Debug for P256Key {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("P256Key(secret)")
    }
}
