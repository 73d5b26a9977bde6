//! From the signer's certificate to a trust anchor (RFC 5280, 6): signatures, dates, authorities, path lengths, names,
//! critical extensions and revocation by `rustls-webpki`; key usage beside it.

use core::time::Duration;

use rustls_pki_types::{CertificateDer, UnixTime};
use webpki::{
    EndEntityCert, Error, ExpirationPolicy, RevocationCheckDepth, RevocationOptionsBuilder,
    UnknownStatusPolicy, VerifiedPath,
};

use super::algorithms::IN_PATHS;
use super::certificate::Certificate;
use super::path_error::defect_of;
use super::trust::{Crls, TrustAnchors};
use super::usage::{self, Signing};
use crate::finding::SignatureDefect;
use crate::instant::UtcTime;

/// The certificates of the verified path from the signer's to the last before the anchor, then the anchor's.
///
/// `crls` is `None` only where revocation cannot matter: a receipt that the page looks at.
pub(crate) fn verify_path(
    anchors: &TrustAnchors,
    crls: Option<&Crls>,
    now: UtcTime,
    signer: &Certificate,
    others: &[Certificate],
) -> Result<Vec<Certificate>, SignatureDefect> {
    let signer_der = CertificateDer::from(signer.der());
    let intermediates: Vec<_> = others
        .iter()
        .map(|certificate| CertificateDer::from(certificate.der()))
        .collect();
    let defect = |error: Error| defect_of(error, signer, others);

    let end_entity = EndEntityCert::try_from(&signer_der).map_err(defect)?;
    let lists = crls.map(Crls::lists).unwrap_or_default();
    let revocation = match crls {
        Some(_) => Some(
            RevocationOptionsBuilder::new(&lists)
                .map_err(|_| SignatureDefect::RevocationUnknown)?
                .with_depth(RevocationCheckDepth::Chain)
                .with_status_policy(UnknownStatusPolicy::Deny)
                .with_expiration_policy(ExpirationPolicy::Enforce)
                .build(),
        ),
        None => None,
    };
    let seconds = u64::try_from(now.unix_seconds()).unwrap_or(0);
    let verified = end_entity
        .verify_for_usage(
            IN_PATHS,
            anchors.anchors(),
            &intermediates,
            UnixTime::since_unix_epoch(Duration::from_secs(seconds)),
            Signing,
            revocation,
            Some(&issuers_may_issue),
        )
        .map_err(defect)?;
    usage::check_signer(signer)?;
    Ok(chain(signer, &verified, anchors))
}

fn issuers_may_issue(path: &VerifiedPath<'_>) -> Result<(), Error> {
    let all = path.intermediate_certificates().all(|authority| {
        Certificate::from_der(&authority.der())
            .is_ok_and(|certificate| usage::may_issue(&certificate))
    });
    if all {
        Ok(())
    } else {
        Err(Error::EndEntityUsedAsCa)
    }
}

fn chain(
    signer: &Certificate,
    path: &VerifiedPath<'_>,
    anchors: &TrustAnchors,
) -> Vec<Certificate> {
    let between = path
        .intermediate_certificates()
        .filter_map(|authority| Certificate::from_der(&authority.der()).ok());
    let mut chain: Vec<_> = core::iter::once(signer.clone()).chain(between).collect();
    let anchor = anchors
        .anchors()
        .iter()
        .position(|anchor| anchor == path.anchor());
    chain.extend(anchor.map(|index| anchors.certificates()[index].clone()));
    chain
}
