//! Whoever releases: an authority of the test's own, and a certificate for signing code.

use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa,
    Issuer, KeyPair, KeyUsagePurpose, PKCS_ECDSA_P256_SHA256,
};
use sha2::{Digest as _, Sha256};
use sluice_shared::identifiers::FileDigest;
use sluice_shared::instant::UtcTime;
use sluice_shared::signature::{Certificate, P256Key, SignedAttributes, TrustAnchors};

/// Who releases.
pub(crate) const SIGNER: &str = "CN=Sluice release,O=Data Communications,C=GB";

/// A key with its certificate, and the authority above it.
pub(crate) struct Signing {
    authority: CertificateParams,
    authority_key: KeyPair,
    key: P256Key,
    certificate: Certificate,
}

impl Signing {
    /// With an authority of its own.
    pub(crate) fn new(subject: &str) -> Self {
        let mut authority = params("CN=Release root,O=Test,C=GB");
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        authority.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        Self::below(authority, key_pair(), subject)
    }

    /// Somebody to whom the same authority has issued a certificate.
    pub(crate) fn as_somebody_else(&self, subject: &str) -> Self {
        let key = KeyPair::from_pem(&self.authority_key.serialize_pem()).unwrap();
        Self::below(self.authority.clone(), key, subject)
    }

    fn below(authority: CertificateParams, authority_key: KeyPair, subject: &str) -> Self {
        let pair = key_pair();
        let mut params = params(subject);
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::CodeSigning];
        let issuer = Issuer::from_params(&authority, &authority_key);
        let certificate = params.signed_by(&pair, &issuer).unwrap();
        Self {
            key: P256Key::from_pem(&pair.serialize_pem()).unwrap(),
            certificate: Certificate::from_der(certificate.der()).unwrap(),
            authority,
            authority_key,
        }
    }

    /// What a certificate has to lead to.
    pub(crate) fn anchors(&self) -> TrustAnchors {
        let root = self.authority.self_signed(&self.authority_key).unwrap();
        TrustAnchors::parse(root.pem().as_bytes()).unwrap()
    }

    /// The list inside its signature.
    pub(crate) fn sign(&self, list: &[u8]) -> Vec<u8> {
        let digest = FileDigest::new(Sha256::digest(list).into());
        let at = UtcTime::parse("2026-11-30T12:00:00Z").unwrap();
        let attributes = SignedAttributes::new(&digest, &self.certificate, at);
        let signature = self.key.sign(&attributes.to_be_signed());
        let chain = [self.certificate.clone()];
        attributes
            .assemble_enveloping(&chain, &signature, list)
            .unwrap()
    }
}

fn key_pair() -> KeyPair {
    KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).unwrap()
}

fn params(subject: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    for part in subject.rsplit(',') {
        let (kind, value) = part.split_once('=').unwrap();
        let kind = match kind {
            "CN" => DnType::CommonName,
            "O" => DnType::OrganizationName,
            _ => DnType::CountryName,
        };
        params.distinguished_name.push(kind, value);
    }
    params
}
