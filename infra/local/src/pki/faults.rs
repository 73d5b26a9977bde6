//! Certificates that a file's signature must be refused with, one reason each, and RSA ones. For tests only.

use std::fs;
use std::io;
use std::path::Path;

use rcgen::{BasicConstraints, Issuer, KeyPair, KeyUsagePurpose, SubjectPublicKeyInfo};
use rsa::RsaPrivateKey;
use rsa::pkcs8::{EncodePrivateKey, EncodePublicKey, LineEnding};
use rsa::rand_core::OsRng;
use sluice_shared::signature::Certificate;
use time::{Duration, OffsetDateTime};

use super::authority::{self, Authority, Error, SIGNER, Validity, at, write};
use super::fault::Fault;
use super::subject::subject;
use crate::demo::people::Person;

/// Whom the faulty certificates name, so that nothing else is wrong with them: the first ARO of the supplier.
const NAME: (&str, &str) = ("Supplier ARO 1", "Large Supplier");

/// Opens the PKI in `folder`, or makes it at first start, with the certificates that must be refused.
pub fn open_with_faults(folder: &Path, now: OffsetDateTime) -> Result<Authority, Error> {
    let mut authority = Authority::open(folder, now)?;
    if !folder.join("faults").exists() {
        make(&authority, now)?;
        // One of them is revoked.
        authority.write_crls(now)?;
    }
    Ok(authority)
}

/// The faulty certificates that name a person, where a stack has any: they were registered while nothing was wrong with them.
pub fn faulty_certificates(state: &Path, person: &Person) -> io::Result<Vec<Certificate>> {
    let folder = state.join("pki/faults");
    if !folder.exists() || (person.name, person.organisation.name()) != NAME {
        return Ok(Vec::new());
    }
    let of_fault = |fault: Fault| {
        let pem = fs::read(folder.join(format!("{}.pem", fault.name())))?;
        Certificate::parse(&pem).map_err(io::Error::other)
    };
    Fault::ALL.into_iter().map(of_fault).collect()
}

fn make(authority: &Authority, now: OffsetDateTime) -> Result<(), Error> {
    // Made aside and moved at the end: a crash in between leaves no half set.
    let aside = authority.folder().join("faults.new");
    if aside.exists() {
        fs::remove_dir_all(&aside).map_err(at(&aside))?;
    }
    fs::create_dir_all(&aside).map_err(at(&aside))?;
    for fault in Fault::ALL {
        let (chain, key) = make_one(authority, fault, now, &aside)?;
        write(&aside.join(format!("{}.pem", fault.name())), &chain)?;
        write(&aside.join(format!("{}-key.pem", fault.name())), &key)?;
    }
    let place = authority.folder().join("faults");
    fs::rename(&aside, &place).map_err(at(&place))
}

/// Gives the chain and the key.
fn make_one(
    authority: &Authority,
    fault: Fault,
    now: OffsetDateTime,
    aside: &Path,
) -> Result<(String, String), Error> {
    let (name, organisation) = NAME;
    let named = subject(name, organisation);
    let year = Validity::year(now);
    let validity = match fault {
        Fault::Expired => Validity {
            from: now - Duration::days(366),
            until: now - Duration::days(1),
        },
        Fault::NotYetValid => Validity {
            from: now + Duration::days(30),
            until: year.until,
        },
        _ => year,
    };
    if let Fault::Rsa1024 | Fault::Rsa2048 = fault {
        let bits = if fault == Fault::Rsa1024 { 1024 } else { 2048 };
        let (public, key) = rsa_key(bits).map_err(|error| Error::File {
            path: fault.name().to_owned(),
            source: io::Error::other(error),
        })?;
        let issued = authority.issue(
            named,
            &SubjectPublicKeyInfo::from_der(&public)?,
            validity,
            SIGNER,
        )?;
        return Ok((issued.certificate + &authority.issuing, key));
    }
    let key = KeyPair::generate()?;
    let issued = match fault {
        Fault::WrongUsage => {
            authority.issue(named, &key, validity, &[KeyUsagePurpose::KeyEncipherment])?
        }
        Fault::WrongPerson => authority.issue(
            subject("Somebody Else", organisation),
            &key,
            validity,
            SIGNER,
        )?,
        Fault::UnknownRoot => {
            let root_key = KeyPair::generate()?;
            let root = authority::ca("Another root", BasicConstraints::Constrained(0), year);
            let certificate = root.self_signed(&root_key)?.pem();
            let issued = authority::issue(
                &Issuer::from_params(&root, &root_key),
                named,
                &key,
                validity,
                SIGNER,
            )?;
            return Ok((issued.certificate + &certificate, key.serialize_pem()));
        }
        _ => authority.issue(named, &key, validity, SIGNER)?,
    };
    if fault == Fault::Revoked {
        write(
            &aside.join("revoked-serial.hex"),
            &hex::encode(issued.serial.to_bytes()),
        )?;
    }
    Ok((issued.certificate + &authority.issuing, key.serialize_pem()))
}

/// Gives the public key (`SubjectPublicKeyInfo`) in DER and the private one in PEM.
fn rsa_key(bits: usize) -> Result<(Vec<u8>, String), Box<dyn std::error::Error + Send + Sync>> {
    let key = RsaPrivateKey::new(&mut OsRng, bits)?;
    let public = key.to_public_key().to_public_key_der()?;
    Ok((
        public.into_vec(),
        key.to_pkcs8_pem(LineEnding::LF)?.to_string(),
    ))
}
