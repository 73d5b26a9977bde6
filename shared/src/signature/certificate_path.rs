//! From the signer's certificate to a trust anchor: which certificates lead there, and whether each may (RFC 5280, 6.1, by
//! `pkix-path`, and what the RFC asks beside its algorithm in [`extensions`]).

use pkix_path::{ValidationPolicy, names_match, validate_path};

use super::certificate::Certificate;
use super::extensions;
use super::key_purpose::KeyPurpose;
use super::path_error::defect_of;
use super::path_signatures::OriginalBytes;
use super::trust::TrustAnchors;
use super::usage;
use crate::finding::SignatureDefect;
use crate::instant::UtcTime;

/// Most authorities between the signer and the anchor, those aside that an authority issued to itself.
const MOST_AUTHORITIES: u8 = 6;
/// Most certificates in a path, with the signer's and those that an authority issued to itself.
const LONGEST: usize = 12;
/// Most paths that are tried. Whoever needs more has filled a signature with certificates that do not fit.
const MOST_PATHS: usize = 32;
/// Most names that are compared to find paths.
const MOST_COMPARISONS: usize = 4096;

/// A path that RFC 5280 lets stand: the signer's certificate, its authorities, the anchor's certificate.
#[derive(Clone, Debug)]
pub(crate) struct CertificatePath(Vec<Certificate>);

impl CertificatePath {
    /// From the signer's certificate to the anchor's.
    pub(crate) fn certificates(&self) -> &[Certificate] {
        &self.0
    }

    /// Each certificate with that of the authority that issued it, from the signer's on.
    pub(crate) fn issued(&self) -> impl Iterator<Item = (&Certificate, &Certificate)> {
        self.0.iter().zip(self.0.iter().skip(1))
    }
}

/// What paths are held to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PathRules<'a> {
    /// Where they have to end.
    pub(crate) anchors: &'a TrustAnchors,
    /// When every certificate has to be in force.
    pub(crate) at: UtcTime,
    /// One of these has to be left by every extended key usage on the way.
    pub(crate) purposes: &'a [KeyPurpose],
}

/// The path of a signer: one who may sign.
pub(crate) fn path_of_signer(
    rules: PathRules<'_>,
    signer: &Certificate,
    others: &[Certificate],
) -> Result<CertificatePath, SignatureDefect> {
    check_is_issued(rules.anchors, signer, others)?;
    usage::check_is_no_authority(signer)?;
    // Whether there is a path at all is said before what the signer may do.
    let left = usage::purposes_left(signer, rules.purposes);
    let purposes = left.as_deref().unwrap_or(rules.purposes);
    let path = path_to_anchor(PathRules { purposes, ..rules }, signer, others)?;
    usage::check_signer(signer)?;
    left.map(|_| path)
}

/// A certificate that somebody made for themselves is told as such before it is told what else it is: tools mark it as an authority's.
fn check_is_issued(
    anchors: &TrustAnchors,
    signer: &Certificate,
    others: &[Certificate],
) -> Result<(), SignatureDefect> {
    let tbs = &signer.parsed().tbs_certificate;
    let is_of_anchor = anchors
        .anchors()
        .iter()
        .any(|anchor| names_match(&anchor.subject, &tbs.subject));
    let is_of_another = others.iter().any(|other| {
        names_match(&other.parsed().tbs_certificate.subject, &tbs.issuer)
            && !same_holder(other, signer)
    });
    if names_match(&tbs.subject, &tbs.issuer) && !is_of_anchor && !is_of_another {
        return Err(SignatureDefect::SelfSigned {
            subject: signer.subject().to_string(),
        });
    }
    Ok(())
}

/// The path of any certificate, with every certificate in force at that instant.
///
/// Policies as RFC 5280 has them by default: any will do, none is needed unless an authority on the path demands one.
pub(crate) fn path_to_anchor(
    rules: PathRules<'_>,
    end: &Certificate,
    others: &[Certificate],
) -> Result<CertificatePath, SignatureDefect> {
    let mut policy = ValidationPolicy::new(u64::try_from(rules.at.unix_seconds()).unwrap_or(0));
    policy.max_path_len = MOST_AUTHORITIES;
    let mut first_defect = None;
    for chain in candidates(rules.anchors, end, others) {
        match validate(rules, &policy, &chain) {
            Ok(path) => return Ok(path),
            // That a signature does not verify says most often that this was the wrong one of two authorities of one name.
            Err(forged @ SignatureDefect::ChainForged { .. }) => {
                first_defect.get_or_insert(forged);
            }
            Err(defect) => {
                if matches!(
                    first_defect,
                    None | Some(SignatureDefect::ChainForged { .. })
                ) {
                    first_defect = Some(defect);
                }
            }
        }
    }
    Err(
        first_defect.unwrap_or_else(|| SignatureDefect::UnknownIssuer {
            issuer: end.issuer().to_string(),
        }),
    )
}

fn validate(
    rules: PathRules<'_>,
    policy: &ValidationPolicy,
    chain: &[&Certificate],
) -> Result<CertificatePath, SignatureDefect> {
    let parsed: Vec<_> = chain
        .iter()
        .map(|certificate| certificate.parsed().clone())
        .collect();
    let verifier = OriginalBytes::of_chain(chain);
    let anchors = rules.anchors;
    let valid = validate_path(&parsed, anchors.anchors(), policy, &verifier)
        .map_err(|error| defect_of(&error, chain, policy.current_time_unix))?;
    for certificate in chain {
        extensions::check(certificate)?;
    }
    let anchor = &anchors.certificates()[valid.anchor_index];
    extensions::check_constraints(chain, anchor)?;
    let mut purposes = rules.purposes.to_vec();
    for authority in &chain[1..] {
        purposes = usage::purposes_left(authority, &purposes)?;
    }
    let certificates = chain.iter().copied().chain([anchor]).cloned();
    Ok(CertificatePath(certificates.collect()))
}

/// The chains of names from this certificate to one that an anchor issued. Nothing in them is verified.
fn candidates<'a>(
    anchors: &TrustAnchors,
    end: &'a Certificate,
    others: &'a [Certificate],
) -> Vec<Vec<&'a Certificate>> {
    let mut found = Vec::new();
    let mut open = vec![vec![end]];
    let mut left = MOST_COMPARISONS;
    while let Some(chain) = open.pop() {
        let issuer = &chain[chain.len() - 1].parsed().tbs_certificate.issuer;
        if anchors
            .anchors()
            .iter()
            .any(|anchor| names_match(&anchor.subject, issuer))
        {
            found.push(chain.clone());
        }
        if found.len() == MOST_PATHS || left < others.len() {
            break;
        }
        if chain.len() == LONGEST {
            continue;
        }
        left -= others.len();
        let longer = others
            .iter()
            .filter(|other| names_match(&other.parsed().tbs_certificate.subject, issuer))
            .filter(|other| !chain.iter().any(|before| same_holder(before, other)))
            .map(|other| chain.iter().copied().chain([other]).collect());
        // Reversed: what stands first in the signature is tried first.
        let longer: Vec<_> = longer.collect();
        open.extend(longer.into_iter().rev());
    }
    found
}

/// Of one name and one key: no path needs both.
fn same_holder(a: &Certificate, b: &Certificate) -> bool {
    a.parsed().tbs_certificate.subject == b.parsed().tbs_certificate.subject
        && a.spki().subject_public_key == b.spki().subject_public_key
}
