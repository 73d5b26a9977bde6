//! One revocation list (RFC 5280, 5), read once: only of a kind that is understood whole.

use std::collections::HashSet;

use const_oid::ObjectIdentifier;
use const_oid::db::rfc5280::{ID_CE_DELTA_CRL_INDICATOR, ID_CE_ISSUING_DISTRIBUTION_POINT};
use der::Decode as _;
use der::referenced::OwnedToRef as _;
use pkix_path::{cert_is_ca, names_match};
use x509_cert::Version;
use x509_cert::crl::{CertificateList, RevokedCert};
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::CrlDistributionPoints;
use x509_cert::ext::pkix::crl::IssuingDistributionPoint;
use x509_cert::ext::pkix::crl::dp::ReasonFlags;
use x509_cert::ext::pkix::name::{DistributionPointName, GeneralName};
use x509_cert::name::Name;

use super::certificate::{Certificate, utc};
use super::{path_signatures, usage};
use crate::instant::UtcTime;

/// Why a revocation list cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ListError {
    /// Not a `CertificateList` of RFC 5280, or not of version 2.
    #[error("is not an X.509 revocation list of version 2")]
    NotAList,
    /// Nobody would know when it is out of date.
    #[error("does not say when the next list is due (nextUpdate)")]
    NoNextUpdate,
    /// What has changed since another list.
    #[error("is a delta list; give the full one")]
    Delta,
    /// It is about certificates of other authorities than the one that signed it.
    #[error("is an indirect list; give the list that the authority itself signs")]
    Indirect,
    /// Of attribute certificates.
    #[error("is about attribute certificates only")]
    AttributeCertificates,
    /// Whoever does not understand it must not use the list.
    #[error("has the critical extension {oid}, which is not known here")]
    Critical {
        /// Which one.
        oid: String,
    },
}

#[derive(Debug)]
pub(crate) struct RevocationList {
    der: Vec<u8>,
    algorithm: ObjectIdentifier,
    signature: Vec<u8>,
    issuer: Name,
    this_update: UtcTime,
    next_update: UtcTime,
    scope: Option<IssuingDistributionPoint>,
    revoked: HashSet<Vec<u8>>,
}

impl RevocationList {
    pub(crate) fn from_der(der: &[u8]) -> Result<Self, ListError> {
        let list = CertificateList::from_der(der).map_err(|_| ListError::NotAList)?;
        let tbs = list.tbs_cert_list;
        if tbs.version != Version::V2 || tbs.signature.oid != list.signature_algorithm.oid {
            return Err(ListError::NotAList);
        }
        let extensions = tbs.crl_extensions.unwrap_or_default();
        let has = |oid| extensions.iter().any(|extension| extension.extn_id == oid);
        if has(ID_CE_DELTA_CRL_INDICATOR) {
            return Err(ListError::Delta);
        }
        let entries = tbs.revoked_certificates.unwrap_or_default();
        check_critical(&extensions, &[ID_CE_ISSUING_DISTRIBUTION_POINT])?;
        for entry in &entries {
            check_critical(
                entry.crl_entry_extensions.as_deref().unwrap_or_default(),
                &[],
            )?;
        }
        Ok(Self {
            der: der.to_vec(),
            algorithm: list.signature_algorithm.oid,
            signature: list.signature.raw_bytes().to_vec(),
            issuer: tbs.issuer,
            this_update: utc(tbs.this_update),
            next_update: tbs.next_update.map(utc).ok_or(ListError::NoNextUpdate)?,
            scope: scope(&extensions)?,
            revoked: entries.iter().map(serial).collect(),
        })
    }

    pub(crate) fn this_update(&self) -> UtcTime {
        self.this_update
    }

    pub(crate) fn next_update(&self) -> UtcTime {
        self.next_update
    }

    pub(crate) fn is_of(&self, authority: &Name) -> bool {
        names_match(&self.issuer, authority)
    }

    /// Of the same authority, about the same certificates: the newer one stands in for the other.
    pub(crate) fn replaces(&self, other: &Self) -> bool {
        self.is_of(&other.issuer) && self.scope == other.scope
    }

