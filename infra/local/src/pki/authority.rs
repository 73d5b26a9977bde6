//! The root, the issuing CA, and what it issues.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams,
    CertificateSigningRequestParams, DistinguishedName, IsCa, Issuer, KeyIdMethod, KeyPair,
    KeyUsagePurpose, PKCS_ECDSA_P256_SHA256, PublicKeyData, RevocationReason, RevokedCertParams,
    SerialNumber, SubjectPublicKeyInfo,
};
use time::{Duration, OffsetDateTime};

use super::fault::Fault;
use super::subject::subject;
use crate::demo::people::{PEOPLE, Person};
use crate::{files, random};

/// Why the demo PKI did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file of the PKI.
    #[error("{path} of the demo PKI: {source}. Start over with --fresh")]
    File {
        /// Which one.
        path: String,
        /// What is wrong with it.
        source: io::Error,
    },
    /// The person signs nothing.
    #[error("{0} is no ARO and no reviewer: only those have signing certificates")]
    SignsNothing(&'static str),
    /// The request cannot be read, or its own signature is wrong.
    #[error("The certificate request is not a valid PKCS #10 request: {0}")]
    Request(rcgen::Error),
    /// The request's key is of another kind.
    #[error("The demo CA issues certificates for P-256 keys only")]
    KeyKind,
    /// Making a key, certificate or list failed.
    #[error("The demo PKI: {0}")]
    Make(#[from] rcgen::Error),
}

/// A certificate and, where the PKI made it, its key.
#[derive(Debug, Clone)]
pub struct Issued {
    /// The certificate in PEM, and nothing else.
    pub certificate: String,
    /// The certificate's serial number.
    pub(super) serial: SerialNumber,
}

/// The demo certification authority.
pub struct Authority {
    folder: PathBuf,
    /// What everything chains to, in PEM.
    pub root: String,
    /// The issuing CA's certificate, in PEM.
    pub issuing: String,
    /// The revocation lists of both, in PEM.
    pub crls: String,
    /// The DCC's receipt signer: key in PEM (PKCS #8).
    pub receipt_key: String,
    /// The DCC's receipt signer: certificate and issuing CA, in PEM.
    pub receipt_certificate: String,
    issuer: Issuer<'static, KeyPair>,
}

impl std::fmt::Debug for Authority {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Authority")
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}

/// From when until when a certificate is good.
#[derive(Debug, Clone, Copy)]
pub(super) struct Validity {
    pub(super) from: OffsetDateTime,
    pub(super) until: OffsetDateTime,
}

impl Validity {
    /// A year; it starts a month early, so that a file that was signed last week is too old and nothing else.
    pub(super) fn year(now: OffsetDateTime) -> Self {
        Self {
            from: now - Duration::days(30),
            until: now + Duration::days(365),
        }
    }
}

impl Authority {
    /// Opens the PKI in `folder`, or makes it at first start.
    pub fn open(folder: &Path, now: OffsetDateTime) -> Result<Self, Error> {
        if !folder.join("root.pem").exists() {
            Self::make(folder, now)?;
        }
        let file = |name: &str| read_file(&folder.join(name));
        let issuing = file("issuing.pem")?;
        let mut authority = Self {
            folder: folder.to_owned(),
            root: file("root.pem")?,
            crls: String::new(),
            receipt_key: file("receipt-signer-key.pem")?,
            receipt_certificate: file("receipt-signer.pem")?,
            issuer: Issuer::from_ca_cert_pem(
                &issuing,
                KeyPair::from_pem(&file("issuing-key.pem")?)?,
            )?,
            issuing,
        };
        authority.write_crls(now)?;
        Ok(authority)
    }

    /// A certificate for the request's key, in the person's registered name: what the request says of names and
    /// extensions counts for nothing.
    pub fn issue_for_request(
        &self,
        person: &Person,
        request: &str,
        now: OffsetDateTime,
    ) -> Result<String, Error> {
        if person.signer_subject().is_none() {
            return Err(Error::SignsNothing(person.name));
        }
        let request = CertificateSigningRequestParams::from_pem(request).map_err(Error::Request)?;
        if *request.public_key.algorithm() != PKCS_ECDSA_P256_SHA256 {
            return Err(Error::KeyKind);
        }
        let name = subject(person.name, person.organisation.name());
        let issued = self.issue(name, &request.public_key, Validity::year(now), SIGNER)?;
        Ok(issued.certificate + &self.issuing)
    }

    /// A certificate of the DCC's receipt signer, with its issuing CA, for a key whose private half is elsewhere.
    pub fn issue_for_receipts(&self, spki: &[u8], now: OffsetDateTime) -> Result<String, Error> {
        let key = SubjectPublicKeyInfo::from_der(spki)?;
        let name = subject("Sluice receipts", "DCC");
        let issued = self.issue(name, &key, Validity::year(now), SIGNER)?;
        Ok(issued.certificate + &self.issuing)
    }

    pub(super) fn issue(
        &self,
        subject: DistinguishedName,
        key: &impl PublicKeyData,
        validity: Validity,
        usages: &[KeyUsagePurpose],
    ) -> Result<Issued, Error> {
        issue(&self.issuer, subject, key, validity, usages)
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    fn make(folder: &Path, now: OffsetDateTime) -> Result<(), Error> {
        for name in ["", "people"] {
            let path = folder.join(name);
            fs::create_dir_all(&path).map_err(at(&path))?;
        }
        let years = |years: i64| Validity {
            from: now - Duration::days(31),
            until: now + Duration::days(365 * years),
        };
        let root_key = KeyPair::generate()?;
        let root_params = ca(
            "Sluice demonstration root",
            BasicConstraints::Constrained(1),
            years(10),
        );
        let root = root_params.self_signed(&root_key)?.pem();
        let root_issuer = Issuer::from_params(&root_params, &root_key);
        let issuing_key = KeyPair::generate()?;
        let issuing_params = ca(
            "Sluice demonstration issuing CA",
            BasicConstraints::Constrained(0),
            years(5),
        );
        let issuing = issuing_params.signed_by(&issuing_key, &root_issuer)?.pem();
        let issuer = Issuer::from_params(&issuing_params, &issuing_key);

        for person in PEOPLE
            .iter()
            .filter(|person| person.signer_subject().is_some())
        {
            let key = KeyPair::generate()?;
            let name = subject(person.name, person.organisation.name());
            let leaf = issue(&issuer, name, &key, Validity::year(now), SIGNER)?;
            write(
                &folder.join(format!("people/{}.pem", person.id)),
                &(leaf.certificate + &issuing),
            )?;
            write(
                &folder.join(format!("people/{}-key.pem", person.id)),
                &key.serialize_pem(),
            )?;
        }
        let receipts = KeyPair::generate()?;
        let receipt_signer = issue(
            &issuer,
            subject("Sluice receipts", "DCC"),
            &receipts,
            years(5),
            SIGNER,
        )?;
        write(
            &folder.join("receipt-signer-key.pem"),
            &receipts.serialize_pem(),
        )?;
        write(
            &folder.join("receipt-signer.pem"),
            &(receipt_signer.certificate + &issuing),
        )?;
        write(&folder.join("root-key.pem"), &root_key.serialize_pem())?;
        write(
            &folder.join("issuing-key.pem"),
            &issuing_key.serialize_pem(),
        )?;
        write(&folder.join("issuing.pem"), &issuing)?;
        // Last: the root's certificate says that the PKI is whole.
        write(&folder.join("root.pem"), &root)
    }

    /// Writes the lists. Anew at each start, so that a list is never out of date. Good for 90 days.
    pub(super) fn write_crls(&mut self, now: OffsetDateTime) -> Result<(), Error> {
        let root_key = KeyPair::from_pem(&read_file(&self.folder.join("root-key.pem"))?)?;
        let root = Issuer::from_ca_cert_pem(&self.root, root_key)?;
        let revoked = Fault::revoked_serials(&self.folder).map_err(at(&self.folder))?;
        let crls = crl(&root, &[], now)? + &crl(&self.issuer, &revoked, now)?;
        write(&self.folder.join("crls.pem"), &crls)?;
        self.crls = crls;
        Ok(())
    }
}

/// What a file's signer may use a key for.
pub(super) const SIGNER: &[KeyUsagePurpose] = &[
    KeyUsagePurpose::DigitalSignature,
    KeyUsagePurpose::ContentCommitment,
];

pub(super) fn ca(
    name: &str,
    constraints: BasicConstraints,
    validity: Validity,
) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = subject(name, "Sluice demonstration");
    params.is_ca = IsCa::Ca(constraints);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.not_before = validity.from;
    params.not_after = validity.until;
    params.serial_number = Some(serial());
    params.use_authority_key_identifier_extension = true;
    params
}

pub(super) fn issue(
    issuer: &Issuer<'_, impl rcgen::SigningKey>,
    subject: DistinguishedName,
    key: &impl PublicKeyData,
    validity: Validity,
    usages: &[KeyUsagePurpose],
) -> Result<Issued, Error> {
    let serial = serial();
    let mut params = CertificateParams::default();
    params.distinguished_name = subject;
    params.is_ca = IsCa::ExplicitNoCa;
    params.key_usages = usages.to_vec();
    params.not_before = validity.from;
    params.not_after = validity.until;
    params.serial_number = Some(serial.clone());
    params.use_authority_key_identifier_extension = true;
    Ok(Issued {
        certificate: params.signed_by(key, issuer)?.pem(),
        serial,
    })
}

fn crl(
    issuer: &Issuer<'_, KeyPair>,
    revoked: &[Vec<u8>],
    now: OffsetDateTime,
) -> Result<String, Error> {
    let revoked_certs = revoked.iter().map(|serial| RevokedCertParams {
        serial_number: SerialNumber::from_slice(serial),
        revocation_time: now - Duration::hours(1),
        reason_code: Some(RevocationReason::KeyCompromise),
        invalidity_date: None,
    });
    let params = CertificateRevocationListParams {
        this_update: now - Duration::hours(1),
        next_update: now + Duration::days(90),
        crl_number: SerialNumber::from_slice(&now.unix_timestamp().to_be_bytes()),
        issuing_distribution_point: None,
        revoked_certs: revoked_certs.collect(),
        key_identifier_method: KeyIdMethod::Sha256,
    };
    Ok(params.signed_by(issuer)?.pem()?)
}

/// 127 random bits, positive and of full length (RFC 5280, section 4.1.2.2).
fn serial() -> SerialNumber {
    let mut bytes = random::bytes::<16>();
    bytes[0] = bytes[0] & 0x7f | 0x40;
    SerialNumber::from_slice(&bytes)
}

pub(super) fn write(path: &Path, content: &str) -> Result<(), Error> {
    files::write_secret(path, content.as_bytes()).map_err(at(path))
}

fn read_file(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path).map_err(at(path))
}

pub(super) fn at(path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.display().to_string();
    move |source| Error::File { path, source }
}
