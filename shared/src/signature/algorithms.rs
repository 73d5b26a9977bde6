//! The signature algorithms that are verified, in pure Rust: the same code in the page and in the functions.
//!
//! ECDSA on P-256 with SHA-256 (RFC 5480, RFC 5753), and RSA PKCS #1 v1.5 with SHA-256 and keys of 2048 to 4096 bits
//! (RFC 8017). On certificates and revocation lists both with SHA-384 and SHA-512, too, as authorities choose for themselves.
//! Nothing else: SHA-1, shorter RSA keys and other curves are refused by not being here.

use p256::ecdsa::signature::Verifier as _;
use p256::ecdsa::signature::hazmat::PrehashVerifier as _;
use rsa::RsaPublicKey;
use rsa::pkcs1::DecodeRsaPublicKey as _;
use rsa::pkcs1v15;
use rsa::traits::PublicKeyParts as _;
use rustls_pki_types::{
    AlgorithmIdentifier, InvalidSignature, SignatureVerificationAlgorithm, alg_id,
};
use sha2::{Digest as _, Sha256, Sha384, Sha512};

/// Shortest RSA modulus that is accepted, in bits.
pub const RSA_SHORTEST: usize = 2048;
/// Longest RSA modulus that is accepted, in bits; longer ones cost time and nobody here has them.
pub const RSA_LONGEST: usize = RsaPublicKey::MAX_SIZE;

/// ECDSA on P-256 with SHA-256, the signature in DER. Both the high and the low `s` are valid: `WebCrypto` and OpenSSL
/// write either.
#[derive(Debug)]
pub(crate) struct EcdsaP256Sha256;

/// RSA PKCS #1 v1.5.
#[derive(Debug)]
pub(crate) struct RsaPkcs1(pub(crate) Hash);

/// The hash under a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hash {
    Sha256,
    Sha384,
    Sha512,
}

impl SignatureVerificationAlgorithm for EcdsaP256Sha256 {
    fn verify_signature(
        &self,
        public_key: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), InvalidSignature> {
        let signature =
            p256::ecdsa::Signature::from_der(signature).map_err(|_| InvalidSignature)?;
        p256::ecdsa::VerifyingKey::from_sec1_bytes(public_key)
            .and_then(|key| key.verify(message, &signature))
            .map_err(|_| InvalidSignature)
    }

    fn public_key_alg_id(&self) -> AlgorithmIdentifier {
        alg_id::ECDSA_P256
    }

    fn signature_alg_id(&self) -> AlgorithmIdentifier {
        alg_id::ECDSA_SHA256
    }
}

/// The same key with any of the hashes: of a longer one the first 256 bits count (FIPS 186-5, 6.4.2).
pub(crate) fn verify_ecdsa_p256(
    hash: Hash,
    public_key: &[u8],
    message: &[u8],
    signature: &[u8],
) -> Result<(), InvalidSignature> {
    let signature = p256::ecdsa::Signature::from_der(signature).map_err(|_| InvalidSignature)?;
    p256::ecdsa::VerifyingKey::from_sec1_bytes(public_key)
        .and_then(|key| key.verify_prehash(&hash.digest(message), &signature))
        .map_err(|_| InvalidSignature)
}

impl Hash {
    pub(crate) fn digest(self, message: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha256 => Sha256::digest(message).to_vec(),
            Self::Sha384 => Sha384::digest(message).to_vec(),
            Self::Sha512 => Sha512::digest(message).to_vec(),
        }
    }
}

impl SignatureVerificationAlgorithm for RsaPkcs1 {
    fn verify_signature(
        &self,
        public_key: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), InvalidSignature> {
        let key = RsaPublicKey::from_pkcs1_der(public_key).map_err(|_| InvalidSignature)?;
        if !(RSA_SHORTEST..=RSA_LONGEST).contains(&key.n().bits()) {
            return Err(InvalidSignature);
        }
        let signature = pkcs1v15::Signature::try_from(signature).map_err(|_| InvalidSignature)?;
        match self.0 {
            Hash::Sha256 => pkcs1v15::VerifyingKey::<Sha256>::new(key).verify(message, &signature),
            Hash::Sha384 => pkcs1v15::VerifyingKey::<Sha384>::new(key).verify(message, &signature),
            Hash::Sha512 => pkcs1v15::VerifyingKey::<Sha512>::new(key).verify(message, &signature),
        }
        .map_err(|_| InvalidSignature)
    }

    fn public_key_alg_id(&self) -> AlgorithmIdentifier {
        alg_id::RSA_ENCRYPTION
    }

    fn signature_alg_id(&self) -> AlgorithmIdentifier {
        match self.0 {
            Hash::Sha256 => alg_id::RSA_PKCS1_SHA256,
            Hash::Sha384 => alg_id::RSA_PKCS1_SHA384,
            Hash::Sha512 => alg_id::RSA_PKCS1_SHA512,
        }
    }
}

/// A raw `r‖s` P-256 signature, as `WebCrypto` writes it (IEEE P1363), in the DER that CMS and X.509 carry.
///
/// DER that is given is checked and passed through. `None` when it is neither.
pub fn ecdsa_signature_der(raw_or_der: &[u8]) -> Option<Vec<u8>> {
    let signature = match raw_or_der.len() {
        64 => p256::ecdsa::Signature::from_slice(raw_or_der),
        _ => p256::ecdsa::Signature::from_der(raw_or_der),
    };
    Some(signature.ok()?.to_der().as_bytes().to_vec())
}
