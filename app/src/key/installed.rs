//! From no key to one that signs: making it, asking for its certificate, installing that, or importing both.

use std::future::Future;
use std::pin::Pin;

use sluice_shared::instant::UtcTime;
use sluice_shared::signature::{
    AssembleError, Certificate, CertificateError, CertificateSummary, DistinguishedName,
    KeyAlgorithm, RequestError, UnsignedRequest,
};

use super::store::KeptKey;
use super::webcrypto::{self, CryptoError};
use super::{Pkcs12Error, Validity, pkcs12, store};
use crate::keep::KeepError;
use crate::parts::{self, NotLoaded};

/// A key with its certificate: ready to sign.
#[derive(Clone, Debug)]
pub struct InstalledKey {
    kept: KeptKey,
    certificates: Vec<Certificate>,
}

/// What this browser has for a person.
#[derive(Clone, Debug)]
pub enum KeyState {
    Absent,
    /// A key whose certificate has not come yet.
    Waiting(KeptKey),
    /// A key that can sign.
    Installed(InstalledKey),
}

/// Why a key could not be made, installed or used.
#[derive(Clone, Debug, thiserror::Error)]
pub enum KeyError {
    #[error(transparent)]
    Keep(#[from] KeepError),
    #[error(transparent)]
    Crypto(#[from] CryptoError),
    /// A PKCS #12 file gave no key.
    #[error(transparent)]
    Pkcs12(#[from] Pkcs12Error),
    #[error("The certificate could not be read: {0}.")]
    Certificate(#[from] CertificateError),
    #[error("The certificate request could not be made: {0}.")]
    Request(#[from] RequestError),
    /// Files with certificates, and keys with them, are opened by a part of the page of its own.
    #[error(
        "The part of the page that opens such files could not be loaded. Check your network and try again."
    )]
    NotLoaded,
    /// Making a key is a part of the page of its own.
    #[error(
        "The part of the page that makes keys could not be loaded. Check your network and try again."
    )]
    NoWayToMake,
    /// Nobody can be named so in a certificate.
    #[error("“{0}” cannot be the name in a certificate.")]
    NotAName(String),
    /// There is no key that a certificate could belong to: it was there when its request was made.
    #[error(
        "The key that this certificate was requested for is not in this browser any more: the browser has thrown it away, or its data \
         were cleared. The certificate cannot be used. Make a new key and send its request."
    )]
    NoKey,
    /// Signing is a part of the page of its own.
    #[error(
        "The part of the page that signs could not be loaded. Check your network and try again."
    )]
    NoWayToSign,
    /// There is no key, or it has no certificate: there was one when the page was opened.
    #[error(
        "There is no signing key with a certificate in this browser any more. Set one up under Signing key, then decide again."
    )]
    NothingToSignWith,
    /// The signature could not be put together.
    #[error("The signature could not be put together: {0}.")]
    Assemble(#[from] AssembleError),
    /// The certificate was issued for another key.
    #[error(
        "This certificate belongs to another key. Install the one that was issued for the request made in this browser."
    )]
    OtherKey,
    /// The certificate names somebody else.
    #[error(
        "This certificate names “{found}”. Yours must name “{expected}”: that is how you are registered."
    )]
    OtherSubject {
        /// Whom it names.
        found: String,
        /// Whom it should name.
        expected: String,
    },
}

impl InstalledKey {
    /// The certificate of the key, then those above it.
    pub fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    /// What a person needs to know of the certificate.
    pub fn summary(&self) -> CertificateSummary {
        self.certificates[0].summary()
    }

    /// How the certificate's time stands.
    pub fn validity(&self, now: UtcTime) -> Validity {
        Validity::of(&self.summary(), now)
    }

    /// The certificate request that the key came from; none for an imported key.
    pub fn request(&self) -> Option<&str> {
        self.kept.request.as_deref()
    }

    /// The key as it can sign; it comes back as it was where it has no certificate that can be read.
    fn with_certificate(kept: KeptKey) -> Result<Self, KeptKey> {
        let certificates: Result<Vec<_>, _> = kept
            .chain
            .iter()
            .map(|der| Certificate::from_der(der))
            .collect();
        match certificates {
            Ok(certificates) if !certificates.is_empty() => Ok(Self { kept, certificates }),
            _ => Err(kept),
        }
    }
}

/// What this browser has for `person` (the id they sign in with).
pub async fn state(person: &str) -> Result<KeyState, KeyError> {
    let Some(kept) = store::load(person).await? else {
        return Ok(KeyState::Absent);
    };
    Ok(InstalledKey::with_certificate(kept).map_or_else(KeyState::Waiting, KeyState::Installed))
}

/// Signs `data` with ECDSA P-256 and SHA-256: raw `r‖s`, 64 bytes.
pub async fn sign(key: &InstalledKey, data: &[u8]) -> Result<Vec<u8>, KeyError> {
    Ok(webcrypto::sign(&key.kept.private, data).await?)
}

/// Makes a key for `person`, and the request for a certificate that names `subject`. An earlier key is replaced.
pub async fn make(person: String, subject: String) -> Result<KeptKey, KeyError> {
    match parts::make_key().await {
        Ok(make) => make(person, subject).await,
        Err(NotLoaded) => Err(KeyError::NoWayToMake),
    }
}

/// For the door of its part alone.
pub(crate) fn make_here(
    person: String,
    subject: String,
) -> Pin<Box<dyn Future<Output = Result<KeptKey, KeyError>>>> {
    Box::pin(async move { make_and_keep(&person, &subject).await })
}

