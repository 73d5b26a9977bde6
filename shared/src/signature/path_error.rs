//! What the path library says, in the words of this domain.

use rustls_pki_types::UnixTime;
use webpki::Error;

use super::certificate::Certificate;
use crate::finding::SignatureDefect as Defect;
use crate::instant::UtcTime;

/// DER of the object identifiers sha1WithRSAEncryption and ecdsa-with-SHA1.
const SHA1_ALGORITHMS: [&[u8]; 2] = [
    &[
        0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x05,
    ],
    &[0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x01],
];

pub(crate) fn defect_of(error: Error, signer: &Certificate, others: &[Certificate]) -> Defect {
    match error {
        Error::CertExpired { not_after, .. } => {
            let not_after = instant(not_after);
            let subject = subject_of(signer, others, |certificate| {
                certificate.not_after() == not_after
            });
            Defect::Expired { subject, not_after }
        }
        Error::CertNotValidYet { not_before, .. } => {
            let not_before = instant(not_before);
            let subject = subject_of(signer, others, |certificate| {
                certificate.not_before() == not_before
            });
            Defect::NotYetValid {
                subject,
                not_before,
            }
        }
        Error::CertRevoked | Error::CertDistrusted => Defect::Revoked {
            subject: signer.subject().to_string(),
        },
        Error::UnknownIssuer
        | Error::MaximumSignatureChecksExceeded
        | Error::MaximumPathBuildCallsExceeded => Defect::UnknownIssuer {
            issuer: signer.issuer().to_string(),
        },
        Error::InvalidSignatureForPublicKey => Defect::ChainForged,
        Error::EmptyEkuExtension | Error::RequiredEkuNotFoundContext(_) => Defect::WrongUsage,
        Error::CaUsedAsEndEntity => Defect::AuthoritySigned,
        Error::EndEntityUsedAsCa => Defect::IssuerNotAuthority,
        Error::PathLenConstraintViolated | Error::MaximumPathDepthExceeded => Defect::PathTooLong,
        Error::NameConstraintViolation
        | Error::MaximumNameConstraintComparisonsExceeded
        | Error::MalformedNameConstraint
        | Error::InvalidNetworkMaskConstraint => Defect::NameNotAllowed,
        Error::UnsupportedCriticalExtension => Defect::CriticalExtension,
        Error::UnknownRevocationStatus => Defect::RevocationUnknown,
        Error::CrlExpired { next_update, .. } => Defect::RevocationStale {
            next_update: instant(next_update),
        },
        Error::InvalidCrlSignatureForPublicKey
        | Error::IssuerNotCrlSigner
        | Error::UnsupportedCrlSignatureAlgorithmContext(_)
        | Error::UnsupportedCrlSignatureAlgorithmForPublicKeyContext(_)
        | Error::UnsupportedCrlIssuingDistributionPoint
        | Error::UnsupportedIndirectCrl
        | Error::UnsupportedDeltaCrl
        | Error::UnsupportedRevocationReason
        | Error::UnsupportedRevocationReasonsPartitioning => Defect::RevocationUnusable,
        Error::UnsupportedSignatureAlgorithmContext(context) => {
            algorithm(&context.signature_algorithm_id)
        }
        Error::UnsupportedSignatureAlgorithmForPublicKeyContext(context) => {
            algorithm(&context.signature_algorithm_id)
        }
        // What is left says that a certificate is not as RFC 5280 has it. The enum can grow: a new error refuses too.
        _ => Defect::CertificateUnreadable,
    }
}

fn algorithm(identifier: &[u8]) -> Defect {
    if SHA1_ALGORITHMS
        .iter()
        .any(|sha1| identifier.starts_with(sha1))
    {
        Defect::Sha1
    } else {
        Defect::Algorithm {
            name: "a certificate signed with another algorithm or curve".to_owned(),
        }
    }
}

fn subject_of(
    signer: &Certificate,
    others: &[Certificate],
    at_fault: impl Fn(&Certificate) -> bool,
) -> String {
    let found = core::iter::once(signer)
        .chain(others)
        .find(|certificate| at_fault(certificate));
    found.unwrap_or(signer).subject().to_string()
}

fn instant(time: UnixTime) -> UtcTime {
    UtcTime::from_unix_millis(
        i64::try_from(time.as_secs())
            .unwrap_or(i64::MAX / 1000)
            .saturating_mul(1000),
    )
}
