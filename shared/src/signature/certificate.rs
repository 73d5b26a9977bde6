//! X.509 certificates (RFC 5280) as people and the other rooms see them.

use const_oid::ObjectIdentifier;
use const_oid::db::rfc5912::{ID_EC_PUBLIC_KEY, RSA_ENCRYPTION, SECP_256_R_1};
use der::{Decode as _, Encode as _};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use spki::SubjectPublicKeyInfoOwned;
use x509_cert::Certificate as Parsed;

use super::algorithms::{RSA_LONGEST, RSA_SHORTEST};
use super::certificate_file::{self, MOST_IN_A_FILE};
use super::name::DistinguishedName;
use super::pem;
use crate::identifiers::FileDigest;
use crate::instant::UtcTime;

const PEM_LABEL: &str = "CERTIFICATE";

/// A certificate, with the exact bytes that its issuer signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    der: Vec<u8>,
    parsed: Parsed,
}

/// The text or bytes are not a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    /// Neither DER nor PEM of an X.509 certificate.
    #[error(
        "this is not an X.509 certificate: give the .pem, .crt, .cer or .p7b file as your certificate authority sent it"
    )]
    NotACertificate,
    /// Something else, such as `a request for a certificate`.
    #[error(
        "this is {0}, not a certificate: give the .pem, .crt, .cer or .p7b file as your certificate authority sent it"
    )]
    Other(&'static str),
    /// PEM without a `CERTIFICATE` block.
    #[error(
        "there is no certificate in this file: it must hold a block that begins with -----BEGIN CERTIFICATE-----"
    )]
    Empty,
    /// More certificates than any chain has.
    #[error(
        "there are more than {MOST_IN_A_FILE} certificates in this file: give only your own and its authorities'"
    )]
    TooMany,
}

/// The public key of a certificate, as far as signatures here go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum KeyAlgorithm {
    /// ECDSA on the curve P-256.
    P256,
    /// An elliptic curve other than P-256.
    OtherCurve,
    /// RSA.
    Rsa {
        /// Length of the modulus.
        bits: u32,
    },
    /// Anything else: Ed25519, DSA.
    Other,
}

/// What a person needs to know about a certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CertificateSummary {
    /// Whom it names, RFC 4514.
    pub subject: DistinguishedName,
    /// Who issued it, RFC 4514.
    pub issuer: DistinguishedName,
    /// The serial number in lower-case hex.
    pub serial: String,
    /// Good from this second on.
    pub not_before: UtcTime,
    /// Good up to and including this second.
    pub not_after: UtcTime,
    /// The key.
    pub key: KeyAlgorithm,
    /// SHA-256 of the whole certificate, lower-case hex: its fingerprint.
    pub sha256: FileDigest,
}

impl Certificate {
    /// Reads one certificate (of several, the first), in any form that [`parse_chain`](Self::parse_chain) reads.
    pub fn parse(bytes: &[u8]) -> Result<Self, CertificateError> {
        Self::parse_chain(bytes)?
            .into_iter()
            .next()
            .ok_or(CertificateError::Empty)
    }

    /// Reads all certificates of a file as authorities send it: DER, PEM, base64 alone, or a PKCS #7 bundle (`.p7b`) in any of these.
    /// Never empty.
    pub fn parse_chain(bytes: &[u8]) -> Result<Vec<Self>, CertificateError> {
        certificate_file::certificates(bytes)
    }

    /// Reads DER.
    pub fn from_der(der: &[u8]) -> Result<Self, CertificateError> {
        let parsed = Parsed::from_der(der).map_err(|_| CertificateError::NotACertificate)?;
        Ok(Self {
            der: der.to_vec(),
            parsed,
        })
    }

    /// The exact bytes.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// PEM text of the exact bytes.
    pub fn to_pem(&self) -> String {
        pem::block(PEM_LABEL, &self.der)
    }

    /// Whom it names.
    pub fn subject(&self) -> DistinguishedName {
        DistinguishedName::from_name(&self.parsed.tbs_certificate.subject)
    }

    /// Who issued it.
    pub fn issuer(&self) -> DistinguishedName {
        DistinguishedName::from_name(&self.parsed.tbs_certificate.issuer)
    }

    /// Good from this second on.
    pub fn not_before(&self) -> UtcTime {
        utc(self.parsed.tbs_certificate.validity.not_before)
    }

    /// Good up to and including this second.
    pub fn not_after(&self) -> UtcTime {
        utc(self.parsed.tbs_certificate.validity.not_after)
    }

    /// Whether the instant lies in its validity.
    pub fn is_in_date(&self, now: UtcTime) -> bool {
        (self.not_before().unix_seconds()..=self.not_after().unix_seconds())
            .contains(&now.unix_seconds())
    }

    /// SHA-256 of the whole certificate.
    pub fn sha256(&self) -> FileDigest {
        FileDigest::new(Sha256::digest(&self.der).into())
    }

    /// Its key.
    pub fn key(&self) -> KeyAlgorithm {
        KeyAlgorithm::of_key(self.spki())
    }

