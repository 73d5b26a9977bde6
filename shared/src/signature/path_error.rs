//! What the path library says, in the words of this domain.

use pkix_path::Error;

use super::certificate::{Certificate, KeyAlgorithm};
use super::{extensions, path_signatures};
use crate::finding::SignatureDefect as Defect;

/// `chain`: from the signer's certificate to the one that the anchor issued, as it was given to the library.
pub(crate) fn defect_of(error: &Error, chain: &[&Certificate], at_unix_seconds: u64) -> Defect {
    let subject = |index: usize| chain[index].subject().to_string();
    match error {
        Error::SignatureInvalid { index } => not_signed(chain, *index),
        Error::ValidityPeriod { index } => {
            let certificate = chain[*index];
            let not_before = certificate.not_before();
            if u64::try_from(not_before.unix_seconds()).is_ok_and(|first| at_unix_seconds < first) {
                Defect::NotYetValid {
                    subject: subject(*index),
                    not_before,
                }
            } else {
                Defect::Expired {
                    subject: subject(*index),
                    not_after: certificate.not_after(),
                }
            }
        }
        Error::NoTrustedPath | Error::ChainBroken { .. } => Defect::UnknownIssuer {
            issuer: chain[0].issuer().to_string(),
        },
        // Whoever is no authority lengthens the path, too, and that they issued a certificate is the greater fault.
        Error::PathTooLong if !chain[1..].iter().all(|issuer| is_authority(issuer)) => {
            Defect::IssuerNotAuthority
        }
        Error::PathTooLong => Defect::PathTooLong,
        Error::NotCA { .. } | Error::KeyUsageMissing { .. } => Defect::IssuerNotAuthority,
        Error::UnhandledCriticalExtension { index } => {
            match extensions::unknown_critical(chain[*index]) {
                Some(oid) => Defect::CriticalExtension {
                    oid: oid.to_string(),
                    subject: subject(*index),
                },
                None => Defect::CertificateUnreadable,
            }
        }
        Error::NameConstraintViolation { .. } => Defect::NameNotAllowed,
        Error::PolicyViolation { .. } => Defect::PolicyMissing,
        // What is left says that a certificate is not as RFC 5280 has it. The enum can grow: a new error refuses too.
        _ => Defect::CertificateUnreadable,
    }
}

fn is_authority(certificate: &Certificate) -> bool {
    pkix_path::cert_is_ca(certificate.parsed()).unwrap_or(false)
}

/// Why the signature on the certificate at this place does not hold.
fn not_signed(chain: &[&Certificate], index: usize) -> Defect {
    let algorithm = chain[index].parsed().signature_algorithm.oid;
    let issuer_key = chain.get(index + 1).map(|issuer| issuer.key());
    if path_signatures::is_sha1(algorithm) {
        Defect::Sha1
    } else if !path_signatures::is_accepted(algorithm)
        || issuer_key.is_some_and(|key: KeyAlgorithm| !key.is_accepted())
    {
        Defect::Algorithm {
            name: "a certificate signed with another algorithm or curve".to_owned(),
        }
    } else {
        Defect::ChainForged
    }
}
