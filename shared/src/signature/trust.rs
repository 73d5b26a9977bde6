//! Whom the service trusts: anchors and revocation lists, read once from configuration.

use std::collections::BTreeSet;
use std::sync::Arc;

use pkix_path::TrustAnchor;
use x509_cert::name::Name;

use super::certificate::Certificate;
use super::certificate_file::MOST_IN_A_FILE;
use super::certificate_path::PathRules;
use super::key_purpose::KeyPurpose;
use super::name::DistinguishedName;
use super::revocation_list::{ListError, RevocationList};
use super::trust_blocks::{self, BlockError};
use super::{extensions, pem, raw};
use crate::identifiers::FileDigest;
use crate::instant::UtcTime;

/// Why anchors or revocation lists cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TrustError {
    /// The blocks of the anchors cannot be told apart, or are not all certificates.
    #[error("trust anchors: the text {0}")]
    Anchors(BlockError),
    /// One of them is no certificate, or none that can be an anchor.
    #[error("trust anchors: block {number} {cause}")]
    Anchor {
        /// Which one, from 1.
        number: usize,
        /// What is wrong with it.
        cause: &'static str,
    },
    /// The blocks of the lists cannot be told apart, or are not all lists.
    #[error("revocation lists: the text {0}")]
    Lists(BlockError),
    /// One of the lists cannot be used.
    #[error("revocation lists: block {number} {cause}")]
    List {
        /// Which one, from 1.
        number: usize,
        /// What is wrong with it.
        cause: ListError,
    },
    /// An anchor has no list that it signed.
    #[error(
        "there is no revocation list that {subject} signed; give its list, or name the anchor by its fingerprint {sha256} as one \
         that is trusted without a list"
    )]
    ListMissing {
        /// Whom the anchor's certificate names.
        subject: DistinguishedName,
        /// Its fingerprint.
        sha256: FileDigest,
    },
}

/// The authorities that are trusted, by configuration. Their own validity dates are not looked at: whoever configures an
/// anchor removes it when it ends (RFC 5280, 6.1.1 d).
#[derive(Clone, Debug)]
pub struct TrustAnchors {
    certificates: Vec<Certificate>,
    anchors: Vec<TrustAnchor>,
}

/// The revocation lists at hand. Their signatures are checked each time that one is used.
#[derive(Clone, Debug)]
pub struct Crls {
    /// The newest first.
    lists: Arc<[RevocationList]>,
    /// Authorities that are trusted without a list.
    without_list: BTreeSet<FileDigest>,
}

/// What a signature is verified against.
#[derive(Clone, Copy, Debug)]
pub struct VerificationContext<'a> {
    /// The trusted authorities.
    pub anchors: &'a TrustAnchors,
    /// A current list of every authority on a path has to be here, or nothing of that authority is accepted.
    pub crls: &'a Crls,
    /// What an extended key usage, where a certificate has one, has to include one of.
    pub purposes: &'a [KeyPurpose],
    /// When the file was received: certificates have to be in force at this instant.
    pub at: UtcTime,
    /// The service's clock: lists have to be current at this instant. A list that is newer than the file is the better one.
    pub now: UtcTime,
}

impl<'a> VerificationContext<'a> {
    pub(crate) const fn path_rules(&self) -> PathRules<'a> {
        PathRules {
            anchors: self.anchors,
            at: self.at,
            purposes: self.purposes,
        }
    }
}

impl TrustAnchors {
    /// Reads one or more certificates in PEM, or one in DER. Every block counts: what cannot be read is an error.
    pub fn parse(bytes: &[u8]) -> Result<Self, TrustError> {
        const LABEL: &str = "CERTIFICATE";
        let ders = if bytes.first() == Some(&DER_SEQUENCE) && !pem::looks_like_pem(bytes) {
            vec![bytes.to_vec()]
        } else {
            trust_blocks::read_blocks(bytes, LABEL).map_err(TrustError::Anchors)?
        };
        if ders.is_empty() {
            return Err(TrustError::Anchors(BlockError::None { expected: LABEL }));
        }
        let mut certificates = Vec::with_capacity(ders.len());
        let mut anchors = Vec::with_capacity(ders.len());
        for (index, der) in ders.iter().enumerate() {
            let (certificate, anchor) = anchor(der).map_err(|cause| TrustError::Anchor {
                number: index + 1,
                cause,
            })?;
            certificates.push(certificate);
            anchors.push(anchor);
        }
        Ok(Self {
            certificates,
            anchors,
        })
    }

    /// The certificates of the anchors.
    pub fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    pub(crate) fn anchors(&self) -> &[TrustAnchor] {
        &self.anchors
    }
}

