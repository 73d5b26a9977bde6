//! Verifying a signature of a file.

use const_oid::ObjectIdentifier;
use const_oid::db::rfc5912::{
    ECDSA_WITH_SHA_256, ID_SHA_1, ID_SHA_256, RSA_ENCRYPTION, SHA_256_WITH_RSA_ENCRYPTION,
};
use rustls_pki_types::SignatureVerificationAlgorithm as _;

use super::algorithms::{EcdsaP256Sha256, Hash, RsaPkcs1};
use super::attributes::ReadAttributes;
use super::certificate::{Certificate, CertificateSummary, KeyAlgorithm};
use super::certificate_path::{CertificatePath, path_of_signer};
use super::digests::Digests;
use super::name::DistinguishedName;
use super::parse::{Signature, algorithm_text, sha256};
use super::path_signatures;
use super::revocation;
use super::trust::{TrustAnchors, VerificationContext};
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
    let (verified, path) = verify_but_revocation(context.anchors, context.at, signature, digests)?;
    revocation::check(context, &path, signature.certificates())?;
    Ok(verified)
}

/// All but revocation: what a receipt that the page looks at is held to.
pub(crate) fn verify_but_revocation(
    anchors: &TrustAnchors,
    at: UtcTime,
    signature: &Signature,
    digests: &Digests,
) -> Result<(VerifiedSignature, CertificatePath), SignatureDefect> {
    check_digest_algorithm(signature.signer().digest_alg.oid)?;
    let attributes = signature.attributes()?;
    let certificate = signature.signer_certificate()?;
    check_content(&attributes, digests)?;
    check_signature_value(signature, certificate)?;
    if !attributes.allows(certificate) {
        return Err(SignatureDefect::CertificateOther);
    }
    let path = path_of_signer(anchors, at, certificate, signature.certificates())?;
    if !certificate.is_in_date(attributes.signing_time) {
        return Err(SignatureDefect::SignedOutsideValidity {
            signing_time: attributes.signing_time,
            not_before: certificate.not_before(),
            not_after: certificate.not_after(),
        });
    }
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
            key: key.to_string(),
        });
    }
    let message = signature.signed_bytes()?;
    let value = signer.signature.as_bytes();
    let public_key = certificate.spki().subject_public_key.raw_bytes();
    let verified = match (key, signer.signature_algorithm.oid) {
        (KeyAlgorithm::P256, ECDSA_WITH_SHA_256) => {
            EcdsaP256Sha256.verify_signature(public_key, &message, value)
        }
        (KeyAlgorithm::Rsa { .. }, RSA_ENCRYPTION | SHA_256_WITH_RSA_ENCRYPTION) => {
            RsaPkcs1(Hash::Sha256).verify_signature(public_key, &message, value)
        }
        (_, other) if path_signatures::is_sha1(other) => return Err(SignatureDefect::Sha1),
        (_, other) => return Err(unknown_algorithm(other)),
    };
    verified.map_err(|_| SignatureDefect::Forged)
}

fn unknown_algorithm(oid: ObjectIdentifier) -> SignatureDefect {
    let name = const_oid::db::DB
        .by_oid(&oid)
        .map_or_else(|| oid.to_string(), str::to_owned);
    SignatureDefect::Algorithm { name }
}