async fn make_and_keep(person: &str, subject: &str) -> Result<KeptKey, KeyError> {
    let subject =
        &DistinguishedName::parse(subject).map_err(|_| KeyError::NotAName(subject.to_owned()))?;
    let (private, spki) = webcrypto::generate().await?;
    let unsigned = UnsignedRequest::new(subject, &spki)?;
    let signature = webcrypto::sign(&private, &unsigned.to_be_signed()).await?;
    let request = unsigned.assemble(&signature)?.to_pem();
    let kept = KeptKey {
        private,
        spki,
        request: Some(request),
        chain: Vec::new(),
    };
    store::save(person, &kept).await?;
    Ok(kept)
}

/// Installs the certificate that came for the key of `person`: PEM (with those above it, or without) or DER.
///
/// `subject` is whom it must name; none is known for people who are registered for nothing that is signed.
pub async fn install(
    person: &str,
    subject: Option<&str>,
    file: &[u8],
) -> Result<InstalledKey, KeyError> {
    let (person, subject) = (person.to_owned(), subject.map(str::to_owned));
    match parts::import().await {
        Ok(files) => (files.install)(person, subject, file.to_vec()).await,
        Err(NotLoaded) => Err(KeyError::NotLoaded),
    }
}

/// Imports a PKCS #12 file as the key of `person`. The private key stays out of this page's reach.
pub async fn import(
    person: String,
    subject: Option<String>,
    file: Vec<u8>,
    password: String,
) -> Result<InstalledKey, KeyError> {
    match parts::import().await {
        Ok(files) => (files.import)(person, subject, file, password).await,
        Err(NotLoaded) => Err(KeyError::NotLoaded),
    }
}

/// Reads the certificate in a file, of a key that is elsewhere.
pub async fn read_certificate(file: Vec<u8>) -> Result<Certificate, KeyError> {
    match parts::import().await {
        Ok(files) => Ok((files.certificate)(&file)?),
        Err(NotLoaded) => Err(KeyError::NotLoaded),
    }
}

/// What becomes of a file with a certificate.
type Opened = Pin<Box<dyn Future<Output = Result<InstalledKey, KeyError>>>>;

/// What opens files that hold certificates, and keys with them: for whom, whom the certificate must name, the file.
#[derive(Clone, Copy)]
pub(crate) struct KeyFiles {
    install: fn(String, Option<String>, Vec<u8>) -> Opened,
    /// And the password of the file.
    import: fn(String, Option<String>, Vec<u8>, String) -> Opened,
    /// The first certificate of a file.
    certificate: fn(&[u8]) -> Result<Certificate, CertificateError>,
}

impl KeyFiles {
    /// For the door of its part alone.
    pub(crate) const HERE: Self = Self {
        install: |person, subject, file| {
            Box::pin(async move { open_certificate(&person, subject.as_deref(), &file).await })
        },
        import: |person, subject, file, password| {
            Box::pin(async move { open_file(&person, subject.as_deref(), &file, &password).await })
        },
        certificate: Certificate::parse,
    };
}

async fn open_certificate(
    person: &str,
    subject: Option<&str>,
    file: &[u8],
) -> Result<InstalledKey, KeyError> {
    let kept = store::load(person).await?.ok_or(KeyError::NoKey)?;
    let certificates = Certificate::parse_chain(file)?;
    keep_with(person, subject, kept, &certificates).await
}

async fn open_file(
    person: &str,
    subject: Option<&str>,
    file: &[u8],
    password: &str,
) -> Result<InstalledKey, KeyError> {
    let imported = pkcs12::open(file, password).await?;
    let certificates = imported
        .certificates
        .iter()
        .map(|der| Certificate::from_der(der))
        .collect::<Result<Vec<_>, _>>()?;
    // Which certificate is the key's own: the one that verifies what the key signs.
    let probe = b"Sluice: which certificate is this key's?";
    let signature = webcrypto::sign(&imported.key, probe).await?;
    for certificate in certificates
        .iter()
        .filter(|certificate| certificate.key() == KeyAlgorithm::P256)
    {
        let spki = certificate.spki_der();
        if webcrypto::verifies(&spki, probe, &signature).await? {
            let kept = KeptKey {
                private: imported.key,
                spki,
                request: None,
                chain: Vec::new(),
            };
            return keep_with(person, subject, kept, &certificates).await;
        }
    }
    Err(KeyError::OtherKey)
}

/// Removes the key of `person` from this browser. Nothing brings it back.
pub async fn remove(person: &str) -> Result<(), KeyError> {
    Ok(store::remove(person).await?)
}

async fn keep_with(
    person: &str,
    subject: Option<&str>,
    kept: KeptKey,
    certificates: &[Certificate],
) -> Result<InstalledKey, KeyError> {
    let own = certificates
        .iter()
        .find(|certificate| certificate.is_for_key(&kept.spki))
        .ok_or(KeyError::OtherKey)?;
    let found = own.subject();
    let is_other = |expected: &&str| {
        !DistinguishedName::parse(expected).is_ok_and(|expected| expected.is_same_as(&found))
    };
    if let Some(expected) = subject.filter(is_other) {
        return Err(KeyError::OtherSubject {
            found: found.to_string(),
            expected: expected.to_owned(),
        });
    }
    let above = certificates
        .iter()
        .filter(|certificate| *certificate != own);
    let chain = std::iter::once(own)
        .chain(above)
        .map(|certificate| certificate.der().to_vec())
        .collect();
    let kept = KeptKey { chain, ..kept };
    store::save(person, &kept).await?;
    InstalledKey::with_certificate(kept).map_err(|_| KeyError::OtherKey)
}