/// The first byte of any certificate or list in DER.
const DER_SEQUENCE: u8 = 0x30;

fn anchor(der: &[u8]) -> Result<(Certificate, TrustAnchor), &'static str> {
    let certificate = Certificate::from_der(der).map_err(|_| no_certificate(der))?;
    if !certificate.key().is_accepted() {
        return Err(
            "has a key that is neither ECDSA P-256 nor RSA of 2,048 to 4,096 bits, so that nothing it signed could be verified",
        );
    }
    extensions::check(&certificate).map_err(|_| "has an extension twice")?;
    extensions::check_constraints(&[], &certificate)
        .map_err(|_| "constrains names in a way that is not known here")?;
    let anchor = TrustAnchor::try_from(certificate.parsed().clone())
        .map_err(|_| "constrains names in a way that cannot be read")?;
    Ok((certificate, anchor))
}

fn no_certificate(der: &[u8]) -> &'static str {
    match raw::certificates_in(der, MOST_IN_A_FILE) {
        Some(_) => trust_blocks::BUNDLE,
        None => "is not an X.509 certificate",
    }
}

impl Crls {
    /// Reads PEM with any number of lists, or one list in DER. Every block counts: what cannot be read is an error. With no
    /// list at all, no certificate's status is known.
    pub fn parse(bytes: &[u8]) -> Result<Self, TrustError> {
        let ders = if bytes.first() == Some(&DER_SEQUENCE) && !pem::looks_like_pem(bytes) {
            vec![bytes.to_vec()]
        } else {
            let blocks = trust_blocks::read_blocks(bytes, "X509 CRL").map_err(TrustError::Lists)?;
            if blocks.is_empty() && !is_blank(bytes) {
                return Err(TrustError::Lists(BlockError::None {
                    expected: "X509 CRL",
                }));
            }
            blocks
        };
        Self::from_ders(&ders)
    }

    /// Takes lists in DER.
    pub fn from_ders(ders: &[Vec<u8>]) -> Result<Self, TrustError> {
        let read = |(index, der): (usize, &Vec<u8>)| {
            RevocationList::from_der(der).map_err(|cause| TrustError::List {
                number: index + 1,
                cause,
            })
        };
        let mut lists: Vec<_> = ders
            .iter()
            .enumerate()
            .map(read)
            .collect::<Result<_, _>>()?;
        lists.sort_by_key(|list| core::cmp::Reverse(list.this_update()));
        Ok(Self {
            lists: lists.into(),
            without_list: BTreeSet::new(),
        })
    }

    /// The same lists, and authorities that are trusted although they have none, by the SHA-256 of their certificates.
    #[must_use]
    pub fn with_authorities_without_list(mut self, fingerprints: BTreeSet<FileDigest>) -> Self {
        self.without_list = fingerprints;
        self
    }

    /// Whether each anchor has a list that it signed, or may do without one. A list that is out of date is no error here: a
    /// newer one can come while the service runs.
    pub fn check_anchors(&self, anchors: &TrustAnchors) -> Result<(), TrustError> {
        let has_list = |anchor: &Certificate| {
            let name = &anchor.parsed().tbs_certificate.subject;
            self.needs_no_list(anchor) || self.lists_of(name).any(|list| list.is_signed_by(anchor))
        };
        match anchors
            .certificates()
            .iter()
            .find(|anchor| !has_list(anchor))
        {
            None => Ok(()),
            Some(anchor) => Err(TrustError::ListMissing {
                subject: anchor.subject(),
                sha256: anchor.sha256(),
            }),
        }
    }

    /// When the first of the lists goes out of date; none when there is no list. A list that a newer one replaces does not
    /// count.
    pub fn nearest_next_update(&self) -> Option<UtcTime> {
        let newest = self.lists.iter().enumerate().filter(|(index, list)| {
            !self.lists[..*index]
                .iter()
                .any(|newer| newer.replaces(list))
        });
        newest.map(|(_, list)| list.next_update()).min()
    }

    /// The lists of an authority, the newest first.
    pub(crate) fn lists_of(&self, authority: &Name) -> impl Iterator<Item = &RevocationList> {
        self.lists.iter().filter(|list| list.is_of(authority))
    }

    pub(crate) fn needs_no_list(&self, authority: &Certificate) -> bool {
        self.without_list.contains(&authority.sha256())
    }
}

fn is_blank(bytes: &[u8]) -> bool {
    core::str::from_utf8(bytes).is_ok_and(|text| {
        text.trim_matches(['\u{feff}', '\n', '\r', '\t', ' '])
            .is_empty()
    })
}
