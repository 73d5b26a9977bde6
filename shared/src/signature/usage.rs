//! What a certificate may be used for: key usage and extended key usage (RFC 5280, 4.2.1.3 and 4.2.1.12).
//!
//! The path library sees to it that authorities may issue; what a signer may do is for its caller to say.

use const_oid::ObjectIdentifier;
use const_oid::db::rfc5280::{ANY_EXTENDED_KEY_USAGE, ID_KP_EMAIL_PROTECTION};
use pkix_path::{cert_is_ca, names_match};
use x509_cert::ext::pkix::{ExtendedKeyUsage, KeyUsage, KeyUsages};

use super::certificate::Certificate;
use crate::finding::SignatureDefect;

/// The purposes that include signing a file: e-mail protection (what S/MIME certificates have), document signing
/// (RFC 9336), and any.
const SIGNING_PURPOSES: [ObjectIdentifier; 3] = [
    ID_KP_EMAIL_PROTECTION,
    ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.36"),
    ANY_EXTENDED_KEY_USAGE,
];

/// The signer's certificate is not marked as an authority's.
pub(crate) fn check_is_no_authority(certificate: &Certificate) -> Result<(), SignatureDefect> {
    match cert_is_ca(certificate.parsed()) {
        Ok(false) => Ok(()),
        Ok(true) => Err(SignatureDefect::AuthoritySigned),
        Err(_) => Err(SignatureDefect::CertificateUnreadable),
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
        Some(usage) if usage.digital_signature() => check_purposes(certificate),
        _ => Err(SignatureDefect::WrongUsage),
    }
}

/// An extended key usage, where there is one, has to include signing. An authority's limits those below it, too.
pub(crate) fn check_purposes(certificate: &Certificate) -> Result<(), SignatureDefect> {
    let purposes = certificate
        .parsed()
        .tbs_certificate
        .get::<ExtendedKeyUsage>()
        .map_err(|_| SignatureDefect::CertificateUnreadable)?;
    match purposes {
        Some((_, ExtendedKeyUsage(purposes)))
            if !purposes
                .iter()
                .any(|purpose| SIGNING_PURPOSES.contains(purpose)) =>
        {
            Err(SignatureDefect::WrongUsage)
        }
        _ => Ok(()),
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
        .map_err(|_| SignatureDefect::CertificateUnreadable)
}
