//! What the path library says, in the words of this domain.

use const_oid::ObjectIdentifier;
use pkix_path::Error;

use super::certificate::Certificate;
use super::{extensions, path_signatures};
use crate::finding::SignatureDefect as Defect;

/// `chain`: from the signer's certificate to the one that the anchor issued, as it was given to the library.
pub(crate) fn defect_of(error: &Error, chain: &[&Certificate], at_unix_seconds: u64) -> Defect {
    let subject = |index: usize| chain[index].subject().to_string();
    let unreadable = |index: usize| Defect::CertificateUnreadable {
        subject: Some(subject(index)),
    };
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
        Error::PathTooLong => match chain[1..].iter().find(|issuer| !is_authority(issuer)) {
            Some(issuer) => Defect::IssuerNotAuthority {
                subject: issuer.subject().to_string(),
            },
            None => Defect::PathTooLong,
        },
        Error::NotCA { index } | Error::KeyUsageMissing { index } => Defect::IssuerNotAuthority {
            subject: subject(*index),
        },
        Error::UnhandledCriticalExtension { index } => {
            match extensions::unknown_critical(chain[*index]) {
                Some(oid) => Defect::CriticalExtension {
                    oid: extension_text(oid),
                    subject: subject(*index),
                },
                None => unreadable(*index),
            }
        }
        Error::NameConstraintViolation { index } => Defect::NameNotAllowed {
            subject: subject(*index),
        },
        Error::PolicyViolation { .. } => Defect::PolicyMissing,
        // What is left says that a certificate is not as RFC 5280 has it. The enum can grow: a new error refuses too.
        _ => Defect::CertificateUnreadable { subject: None },
    }
}

fn is_authority(certificate: &Certificate) -> bool {
    pkix_path::cert_is_ca(certificate.parsed()).unwrap_or(false)
}

/// Why the signature on the certificate at this place does not hold. An anchor's key is one that is accepted, or it would be none.
fn not_signed(chain: &[&Certificate], index: usize) -> Defect {
    let oid = chain[index].parsed().signature_algorithm.oid;
    let subject = chain[index].subject().to_string();
    let refused_key = chain
        .get(index + 1)
        .filter(|issuer| !issuer.key().is_accepted());
    let algorithm = algorithm_name(oid);
    if path_signatures::is_sha1(oid) {
        Defect::CertificateSha1 { subject }
    } else if !path_signatures::is_accepted(oid) {
        Defect::CertificateAlgorithm { subject, algorithm }
    } else if let Some(issuer) = refused_key {
        let algorithm = format!("{algorithm} and a key of {}", issuer.key_text());
        Defect::CertificateAlgorithm { subject, algorithm }
    } else {
        Defect::ChainForged {
            subject,
            issuer: chain[index].issuer().to_string(),
        }
    }
}

/// As RFCs call it, or its object identifier.
pub(crate) fn algorithm_name(oid: ObjectIdentifier) -> String {
    const_oid::db::DB
        .by_oid(&oid)
        .map_or_else(|| oid.to_string(), str::to_owned)
}

/// An object identifier, with the extension's name where it has one.
fn extension_text(oid: ObjectIdentifier) -> String {
    let name = const_oid::db::DB.by_oid(&oid).map(|name| {
        name.trim_start_matches("id-ce-")
            .trim_start_matches("id-pe-")
    });
    name.map_or_else(|| oid.to_string(), |name| format!("{oid} ({name})"))
}
