//! The structure of a PKCS #12 file (RFC 7292): which bags lie in it, and how each is locked. Nothing is unlocked here.

use cms::content_info::{CmsVersion, ContentInfo};
use const_oid::db::rfc5911::{
    ID_AES_128_CBC, ID_AES_192_CBC, ID_AES_256_CBC, ID_DATA, ID_ENCRYPTED_DATA,
};
use const_oid::db::rfc5912::{ID_SHA_256, ID_SHA_384, ID_SHA_512};
use der::asn1::{Any, ContextSpecific, ObjectIdentifier, OctetString, OctetStringRef};
use der::{Decode, Encode, Reader, Sequence, SliceReader, Tag, TagNumber, Tagged};
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
        let sealed = octets(&pfx.auth_safe.content)?;
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
        ID_DATA => Ok(Safe::Open(octets(&info.content)?)),
        ID_ENCRYPTED_DATA => {
            let locked = parsed::<LockedData>(&info.content.to_der()?)?.contents;
            Ok(Safe::Locked(
                lock(&locked.algorithm)?,
                joined(&locked.ciphertext)?,
            ))
        }
        _ => Err(Pkcs12Error::OtherLock),
    }
}

/// `EncryptedData` (RFC 5652, section 8), its content as it stands: in BER it may come in pieces.
#[derive(Sequence)]
struct LockedData {
    version: CmsVersion,
    contents: LockedContents,
    attributes: Option<Any>,
}

#[derive(Sequence)]
struct LockedContents {
    content_type: ObjectIdentifier,
    algorithm: AlgorithmIdentifierOwned,
    ciphertext: Any,
}

/// `[0] IMPLICIT OCTET STRING`. The tag does not say that its pieces are octet strings, so the way from BER to DER leaves them apart.
fn joined(ciphertext: &Any) -> Result<Vec<u8>, Pkcs12Error> {
    let Tag::ContextSpecific {
        constructed,
        number: TagNumber::N0,
    } = ciphertext.tag()
    else {
        return Err(Pkcs12Error::NotPkcs12);
    };
    if !constructed {
        return Ok(ciphertext.value().to_vec());
    }
    // Each piece may be in pieces itself.
    let whole_pieces = der_of_ber(&ciphertext.to_der()?).ok_or(Pkcs12Error::NotPkcs12)?;
    let whole_pieces = Any::from_der(&whole_pieces)?;
    let mut pieces = SliceReader::new(whole_pieces.value())?;
    let mut whole = Vec::new();
    while !pieces.is_finished() {
        whole.extend_from_slice(OctetStringRef::decode(&mut pieces)?.as_bytes());
    }
    Ok(whole)
}

/// What is in an octet string, which BER may have in pieces, too.
fn octets(string: &Any) -> Result<Vec<u8>, Pkcs12Error> {
    Ok(parsed::<OctetString>(&string.to_der()?)?.into_bytes())
}

/// The private keys and certificates of an open safe; other bags are passed over.
pub(super) fn bags(contents: &[u8]) -> Result<Vec<Bag>, Pkcs12Error> {
    let mut bags = Vec::new();
    for bag in parsed::<SafeContents>(contents)? {
        if bag.bag_id == pkcs12::PKCS_12_KEY_BAG_OID {
            return Err(Pkcs12Error::KeyWithoutLock);
        }
        if bag.bag_id == pkcs12::PKCS_12_PKCS8_KEY_BAG_OID {
            let key = parsed::<ContextSpecific<EncryptedPrivateKeyInfo>>(&bag.bag_value)?.value;
            bags.push(Bag::PrivateKey(
                lock(&key.encryption_algorithm)?,
                key.encrypted_data.into_bytes(),
            ));
        } else if bag.bag_id == pkcs12::PKCS_12_CERT_BAG_OID {
            let certificate = parsed::<ContextSpecific<CertBag>>(&bag.bag_value)?.value;
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
