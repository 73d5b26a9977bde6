//! Whether a certificate of a verified path was revoked (RFC 5280, 6.3), by the lists that the service was given.

use x509_cert::ext::pkix::crl::dp::{ReasonFlags, Reasons};

use super::certificate::Certificate;
use super::certificate_path::{CertificatePath, path_to_anchor};
use super::revocation_list::RevocationList;
use super::trust::VerificationContext;
use super::trust_fault::{SignatureFault, TrustFault};
use crate::finding::SignatureDefect;

/// Every certificate of the path but the anchor's: none was revoked.
///
/// Only now may a fault be the service's own: each authority asked about is one that verifiably chains to an anchor. A
/// revoked certificate is refused even where another list is missing, since no newer list would help it.
pub(crate) fn check(
    context: &VerificationContext<'_>,
    path: &CertificatePath,
    others: &[Certificate],
) -> Result<(), SignatureFault> {
    check_path(context, path, OtherKeys { others, asked: &[] })
}

/// Most certificates of one authority's keys that vouch for one another.
const MOST_KEYS: usize = 4;

/// Where keys are found that an authority may have signed a list with beside the one that signed the certificate.
#[derive(Clone, Copy)]
struct OtherKeys<'a> {
    /// In these certificates, once it is known that they lead to the same anchor and were not revoked.
    others: &'a [Certificate],
    /// In these, while it is asked whether they were revoked: their own authority may be itself, with its former key.
    asked: &'a [&'a Certificate],
}

fn check_path(
    context: &VerificationContext<'_>,
    path: &CertificatePath,
    keys: OtherKeys<'_>,
) -> Result<(), SignatureFault> {
    let mut fault = None;
    for (certificate, authority) in path.issued() {
        match check_one(context, path, certificate, authority, keys) {
            Err(SignatureFault::Service(found)) => {
                fault.get_or_insert(found);
            }
            result => result?,
        }
    }
    fault.map_or(Ok(()), |fault| Err(SignatureFault::Service(fault)))
}

fn check_one(
    context: &VerificationContext<'_>,
    path: &CertificatePath,
    certificate: &Certificate,
    authority: &Certificate,
    keys: OtherKeys<'_>,
) -> Result<(), SignatureFault> {
    let name = authority.subject();
    let mut is_listed = false;
    let mut answered = ReasonFlags::from(Reasons::Unused);
    let mut fault = None;
    for list in context
        .crls
        .lists_of(&authority.parsed().tbs_certificate.subject)
    {
        is_listed = true;
        let Some(reasons) = list.reasons_for(certificate) else {
            continue;
        };
        if !is_signed(context, path, list, authority, keys) {
            fault.get_or_insert(TrustFault::ListForged {
                authority: name.clone(),
            });
        } else if context.now < list.this_update() {
            fault.get_or_insert(TrustFault::ListNotYetValid {
                authority: name.clone(),
                this_update: list.this_update(),
            });
        } else if context.now >= list.next_update() {
            fault.get_or_insert(TrustFault::ListStale {
                authority: name.clone(),
                next_update: list.next_update(),
            });
        } else if list.names(certificate) {
            return Err(SignatureDefect::Revoked {
                subject: certificate.subject().to_string(),
            }
            .into());
        } else {
            answered |= reasons;
            if answered.is_full() {
                return Ok(());
            }
        }
    }
    if !is_listed && context.crls.needs_no_list(authority) {
        return Ok(());
    }
    let missing = TrustFault::ListMissing { authority: name };
    Err(SignatureFault::Service(fault.unwrap_or(missing)))
}

/// Signed by the authority with the key that signed the certificate, or with another of its keys: one in a certificate
/// that leads to the same anchor (RFC 5280, 6.3.3 f), as when an authority changes its key.
fn is_signed(
    context: &VerificationContext<'_>,
    path: &CertificatePath,
    list: &RevocationList,
    authority: &Certificate,
    keys: OtherKeys<'_>,
) -> bool {
    let anchor = path.certificates().last();
    let has_key = |other: &Certificate| {
        list.is_of(&other.parsed().tbs_certificate.subject) && list.is_signed_by(other)
    };
    let is_good = |other: &Certificate| {
        let asked = [keys.asked, &[other]].concat();
        let nested = OtherKeys {
            asked: &asked,
            ..keys
        };
        path_to_anchor(context.path_rules(), other, keys.others).is_ok_and(|path| {
            path.certificates().last() == anchor && check_path(context, &path, nested).is_ok()
        })
    };
    list.is_signed_by(authority)
        || keys.asked.iter().any(|other| has_key(other))
        || (keys.asked.len() < MOST_KEYS
            && keys
                .others
                .iter()
                .any(|other| has_key(other) && is_good(other)))
}
