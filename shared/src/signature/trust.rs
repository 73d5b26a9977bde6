//! Whom the service trusts: anchors and revocation lists, read once from configuration.

use std::sync::Arc;

use der::Decode as _;
use rustls_pki_types::{CertificateDer, TrustAnchor};
use webpki::{CertRevocationList, OwnedCertRevocationList, anchor_from_trusted_cert};
use x509_cert::crl::CertificateList;

use super::certificate::{Certificate, CertificateError, utc};
use super::pem;
use crate::instant::UtcTime;

/// Why anchors or revocation lists cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TrustError {
    /// The certificates cannot be read.
    #[error("trust anchors: {0}")]
    Anchors(#[from] CertificateError),
    /// One of the certificates cannot be an anchor.
    #[error("trust anchors: {subject} cannot be used as an anchor ({cause})")]
    Anchor {
        /// Whom the certificate names.
        subject: String,
        /// What the library says.
        cause: String,
    },
    /// The text is neither PEM with `X509 CRL` blocks nor DER.
    #[error("revocation lists: neither PEM with -----BEGIN X509 CRL----- nor DER")]
    NotACrl,
    /// One of the lists cannot be used: a delta list, an indirect one, or one without a next update.
    #[error("revocation lists: list {number} cannot be used ({cause})")]
    Crl {
        /// Which one, from 1.
        number: usize,
        /// What the library says.
        cause: String,
    },
}

/// The authorities that are trusted, by configuration. Their own validity dates are not looked at: whoever configures an
/// anchor removes it when it ends (RFC 5280, 6.1.1 d).
#[derive(Clone, Debug)]
pub struct TrustAnchors {
    certificates: Vec<Certificate>,
    anchors: Vec<TrustAnchor<'static>>,
}

/// The revocation lists at hand. Their signatures are checked each time that one is used.
#[derive(Clone, Debug)]
pub struct Crls {
    lists: Arc<[CertRevocationList<'static>]>,
}

/// What a signature is verified against.
#[derive(Clone, Copy, Debug)]
pub struct VerificationContext<'a> {
    /// The trusted authorities.
    pub anchors: &'a TrustAnchors,
    /// A current list of every authority on a path has to be here, or nothing of that authority is accepted.
    pub crls: &'a Crls,
    /// The instant at which certificates and lists have to be in force: the time of receipt, not of signing.
    pub now: UtcTime,
}

impl TrustAnchors {
    /// Reads one or more certificates in PEM, or one in DER.
    pub fn parse(bytes: &[u8]) -> Result<Self, TrustError> {
        let certificates = Certificate::parse_chain(bytes)?;
        let anchors = certificates.iter().map(anchor).collect::<Result<_, _>>()?;
        Ok(Self {
            certificates,
            anchors,
        })
    }

    /// The certificates of the anchors.
    pub fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    pub(crate) fn anchors(&self) -> &[TrustAnchor<'static>] {
        &self.anchors
    }
}

fn anchor(certificate: &Certificate) -> Result<TrustAnchor<'static>, TrustError> {
    let der = CertificateDer::from(certificate.der());
    let anchor = anchor_from_trusted_cert(&der);
    anchor
        .map(|anchor| anchor.to_owned())
        .map_err(|cause| TrustError::Anchor {
            subject: certificate.subject().to_string(),
            cause: cause.to_string(),
        })
}

impl Crls {
    /// Reads PEM with any number of lists (none is allowed: then every certificate's status is unknown, and refused), or
    /// one list in DER.
    pub fn parse(bytes: &[u8]) -> Result<Self, TrustError> {
        let ders = if bytes.iter().all(u8::is_ascii_whitespace) {
            Vec::new()
        } else if pem::looks_like_pem(bytes) {
            pem::blocks(bytes, &["X509 CRL"]).ok_or(TrustError::NotACrl)?
        } else {
            vec![bytes.to_vec()]
        };
        Self::from_ders(&ders)
    }

    /// Takes lists in DER.
    pub fn from_ders(ders: &[Vec<u8>]) -> Result<Self, TrustError> {
        let mut lists = Vec::with_capacity(ders.len());
        for (index, der) in ders.iter().enumerate() {
            let list = OwnedCertRevocationList::from_der(der).map_err(|cause| TrustError::Crl {
                number: index + 1,
                cause: cause.to_string(),
            })?;
            lists.push((issued_at(der), CertRevocationList::from(list)));
        }
        // The library takes the first list that fits an issuer: it has to meet the newest first.
        lists.sort_by_key(|(issued, _)| core::cmp::Reverse(*issued));
        Ok(Self {
            lists: lists.into_iter().map(|(_, list)| list).collect(),
        })
    }

    pub(crate) fn lists(&self) -> Vec<&CertRevocationList<'static>> {
        self.lists.iter().collect()
    }
}

fn issued_at(der: &[u8]) -> Option<UtcTime> {
    CertificateList::from_der(der)
        .ok()
        .map(|list| utc(list.tbs_cert_list.this_update))
}