    pub(crate) fn is_signed_by(&self, authority: &Certificate) -> bool {
        let signed = path_signatures::signed_part(&self.der);
        usage::may_sign_lists(authority)
            && signed.is_some_and(|signed| {
                let key = authority.spki().owned_to_ref();
                path_signatures::verify(self.algorithm, &key, signed, &self.signature).is_ok()
            })
    }

    /// The reasons for which it would name this certificate; none when it is about others (RFC 5280, 6.3.3 b and d).
    pub(crate) fn reasons_for(&self, certificate: &Certificate) -> Option<ReasonFlags> {
        let Some(scope) = &self.scope else {
            return Some(ReasonFlags::full());
        };
        let is_authority = cert_is_ca(certificate.parsed()).unwrap_or(true);
        let of_other_holders = if is_authority {
            scope.only_contains_user_certs
        } else {
            scope.only_contains_ca_certs
        };
        let point = scope.distribution_point.as_ref();
        let is_about = !of_other_holders && point.is_none_or(|at| self.serves(at, certificate));
        is_about.then(|| scope.only_some_reasons.unwrap_or(ReasonFlags::full()))
    }

    pub(crate) fn names(&self, certificate: &Certificate) -> bool {
        let serial = &certificate.parsed().tbs_certificate.serial_number;
        self.revoked.contains(serial.as_bytes())
    }

    /// Whether one of the certificate's distribution points, or its issuer's own, has a name in common with the list's.
    fn serves(&self, point: &DistributionPointName, certificate: &Certificate) -> bool {
        let tbs = &certificate.parsed().tbs_certificate;
        let own = names_of(point, &self.issuer);
        let mut asked = vec![GeneralName::DirectoryName(tbs.issuer.clone())];
        if let Ok(Some((_, CrlDistributionPoints(points)))) = tbs.get::<CrlDistributionPoints>() {
            // A point with an issuer of its own asks for an indirect list.
            let direct = points.iter().filter(|point| point.crl_issuer.is_none());
            let names = direct.filter_map(|point| point.distribution_point.as_ref());
            asked.extend(names.flat_map(|point| names_of(point, &tbs.issuer)));
        }
        own.iter()
            .any(|own| asked.iter().any(|asked| is_same(own, asked)))
    }
}

fn check_critical(extensions: &[Extension], known: &[ObjectIdentifier]) -> Result<(), ListError> {
    let unknown = extensions
        .iter()
        .find(|extension| extension.critical && !known.contains(&extension.extn_id));
    match unknown {
        None => Ok(()),
        Some(extension) => Err(ListError::Critical {
            oid: extension.extn_id.to_string(),
        }),
    }
}

/// Looked up by number: `x509-cert` ties the type to another one.
fn scope(extensions: &[Extension]) -> Result<Option<IssuingDistributionPoint>, ListError> {
    let extension = extensions
        .iter()
        .find(|extension| extension.extn_id == ID_CE_ISSUING_DISTRIBUTION_POINT);
    let Some(extension) = extension else {
        return Ok(None);
    };
    let scope = IssuingDistributionPoint::from_der(extension.extn_value.as_bytes())
        .map_err(|_| ListError::NotAList)?;
    if scope.indirect_crl {
        Err(ListError::Indirect)
    } else if scope.only_contains_attribute_certs {
        Err(ListError::AttributeCertificates)
    } else {
        Ok(Some(scope))
    }
}

fn serial(entry: &RevokedCert) -> Vec<u8> {
    entry.serial_number.as_bytes().to_vec()
}

fn names_of(point: &DistributionPointName, authority: &Name) -> Vec<GeneralName> {
    match point {
        DistributionPointName::FullName(names) => names.clone(),
        DistributionPointName::NameRelativeToCRLIssuer(relative) => {
            let mut name = authority.clone();
            name.0.push(relative.clone());
            vec![GeneralName::DirectoryName(name)]
        }
    }
}

fn is_same(a: &GeneralName, b: &GeneralName) -> bool {
    match (a, b) {
        (GeneralName::DirectoryName(a), GeneralName::DirectoryName(b)) => names_match(a, b),
        (a, b) => a == b,
    }
}
