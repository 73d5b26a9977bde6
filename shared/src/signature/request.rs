//! PKCS #10 certification requests (RFC 2986), made in two steps so that the key can stay where it is.

use const_oid::db::rfc5912::ECDSA_WITH_SHA_256;
use der::asn1::{BitString, OctetString, SetOfVec};
use der::{Decode as _, Encode as _};
use rustls_pki_types::SignatureVerificationAlgorithm as _;
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};
use x509_cert::attr::Attribute;
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::{KeyUsage, KeyUsages};
use x509_cert::request::{CertReq, CertReqInfo, ExtensionReq, Version};

use super::algorithms::{EcdsaP256Sha256, ecdsa_signature_der};
use super::certificate::KeyAlgorithm;
use super::name::{DistinguishedName, to_name};
use super::pem;

const PEM_LABEL: &str = "CERTIFICATE REQUEST";

/// Why a request cannot be made or is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// The subject cannot be encoded.
    #[error("the subject is not a distinguished name")]
    Subject,
    /// The key is not a P-256 public key.
    #[error("the public key is not an ECDSA P-256 key")]
    Key,
    /// Neither DER nor PEM of a PKCS #10 request.
    #[error("this is not a PKCS #10 certification request")]
    NotARequest,
    /// The signature was not made with the key in the request.
    #[error("the request was not signed with the key in it")]
    Signature,
}

/// A request that waits for its signature.
#[derive(Clone, Debug)]
pub struct UnsignedRequest(CertReqInfo);

/// A signed request; its signature was checked, so whoever made it holds the private key.
#[derive(Clone, Debug)]
pub struct CertificationRequest {
    der: Vec<u8>,
    info: CertReqInfo,
}

impl UnsignedRequest {
    /// For this subject and public key (`SubjectPublicKeyInfo` in DER, P-256). Asks for the key usage `digitalSignature`.
    pub fn new(subject: &DistinguishedName, spki_der: &[u8]) -> Result<Self, RequestError> {
        let public_key =
            SubjectPublicKeyInfoOwned::from_der(spki_der).map_err(|_| RequestError::Key)?;
        if KeyAlgorithm::of_key(&public_key) != KeyAlgorithm::P256 {
            return Err(RequestError::Key);
        }
        let subject = to_name(subject.as_str()).map_err(|_| RequestError::Subject)?;
        let attributes = wanted_extensions().map_err(|_| RequestError::Subject)?;
        Ok(Self(CertReqInfo {
            version: Version::V1,
            subject,
            public_key,
            attributes,
        }))
    }

    /// The exact bytes to sign with ECDSA P-256 and SHA-256.
    pub fn to_be_signed(&self) -> Vec<u8> {
        self.0.to_der().unwrap_or_default()
    }

    /// The request with its signature, raw `r‖s` or DER.
    pub fn assemble(self, signature: &[u8]) -> Result<CertificationRequest, RequestError> {
        let signature = ecdsa_signature_der(signature).ok_or(RequestError::Signature)?;
        let request = CertReq {
            info: self.0,
            algorithm: AlgorithmIdentifierOwned {
                oid: ECDSA_WITH_SHA_256,
                parameters: None,
            },
            signature: BitString::from_bytes(&signature).map_err(|_| RequestError::Signature)?,
        };
        let der = request.to_der().map_err(|_| RequestError::NotARequest)?;
        CertificationRequest::checked(der, request)
    }
}

impl CertificationRequest {
    /// Reads DER or PEM, and checks the signature.
    pub fn parse(bytes: &[u8]) -> Result<Self, RequestError> {
        let der = if pem::looks_like_pem(bytes) {
            let blocks = pem::blocks(bytes, &[PEM_LABEL, "NEW CERTIFICATE REQUEST"]);
            blocks
                .and_then(|blocks| blocks.into_iter().next())
                .ok_or(RequestError::NotARequest)?
        } else {
            bytes.to_vec()
        };
        let request = CertReq::from_der(&der).map_err(|_| RequestError::NotARequest)?;
        Self::checked(der, request)
    }

    /// The request in DER.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The request in PEM.
    pub fn to_pem(&self) -> String {
        pem::block(PEM_LABEL, &self.der)
    }

    /// Whom it asks a certificate for.
    pub fn subject(&self) -> DistinguishedName {
        DistinguishedName::from_name(&self.info.subject)
    }

    /// The public key, `SubjectPublicKeyInfo` in DER.
    pub fn spki_der(&self) -> Vec<u8> {
        self.info.public_key.to_der().unwrap_or_default()
    }

    fn checked(der: Vec<u8>, request: CertReq) -> Result<Self, RequestError> {
        let key = &request.info.public_key;
        if KeyAlgorithm::of_key(key) != KeyAlgorithm::P256
            || request.algorithm.oid != ECDSA_WITH_SHA_256
        {
            return Err(RequestError::Key);
        }
        let signed = request
            .info
            .to_der()
            .map_err(|_| RequestError::NotARequest)?;
        EcdsaP256Sha256
            .verify_signature(
                key.subject_public_key.raw_bytes(),
                &signed,
                request.signature.raw_bytes(),
            )
            .map_err(|_| RequestError::Signature)?;
        Ok(Self {
            der,
            info: request.info,
        })
    }
}

fn wanted_extensions() -> der::Result<SetOfVec<Attribute>> {
    let usage = KeyUsage(KeyUsages::DigitalSignature.into());
    let extension = Extension {
        extn_id: const_oid::db::rfc5912::ID_CE_KEY_USAGE,
        critical: true,
        extn_value: OctetString::new(usage.to_der()?)?,
    };
    SetOfVec::try_from(vec![Attribute::try_from(ExtensionReq(vec![extension]))?])
}
