//! Verifying a signature of a file.

use const_oid::ObjectIdentifier;
use const_oid::db::rfc5912::{
    ECDSA_WITH_SHA_256, ID_EC_PUBLIC_KEY, ID_SHA_1, ID_SHA_256, RSA_ENCRYPTION, SECP_256_R_1,
    SHA_256_WITH_RSA_ENCRYPTION,
};
use rustls_pki_types::SignatureVerificationAlgorithm as _;
use spki::AlgorithmIdentifierOwned;

use super::algorithms::{EcdsaP256Sha256, Hash, RsaPkcs1, ecdsa_signature_der};
use super::attributes::ReadAttributes;
use super::certificate::{Certificate, CertificateSummary, KeyAlgorithm};
use super::certificate_path::{CertificatePath, PathRules, path_of_signer};
use super::digests::Digests;
use super::name::DistinguishedName;
use super::parse::{Signature, algorithm_text, sha256};
use super::path_error::algorithm_name;
use super::path_signatures;
use super::revocation;
use super::signer::is_same_subject;
use super::trust::VerificationContext;
use super::trust_fault::SignatureFault;
use crate::finding::SignatureDefect;
use crate::identifiers::FileDigest;
use crate::instant::UtcTime;

/// A signature that holds: of this file, by this certificate, which leads to a trusted authority.
///
/// Whether the person may sign for the organisation, and whether the signing time is near, is for others to say.
#[derive(Clone, Debug)]
pub struct VerifiedSignature {
    /// The signer's certificate.
    pub certificate: Certificate,
    /// Whom it names: the signer.
    pub subject: DistinguishedName,
    /// When the signer says that it was signed; under the signature, yet the signer's own word.
    pub signing_time: UtcTime,
    /// From the signer's certificate to the anchor's.
    pub chain: Vec<CertificateSummary>,
    /// Such as `ECDSA P-256 with SHA-256`.
    pub algorithm: String,
    /// SHA-256 of the signed attributes: what names a signature, since the signature value can be written in two ways.
    pub attributes_sha256: FileDigest,
}

/// Verifies a signature against the digests of the file that it should be of: format, algorithm, digest, signature value,
/// path, key usage, signing time, revocation, in this order, so that the first defect is the one to mend first, and a
/// fault of the service's own is raised only for a signature that nothing else is wrong with.
///
/// For a `.p7m`, `digests` are those of [`Signature::content`].
pub fn verify(
    context: &VerificationContext<'_>,
    signature: &Signature,
    digests: &Digests,
) -> Result<VerifiedSignature, SignatureFault> {
    let (verified, path) = verify_but_revocation(context.path_rules(), signature, digests)?;
    revocation::check(context, &path, signature.certificates())?;
    Ok(verified)
}

/// All but revocation: what a receipt that the page looks at is held to.
pub(crate) fn verify_but_revocation(
    rules: PathRules<'_>,
    signature: &Signature,
    digests: &Digests,
) -> Result<(VerifiedSignature, CertificatePath), SignatureDefect> {
    check_digest_algorithm(signature.signer().digest_alg.oid)?;
    let attributes = signature.attributes()?;
    let fitting = signature.fitting_certificates()?;
    check_content(&attributes, digests)?;
    let holding = those_whose_key_signed(signature, fitting)?;
    let (certificate, path) = the_signers(rules, signature, &attributes, &holding)?;
    let verified = VerifiedSignature {
        certificate: certificate.clone(),
        subject: certificate.subject(),
        signing_time: attributes.signing_time,
        chain: path
            .certificates()
            .iter()
            .map(Certificate::summary)
            .collect(),
        algorithm: algorithm_text(certificate.key()),
        attributes_sha256: sha256(&signature.signed_bytes()?),
    };
    Ok((verified, path))
}

/// Of the certificates that fit, those whose key made the signature value. Never none.
fn those_whose_key_signed<'a>(
    signature: &Signature,
    fitting: Vec<&'a Certificate>,
) -> Result<Vec<&'a Certificate>, SignatureDefect> {
    let mut first_defect = None;
    let mut holding = Vec::new();
    for certificate in fitting {
        match check_signature_value(signature, certificate) {
            Ok(()) => holding.push(certificate),
            Err(defect) => {
                first_defect.get_or_insert(defect);
            }
        }
    }
    match first_defect {
        Some(defect) if holding.is_empty() => Err(defect),
        _ => Ok(holding),
    }
}

