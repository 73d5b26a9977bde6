//! What a certificate may be used for: key usage and extended key usage (RFC 5280, 4.2.1.3 and 4.2.1.12).
//!
//! The path library sees to it that authorities may issue; what a signer may do is for its caller to say.

use const_oid::db::rfc5280::ANY_EXTENDED_KEY_USAGE;
use pkix_path::{cert_is_ca, names_match};
use x509_cert::ext::pkix::{ExtendedKeyUsage, KeyUsage, KeyUsages};

use super::certificate::Certificate;
use super::extensions::unreadable;
use super::key_purpose::{self, KeyPurpose};
use crate::finding::SignatureDefect;

/// The signer's certificate is not marked as an authority's.
pub(crate) fn check_is_no_authority(certificate: &Certificate) -> Result<(), SignatureDefect> {
    match cert_is_ca(certificate.parsed()) {
        Ok(false) => Ok(()),
        Ok(true) => Err(SignatureDefect::AuthoritySigned),
        Err(_) => Err(unreadable(certificate)),
    }
}

/// The signer's key usage has to be there and include `digitalSignature`, and its name must not be its authority's: RFC 5280
/// treats such a certificate as the authority's own, and the path library counts no policies for it.
pub(crate) fn check_signer(certificate: &Certificate) -> Result<(), SignatureDefect> {
    let tbs = &certificate.parsed().tbs_certificate;
    if names_match(&tbs.subject, &tbs.issuer) {
        return Err(SignatureDefect::AuthoritySigned);
    }
    match key_usage(certificate)? {
        Some(usage) if usage.digital_signature() => Ok(()),
        Some(_) => Err(SignatureDefect::WrongUsage),
        None => Err(SignatureDefect::NoUsage),
    }
}

/// Those of the purposes that the extended key usage of a certificate leaves: all of them where it has none, or allows any. An
/// authority's limits those below it, too, so what a whole chain may be used for is what each certificate in it leaves.
pub(crate) fn purposes_left(
    certificate: &Certificate,
    purposes: &[KeyPurpose],
) -> Result<Vec<KeyPurpose>, SignatureDefect> {
    let usage = certificate
        .parsed()
        .tbs_certificate
        .get::<ExtendedKeyUsage>()
        .map_err(|_| unreadable(certificate))?;
    let own = match usage {
        Some((_, ExtendedKeyUsage(own))) if !own.contains(&ANY_EXTENDED_KEY_USAGE) => own,
        _ => return Ok(purposes.to_vec()),
    };
    let left: Vec<_> = purposes
        .iter()
        .copied()
        .filter(|purpose| own.contains(&purpose.oid()))
        .collect();
    if left.is_empty() {
        Err(SignatureDefect::WrongPurpose {
            subject: certificate.subject().to_string(),
            purposes: key_purpose::list(own.into_iter()),
            accepted: key_purpose::list(purposes.iter().map(|purpose| purpose.oid())),
        })
    } else {
        Ok(left)
    }
}

/// An authority's key usage, where there is one, has to include `cRLSign` for its lists to count.
pub(crate) fn may_sign_lists(certificate: &Certificate) -> bool {
    matches!(key_usage(certificate), Ok(usage) if usage.is_none_or(|usage| usage.0.contains(KeyUsages::CRLSign)))
}

fn key_usage(certificate: &Certificate) -> Result<Option<KeyUsage>, SignatureDefect> {
    let usage = certificate.parsed().tbs_certificate.get::<KeyUsage>();
    usage
        .map(|found| found.map(|(_, usage)| usage))
        .map_err(|_| unreadable(certificate))
}
