//! The structure of a PKCS #12 file (RFC 7292): which bags lie in it, and how each is locked. Nothing is unlocked here.

use cms::content_info::ContentInfo;
use cms::encrypted_data::EncryptedData;
use const_oid::db::rfc5911::{
    ID_AES_128_CBC, ID_AES_192_CBC, ID_AES_256_CBC, ID_DATA, ID_ENCRYPTED_DATA,
};
use const_oid::db::rfc5912::{ID_SHA_256, ID_SHA_384, ID_SHA_512};
use der::asn1::{ContextSpecific, ObjectIdentifier, OctetString};
use der::{Decode, Encode};
use pkcs12::cert_type::CertBag;
use pkcs12::mac_data::MacData;
use pkcs12::pbe_params::{EncryptedPrivateKeyInfo, Pbes2Params, Pbkdf2Params};
use pkcs12::pfx::Pfx;
use pkcs12::safe_bag::SafeContents;
use sluice_shared::signature::der_of_ber;
use spki::AlgorithmIdentifierOwned;

use super::Pkcs12Error;

/// RFC 9579: a seal whose key comes by PBKDF2.
const PBMAC1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.14");
const PBES2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.13");
const PBKDF2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.12");
const HMAC_SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.2.9");
const HMAC_SHA_384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.2.10");
const HMAC_SHA_512: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.2.11");
/// More rounds than any tool writes; a file that asks for more only wants to keep the page busy.
const MOST_ROUNDS: u32 = 10_000_000;

/// A parsed file, still locked.
pub(super) struct Structure {
    /// The bytes that the seal is over.
    pub(super) sealed: Vec<u8>,
    /// None: the format allows a file without one. The locks still need the password, and a certificate still has to fit the key.
    pub(super) seal: Option<Seal>,
    pub(super) safes: Vec<Safe>,
}

/// The HMAC that shows the password right and the file whole.
pub(super) struct Seal {
    pub(super) hash: Hash,
    pub(super) salt: Vec<u8>,
    pub(super) rounds: i32,
    pub(super) digest: Vec<u8>,
}

#[derive(Clone, Copy)]
pub(super) enum Hash {
    Sha256,
    Sha384,
    Sha512,
}

pub(super) enum Safe {
    Open(Vec<u8>),
    Locked(Lock, Vec<u8>),
}

pub(super) enum Bag {
    PrivateKey(Lock, Vec<u8>),
    Certificate(Vec<u8>),
}

/// PBES2 with PBKDF2 and AES-CBC.
pub(super) struct Lock {
    pub(super) prf: Hash,
    pub(super) salt: Vec<u8>,
    pub(super) rounds: u32,
    pub(super) key_bits: u16,
    pub(super) iv: Vec<u8>,
}

impl Structure {
    pub(super) fn parse(file: &[u8]) -> Result<Self, Pkcs12Error> {
        let pfx = pfx(file)?;
        if pfx.auth_safe.content_type != ID_DATA {
            return Err(Pkcs12Error::NotPkcs12);
        }
        let sealed = pfx
            .auth_safe
            .content
            .decode_as::<OctetString>()?
            .into_bytes();
        let seal = pfx.mac_data.map(seal).transpose()?;
        let safes = parsed::<Vec<ContentInfo>>(&sealed)?
            .iter()
            .map(safe)
            .collect::<Result<_, _>>()?;
        Ok(Self {
            sealed,
            seal,
            safes,
        })
    }
}

/// The file as it came, or without the line end that a copy by way of text has left.
fn pfx(file: &[u8]) -> Result<Pfx, Pkcs12Error> {
    parsed(file)
        .or_else(|_| parsed(file.trim_ascii_end()))
        .map_err(|_| Pkcs12Error::told_by(file))
}

/// A value in DER, or in BER: the format allows it (RFC 7292, section 4), and Java's tools and Windows' older ones write it.
fn parsed<T: for<'a> Decode<'a>>(bytes: &[u8]) -> Result<T, Pkcs12Error> {
    T::from_der(bytes).or_else(|_| {
        let der = der_of_ber(bytes).ok_or(Pkcs12Error::NotPkcs12)?;
        T::from_der(&der).map_err(|_| Pkcs12Error::NotPkcs12)
    })
}