/// The one that signing-certificate-v2 names. Without it, the likeliest one that was good when the file was signed; those that
/// are as good must name the same person, since nothing that was signed tells them apart.
fn the_signers<'a>(
    rules: PathRules<'_>,
    signature: &Signature,
    attributes: &ReadAttributes,
    holding: &[&'a Certificate],
) -> Result<(&'a Certificate, CertificatePath), SignatureDefect> {
    let allowed: Vec<_> = holding
        .iter()
        .copied()
        .filter(|certificate| attributes.allows(certificate))
        .collect();
    if allowed.is_empty() {
        return Err(SignatureDefect::CertificateOther);
    }
    let mut first_defect = None;
    let mut good = Vec::new();
    for certificate in allowed {
        match path_when_signed(rules, signature, attributes, certificate) {
            Ok(path) => good.push((certificate, path)),
            Err(defect) => {
                first_defect.get_or_insert(defect);
            }
        }
    }
    let differ = |(other, _): &(&Certificate, _)| !is_same_subject(other, good[0].0);
    if !good.is_empty() && good.iter().any(differ) {
        return Err(SignatureDefect::SignerUncertain);
    }
    match (good.into_iter().next(), first_defect) {
        (Some(good), _) => Ok(good),
        (None, defect) => Err(defect.unwrap_or(SignatureDefect::CertificateMissing)),
    }
}

fn path_when_signed(
    rules: PathRules<'_>,
    signature: &Signature,
    attributes: &ReadAttributes,
    certificate: &Certificate,
) -> Result<CertificatePath, SignatureDefect> {
    let path = path_of_signer(rules, certificate, signature.certificates())?;
    if certificate.is_in_date(attributes.signing_time) {
        Ok(path)
    } else {
        Err(SignatureDefect::SignedOutsideValidity {
            signing_time: attributes.signing_time,
            not_before: certificate.not_before(),
            not_after: certificate.not_after(),
        })
    }
}

fn check_digest_algorithm(oid: ObjectIdentifier) -> Result<(), SignatureDefect> {
    match oid {
        ID_SHA_256 => Ok(()),
        ID_SHA_1 => Err(SignatureDefect::Sha1),
        other => Err(unknown_algorithm(other)),
    }
}

fn check_content(attributes: &ReadAttributes, digests: &Digests) -> Result<(), SignatureDefect> {
    let signed = attributes.message_digest;
    if signed == digests.exact {
        Ok(())
    } else if signed == digests.text_mode {
        Err(SignatureDefect::TextMode)
    } else {
        Err(SignatureDefect::OtherContent {
            signed,
            file: digests.exact,
        })
    }
}

fn check_signature_value(
    signature: &Signature,
    certificate: &Certificate,
) -> Result<(), SignatureDefect> {
    let signer = signature.signer();
    let key = certificate.key();
    if !key.is_accepted() {
        return Err(SignatureDefect::Key {
            key: certificate.key_text(),
        });
    }
    let algorithm = &signature.signer().signature_algorithm;
    match (key, algorithm.oid) {
        (KeyAlgorithm::P256, ECDSA_WITH_SHA_256)
        | (KeyAlgorithm::Rsa { .. }, RSA_ENCRYPTION | SHA_256_WITH_RSA_ENCRYPTION) => {}
        // The name of the key's kind instead of the signature's, as Windows writes it; the hash is that of the digest.
        (KeyAlgorithm::P256, ID_EC_PUBLIC_KEY) if is_p256_or_nothing(algorithm) => {}
        (_, other) if path_signatures::is_sha1(other) => return Err(SignatureDefect::Sha1),
        (_, other) => return Err(unknown_algorithm(other)),
    }
    let value = signer.signature.as_bytes();
    let public_key = certificate.spki().subject_public_key.raw_bytes();
    let verifies = |message: &[u8], value: &[u8]| {
        match key {
            KeyAlgorithm::P256 => EcdsaP256Sha256.verify_signature(public_key, message, value),
            _ => RsaPkcs1(Hash::Sha256).verify_signature(public_key, message, value),
        }
        .is_ok()
    };
    let message = signature.signed_bytes()?;
    if verifies(&message, value) {
        return Ok(());
    }
    // What follows only finds the reason: nothing of it is accepted.
    let from_raw = match key {
        KeyAlgorithm::P256 if value.len() == 64 => ecdsa_signature_der(value),
        _ => None,
    };
    if from_raw.is_some_and(|value| verifies(&message, &value)) {
        return Err(SignatureDefect::RawValue);
    }
    match signature.attributes_as_sent() {
        Some(as_sent) if verifies(as_sent, value) => Err(SignatureDefect::AttributeOrder),
        _ => Err(SignatureDefect::Forged),
    }
}

/// Parameters of `id-ecPublicKey`: none, or the curve.
fn is_p256_or_nothing(algorithm: &AlgorithmIdentifierOwned) -> bool {
    algorithm
        .parameters
        .as_ref()
        .is_none_or(|curve| curve.is_null() || curve.decode_as() == Ok(SECP_256_R_1))
}

fn unknown_algorithm(oid: ObjectIdentifier) -> SignatureDefect {
    SignatureDefect::Algorithm {
        name: algorithm_name(oid),
    }
}