    /// What its key is, with the name of a curve that is not accepted.
    pub(crate) fn key_text(&self) -> String {
        let curve = curve(self.spki()).and_then(|curve| const_oid::db::DB.by_oid(&curve));
        match (self.key(), curve) {
            (KeyAlgorithm::OtherCurve, Some(curve)) => format!("ECDSA on the curve {curve}"),
            (key, _) => key.to_string(),
        }
    }

    /// DER of the `SubjectPublicKeyInfo`, the form in which `WebCrypto` exports a public key (`spki`).
    pub fn spki_der(&self) -> Vec<u8> {
        self.spki().to_der().unwrap_or_default()
    }

    /// SHA-256 of its public key (`SubjectPublicKeyInfo`, DER): what names a key, whatever certificates there are for it.
    pub fn key_sha256(&self) -> FileDigest {
        FileDigest::new(Sha256::digest(self.spki_der()).into())
    }

    /// Whether its key stands in it in the one usual form (RFC 5480, 2; RFC 3279, 2.3.1): P-256 by the name of the curve and an uncompressed point, or RSA
    /// with parameters that are NULL. Any other form of the same key has another [`key_sha256`](Self::key_sha256).
    pub fn has_usual_key_form(&self) -> bool {
        let spki = self.spki();
        let parameters = spki.algorithm.parameters.as_ref();
        match self.key() {
            KeyAlgorithm::P256 => {
                let point = spki.subject_public_key.raw_bytes();
                let named = parameters.and_then(|any| any.decode_as::<ObjectIdentifier>().ok());
                named == Some(SECP_256_R_1) && point.len() == 65 && point.first() == Some(&4)
            }
            KeyAlgorithm::Rsa { .. } => parameters.is_some_and(der::Any::is_null),
            KeyAlgorithm::OtherCurve | KeyAlgorithm::Other => false,
        }
    }

    /// Whether it was issued for this public key (`SubjectPublicKeyInfo` in DER).
    pub fn is_for_key(&self, spki_der: &[u8]) -> bool {
        !spki_der.is_empty() && self.spki_der() == spki_der
    }

    /// What a person needs to know.
    pub fn summary(&self) -> CertificateSummary {
        CertificateSummary {
            subject: self.subject(),
            issuer: self.issuer(),
            serial: hex::encode(self.parsed.tbs_certificate.serial_number.as_bytes()),
            not_before: self.not_before(),
            not_after: self.not_after(),
            key: self.key(),
            sha256: self.sha256(),
        }
    }

    pub(crate) fn parsed(&self) -> &Parsed {
        &self.parsed
    }

    pub(crate) fn spki(&self) -> &SubjectPublicKeyInfoOwned {
        &self.parsed.tbs_certificate.subject_public_key_info
    }
}

impl KeyAlgorithm {
    /// Whether signatures of such a key are accepted.
    pub fn is_accepted(self) -> bool {
        match self {
            Self::P256 => true,
            Self::Rsa { bits } => (RSA_SHORTEST..=RSA_LONGEST).contains(&(bits as usize)),
            Self::OtherCurve | Self::Other => false,
        }
    }

    pub(crate) fn of_key(spki: &SubjectPublicKeyInfoOwned) -> Self {
        match spki.algorithm.oid {
            ID_EC_PUBLIC_KEY if curve(spki) == Some(SECP_256_R_1) => Self::P256,
            ID_EC_PUBLIC_KEY => Self::OtherCurve,
            RSA_ENCRYPTION => Self::Rsa {
                bits: rsa_bits(spki.subject_public_key.raw_bytes()),
            },
            _ => Self::Other,
        }
    }
}

impl core::fmt::Display for KeyAlgorithm {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::P256 => f.write_str("ECDSA P-256"),
            Self::OtherCurve => f.write_str("an elliptic curve other than P-256"),
            Self::Rsa { bits } => write!(f, "RSA {bits}"),
            Self::Other => f.write_str("an algorithm that is neither RSA nor ECDSA"),
        }
    }
}

fn curve(spki: &SubjectPublicKeyInfoOwned) -> Option<ObjectIdentifier> {
    spki.algorithm.parameters.as_ref()?.decode_as().ok()
}

/// Length of the modulus; 0 when the key cannot be read, which no rule accepts.
fn rsa_bits(pkcs1: &[u8]) -> u32 {
    let modulus = rsa::pkcs1::RsaPublicKey::from_der(pkcs1)
        .map(|key| rsa::BigUint::from_bytes_be(key.modulus.as_bytes()));
    modulus
        .ok()
        .and_then(|n| u32::try_from(n.bits()).ok())
        .unwrap_or(0)
}

pub(crate) fn utc(time: x509_cert::time::Time) -> UtcTime {
    let seconds = time.to_unix_duration().as_secs();
    UtcTime::from_unix_millis(
        i64::try_from(seconds)
            .unwrap_or(i64::MAX / 1000)
            .saturating_mul(1000),
    )
}
