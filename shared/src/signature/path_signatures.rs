//! Signatures on certificates and revocation lists, with the algorithms that are accepted here.

use const_oid::ObjectIdentifier;
use const_oid::db::rfc5912::{
    ECDSA_WITH_SHA_256, ECDSA_WITH_SHA_384, ECDSA_WITH_SHA_512, ID_EC_PUBLIC_KEY, RSA_ENCRYPTION,
    SECP_256_R_1, SHA_1_WITH_RSA_ENCRYPTION, SHA_256_WITH_RSA_ENCRYPTION,
    SHA_384_WITH_RSA_ENCRYPTION, SHA_512_WITH_RSA_ENCRYPTION,
};
use der::{Decode as _, Encode as _, Reader as _, SliceReader};
use rustls_pki_types::SignatureVerificationAlgorithm as _;
use spki::{AlgorithmIdentifierRef, SubjectPublicKeyInfoRef};

use super::algorithms::{Hash, RsaPkcs1, verify_ecdsa_p256};
use super::certificate::Certificate;

/// ecdsa-with-SHA1 (RFC 5758).
const ECDSA_WITH_SHA_1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.1");

/// The algorithm, or the key that it would be used with, is not accepted; or the signature does not verify.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotSigned;

/// Verifies a signature over a certificate or a revocation list.
pub(crate) fn verify(
    algorithm: ObjectIdentifier,
    key: &SubjectPublicKeyInfoRef<'_>,
    message: &[u8],
    signature: &[u8],
) -> Result<(), NotSigned> {
    let public_key = key.subject_public_key.raw_bytes();
    let rsa = |hash| {
        if key.algorithm.oid == RSA_ENCRYPTION {
            RsaPkcs1(hash).verify_signature(public_key, message, signature)
        } else {
            Err(rustls_pki_types::InvalidSignature)
        }
    };
    let ecdsa = |hash| {
        if is_p256(&key.algorithm) {
            verify_ecdsa_p256(hash, public_key, message, signature)
        } else {
            Err(rustls_pki_types::InvalidSignature)
        }
    };
    match algorithm {
        ECDSA_WITH_SHA_256 => ecdsa(Hash::Sha256),
        ECDSA_WITH_SHA_384 => ecdsa(Hash::Sha384),
        ECDSA_WITH_SHA_512 => ecdsa(Hash::Sha512),
        SHA_256_WITH_RSA_ENCRYPTION => rsa(Hash::Sha256),
        SHA_384_WITH_RSA_ENCRYPTION => rsa(Hash::Sha384),
        SHA_512_WITH_RSA_ENCRYPTION => rsa(Hash::Sha512),
        _ => return Err(NotSigned),
    }
    .map_err(|_| NotSigned)
}

/// Whether what is signed in this way can be accepted, by a key that is.
pub(crate) fn is_accepted(algorithm: ObjectIdentifier) -> bool {
    [
        ECDSA_WITH_SHA_256,
        ECDSA_WITH_SHA_384,
        ECDSA_WITH_SHA_512,
        SHA_256_WITH_RSA_ENCRYPTION,
        SHA_384_WITH_RSA_ENCRYPTION,
        SHA_512_WITH_RSA_ENCRYPTION,
    ]
    .contains(&algorithm)
}

/// Whether it is one of the algorithms that use SHA-1.
pub(crate) fn is_sha1(algorithm: ObjectIdentifier) -> bool {
    [SHA_1_WITH_RSA_ENCRYPTION, ECDSA_WITH_SHA_1].contains(&algorithm)
}

/// The bytes that the issuer of a certificate or list signed: the first element of the outer sequence, as it was sent.
///
/// Encoding what was read again would lose what is not quite DER, such as `critical FALSE` written out.
pub(crate) fn signed_part(der: &[u8]) -> Option<&[u8]> {
    let mut reader = SliceReader::new(der).ok()?;
    der::Header::decode(&mut reader).ok()?;
    reader.tlv_bytes().ok()
}

/// What the path library asks for signatures: over the bytes of the certificates as they were sent.
pub(crate) struct OriginalBytes<'a> {
    /// What the library makes of a certificate that it has read, and what it was read from.
    encodings: Vec<(Vec<u8>, &'a [u8])>,
}

impl<'a> OriginalBytes<'a> {
    pub(crate) fn of_chain(chain: &[&'a Certificate]) -> Self {
        let encodings = chain.iter().filter_map(|certificate| {
            let again = certificate.parsed().tbs_certificate.to_der().ok()?;
            Some((again, signed_part(certificate.der())?))
        });
        Self {
            encodings: encodings.collect(),
        }
    }
}

impl pkix_path::SignatureVerifier for OriginalBytes<'_> {
    fn verify_signature(
        &self,
        algorithm: AlgorithmIdentifierRef<'_>,
        issuer_spki: SubjectPublicKeyInfoRef<'_>,
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), signature::Error> {
        let original = self.encodings.iter().find(|(again, _)| again == message);
        let message = original.map_or(message, |(_, original)| *original);
        verify(algorithm.oid, &issuer_spki, message, signature).map_err(|_| signature::Error::new())
    }
}

fn is_p256(algorithm: &AlgorithmIdentifierRef<'_>) -> bool {
    algorithm.oid == ID_EC_PUBLIC_KEY
        && algorithm
            .parameters
            .is_some_and(|curve| curve.decode_as() == Ok(SECP_256_R_1))
}
