//! What a certificate may be used for: key usage and extended key usage (RFC 5280, 4.2.1.3 and 4.2.1.12).
//!
//! `rustls-webpki` leaves key usage to its caller.

use webpki::{Error, ExtendedKeyUsageValidator, KeyPurposeIdIter};
use x509_cert::ext::pkix::{KeyUsage, KeyUsages};

use super::certificate::Certificate;
use crate::finding::SignatureDefect;

/// The purposes that include signing a file, as arcs: e-mail protection (what S/MIME certificates have), document signing
/// (RFC 9336), and any.
const SIGNING_PURPOSES: [&[usize]; 3] = [
    &[1, 3, 6, 1, 5, 5, 7, 3, 4],
    &[1, 3, 6, 1, 5, 5, 7, 3, 36],
    &[2, 5, 29, 37, 0],
];

/// An extended key usage, where there is one, has to include signing.
pub(crate) struct Signing;

impl ExtendedKeyUsageValidator for Signing {
    fn validate(&self, purposes: KeyPurposeIdIter<'_, '_>) -> Result<(), Error> {
        let mut none = true;
        for purpose in purposes {
            none = false;
            if SIGNING_PURPOSES.contains(&purpose?.to_decoded_oid().as_slice()) {
                return Ok(());
            }
        }
        // The library's error for "no purpose that is needed" cannot be made outside of it; this one is not used otherwise.
        if none {
            Ok(())
        } else {
            Err(Error::EmptyEkuExtension)
        }
    }
}

/// The signer's key usage has to be there and include `digitalSignature`.
pub(crate) fn check_signer(certificate: &Certificate) -> Result<(), SignatureDefect> {
    match key_usage(certificate)? {
        Some(usage) if usage.digital_signature() => Ok(()),
        _ => Err(SignatureDefect::WrongUsage),
    }
}

/// An authority's key usage, where there is one, has to include `keyCertSign`.
pub(crate) fn may_issue(certificate: &Certificate) -> bool {
    matches!(key_usage(certificate), Ok(usage) if usage.is_none_or(|usage| usage.0.contains(KeyUsages::KeyCertSign)))
}

fn key_usage(certificate: &Certificate) -> Result<Option<KeyUsage>, SignatureDefect> {
    let usage = certificate.parsed().tbs_certificate.get::<KeyUsage>();
    usage
        .map(|found| found.map(|(_, usage)| usage))
        .map_err(|_| SignatureDefect::CertificateUnreadable)
}