fn seal(mac: MacData) -> Result<Seal, Pkcs12Error> {
    let hash = match mac.mac.algorithm.oid {
        ID_SHA_256 => Hash::Sha256,
        ID_SHA_384 => Hash::Sha384,
        ID_SHA_512 => Hash::Sha512,
        PBMAC1 => return Err(Pkcs12Error::NewSeal),
        _ => return Err(Pkcs12Error::OtherLock),
    };
    if u32::try_from(mac.iterations).map_or(true, |rounds| rounds > MOST_ROUNDS) {
        return Err(Pkcs12Error::NotPkcs12);
    }
    Ok(Seal {
        hash,
        salt: mac.mac_salt.into_bytes(),
        rounds: mac.iterations,
        digest: mac.mac.digest.into_bytes(),
    })
}

fn safe(info: &ContentInfo) -> Result<Safe, Pkcs12Error> {
    match info.content_type {
        ID_DATA => Ok(Safe::Open(
            info.content.decode_as::<OctetString>()?.into_bytes(),
        )),
        ID_ENCRYPTED_DATA => {
            let locked = EncryptedData::from_der(&info.content.to_der()?)?.enc_content_info;
            let content = locked.encrypted_content.ok_or(Pkcs12Error::NotPkcs12)?;
            Ok(Safe::Locked(
                lock(&locked.content_enc_alg)?,
                content.into_bytes(),
            ))
        }
        _ => Err(Pkcs12Error::OtherLock),
    }
}

/// The private keys and certificates of an open safe; other bags are passed over.
pub(super) fn bags(contents: &[u8]) -> Result<Vec<Bag>, Pkcs12Error> {
    let mut bags = Vec::new();
    for bag in parsed::<SafeContents>(contents)? {
        if bag.bag_id == pkcs12::PKCS_12_KEY_BAG_OID {
            return Err(Pkcs12Error::KeyWithoutLock);
        }
        if bag.bag_id == pkcs12::PKCS_12_PKCS8_KEY_BAG_OID {
            let key = ContextSpecific::<EncryptedPrivateKeyInfo>::from_der(&bag.bag_value)?.value;
            bags.push(Bag::PrivateKey(
                lock(&key.encryption_algorithm)?,
                key.encrypted_data.into_bytes(),
            ));
        } else if bag.bag_id == pkcs12::PKCS_12_CERT_BAG_OID {
            let certificate = ContextSpecific::<CertBag>::from_der(&bag.bag_value)?.value;
            if certificate.cert_id == pkcs12::PKCS_12_X509_CERT_OID {
                bags.push(Bag::Certificate(certificate.cert_value.into_bytes()));
            }
        }
    }
    Ok(bags)
}

fn lock(algorithm: &AlgorithmIdentifierOwned) -> Result<Lock, Pkcs12Error> {
    let parameters = |algorithm: &AlgorithmIdentifierOwned, oid| {
        let given = algorithm
            .parameters
            .as_ref()
            .filter(|_| algorithm.oid == oid);
        given.cloned().ok_or(Pkcs12Error::OtherLock)
    };
    let scheme: Pbes2Params = parameters(algorithm, PBES2)?.decode_as()?;
    // Without a PRF the default is HMAC with SHA-1, which no browser is asked for here; the parameters then do not parse.
    let derivation: Pbkdf2Params = parameters(&scheme.kdf, PBKDF2)?
        .decode_as()
        .map_err(|_| Pkcs12Error::OtherLock)?;
    let prf = match derivation.prf.oid {
        HMAC_SHA_256 => Hash::Sha256,
        HMAC_SHA_384 => Hash::Sha384,
        HMAC_SHA_512 => Hash::Sha512,
        _ => return Err(Pkcs12Error::OtherLock),
    };
    let key_bits = match scheme.encryption.oid {
        ID_AES_128_CBC => 128,
        ID_AES_192_CBC => 192,
        ID_AES_256_CBC => 256,
        _ => return Err(Pkcs12Error::OtherLock),
    };
    let iv = parameters(&scheme.encryption, scheme.encryption.oid)?
        .decode_as::<OctetString>()?
        .into_bytes();
    if derivation.iteration_count > MOST_ROUNDS {
        return Err(Pkcs12Error::NotPkcs12);
    }
    Ok(Lock {
        prf,
        salt: derivation.salt.into_bytes(),
        rounds: derivation.iteration_count,
        key_bits,
        iv,
    })
}

#[cfg(test)]
#[path = "structure_test.rs"]
mod tests;
