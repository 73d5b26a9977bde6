//! The certificates by which a person signs. A signature counts by a certificate that its owner registered with a signature of its key, and not by a
//! name alone: whoever gets another certificate for the same name from an authority signs nothing here.

use serde::{Deserialize, Serialize};

use super::PersonRef;
use crate::identifiers::FileDigest;
use crate::instant::UtcTime;
use crate::signature::Certificate;

/// The most certificates that count for a person at a time: an item of the directory is read with every request.
pub(super) const MOST_IN_USE: usize = 40;

/// The most with those whose keys were stopped, which are kept for good.
const MOST: usize = 200;

/// What names a certificate, and what people know it by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CertificateIdentity {
    /// SHA-256 of the whole certificate.
    pub sha256: FileDigest,
    /// SHA-256 of its public key (`SubjectPublicKeyInfo`, DER).
    pub key: FileDigest,
    /// Who issued it, RFC 4514.
    pub issuer: String,
    /// The serial number in lower-case hexadecimal digits.
    pub serial: String,
    /// Good from this second on.
    pub not_before: UtcTime,
    /// Good up to and including this second.
    pub not_after: UtcTime,
}

impl CertificateIdentity {
    /// Of a certificate whose key stands in it in the one usual form: in another, the same key would be called otherwise.
    ///
    /// # Errors
    /// Its key stands there in another form.
    pub fn parse(certificate: &Certificate) -> Result<Self, CertificateBar> {
        if !certificate.has_usual_key_form() {
            return Err(CertificateBar::KeyForm);
        }
        let summary = certificate.summary();
        Ok(Self {
            sha256: summary.sha256,
            key: certificate.key_sha256(),
            issuer: summary.issuer.to_string(),
            serial: summary.serial,
            not_before: summary.not_before,
            not_after: summary.not_after,
        })
    }
}

/// A certificate that its owner registered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RegisteredCertificate {
    /// Which.
    #[serde(rename = "certificate")]
    pub identity: CertificateIdentity,
    /// Since when it counts.
    pub registered_at: UtcTime,
    /// That its key was stopped: nothing counts that is signed with it, whenever that was.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub stopped: Option<StoppedKey>,
}

/// That a key was stopped. It never counts again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct StoppedKey {
    /// When.
    pub at: UtcTime,
    /// By whom.
    pub by: PersonRef,
}

/// All certificates that a person registered, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct RegisteredCertificates(Vec<RegisteredCertificate>);

/// Why a certificate does not count, though it names a person who may sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CertificateBar {
    /// Nobody registered it.
    #[error(
        "the certificate is not registered; register it on the page Signing key, with a signature of its key"
    )]
    NotRegistered,
    /// Its key stands in it otherwise than usual.
    #[error(
        "the key in the certificate is not in the usual form (P-256 as an uncompressed point, or RSA with parameters that are NULL); ask your certificate \
         authority for a certificate in which it is"
    )]
    KeyForm,
    /// Its key was stopped.
    #[error(
        "the key was stopped on {}; make another one, and if nobody should have stopped it, ask the DCC",
        .0.in_words()
    )]
    Stopped(UtcTime),
}

/// Why a certificate cannot be registered, or a key stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotKept {
    Already,
    Stopped,
    TooMany,
    NoSuchKey,
}

impl RegisteredCertificates {
    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All, oldest first.
    pub fn iter(&self) -> impl Iterator<Item = &RegisteredCertificate> {
        self.0.iter()
    }

    /// Whether a signature by the certificate with this SHA-256 counts.
    ///
    /// # Errors
    /// It does not, and why.
    pub fn check(&self, sha256: FileDigest) -> Result<(), CertificateBar> {
        let mut registered = self.0.iter();
        let found = registered.find(|one| one.identity.sha256 == sha256);
        match found.map(|found| &found.stopped) {
            None => Err(CertificateBar::NotRegistered),
            Some(Some(stopped)) => Err(CertificateBar::Stopped(stopped.at)),
            Some(None) => Ok(()),
        }
    }

    /// Those that were registered, without asking anybody: for whoever fills a directory, and for tests.
    pub fn registered<'a>(
        certificates: impl IntoIterator<Item = &'a Certificate>,
        at: UtcTime,
    ) -> Self {
        let registered = certificates
            .into_iter()
            .filter_map(|certificate| CertificateIdentity::parse(certificate).ok())
            .map(|identity| RegisteredCertificate {
                identity,
                registered_at: at,
                stopped: None,
            });
        Self(registered.collect())
    }

    /// With one more, and without those that have run out, but for stopped ones.
    pub(super) fn with(
        &self,
        identity: &CertificateIdentity,
        at: UtcTime,
    ) -> Result<Self, NotKept> {
        let of_key = || self.0.iter().filter(|one| one.identity.key == identity.key);
        if of_key().any(|one| one.stopped.is_some()) {
            return Err(NotKept::Stopped);
        }
        if of_key().any(|one| one.identity == *identity) {
            return Err(NotKept::Already);
        }
        let mut all = self.0.clone();
        all.retain(|one| one.stopped.is_some() || one.identity.not_after >= at);
        let in_use = all.iter().filter(|one| one.stopped.is_none()).count();
        if in_use >= MOST_IN_USE || all.len() >= MOST {
            return Err(NotKept::TooMany);
        }
        all.push(RegisteredCertificate {
            identity: identity.clone(),
            registered_at: at,
            stopped: None,
        });
        Ok(Self(all))
    }

    /// With every certificate of a key stopped.
    pub(super) fn stopped(&self, key: FileDigest, stop: &StoppedKey) -> Result<Self, NotKept> {
        let is_in_use =
            |one: &RegisteredCertificate| one.identity.key == key && one.stopped.is_none();
        if !self.0.iter().any(|one| one.identity.key == key) {
            return Err(NotKept::NoSuchKey);
        }
        if !self.0.iter().any(is_in_use) {
            return Err(NotKept::Stopped);
        }
        let mut all = self.0.clone();
        for one in all.iter_mut().filter(|one| is_in_use(one)) {
            one.stopped = Some(stop.clone());
        }
        Ok(Self(all))
    }
}
