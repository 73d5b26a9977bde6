//! A signing key that comes in a PKCS #12 file (`.p12`, `.pfx`).
//!
//! The browser itself unlocks the private key (`unwrapKey`), as a key that cannot be extracted: its bytes never pass
//! through this page. `WebCrypto` knows PBES2 with AES, which OpenSSL 3, Windows and current tools write; older
//! files (RC2, triple DES, SHA-1) are turned away with the command that converts them.

mod structure;

use js_sys::Uint8Array;
use pkcs12::kdf::{Pkcs12KeyType, derive_key_utf8};
use sha2::{Sha256, Sha384, Sha512};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::CryptoKey;

use self::structure::{Bag, Hash, Lock, Safe, Seal, Structure};
use super::webcrypto::{CryptoError, object, p256, subtle, usages};

/// Why a PKCS #12 file gave no key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Pkcs12Error {
    /// Not a PKCS #12 file, or a damaged one.
    #[error(
        "This is not a PKCS #12 file. Choose the .p12 or .pfx file that holds your key and certificate."
    )]
    NotPkcs12,
    /// A key or a certificate as text.
    #[error(
        "This file is PEM, not PKCS #12. Put your key and its certificate into one PKCS #12 file with OpenSSL 3: \
         openssl pkcs12 -export -inkey key.pem -in certificate.pem -out new.p12."
    )]
    Pem,
    /// The format of Java before PKCS #12.
    #[error(
        "This is a Java keystore (JKS). Convert it: \
         keytool -importkeystore -srckeystore old.jks -destkeystore new.p12 -deststoretype PKCS12."
    )]
    JavaKeystore,
    /// The seal does not fit.
    #[error("The password does not open this file. Check it and try again.")]
    WrongPassword,
    /// Locked in a way that browsers do not open.
    #[error(
        "This file is locked in a way that browsers do not open. Convert it with OpenSSL 3: \
         openssl pkcs12 -legacy -in old.p12 -out both.pem -noenc, then openssl pkcs12 -export -in both.pem -out new.p12. \
         Delete both.pem afterwards: it holds your key without a lock."
    )]
    OtherLock,
    /// Sealed by PBMAC1 (RFC 9579).
    #[error(
        "This file is sealed in a new way (PBMAC1) that this page does not know. Export it again without that; with OpenSSL, \
         without -pbmac1_pbkdf2."
    )]
    NewSeal,
    /// The certificates may be locked, the key is not.
    #[error(
        "The key in this file has no lock: the password protects nothing but its seal. Export the key again so that the password \
         locks it; with OpenSSL, without -keypbe NONE."
    )]
    KeyWithoutLock,
    /// No key in it, or more than one.
    #[error("This file holds {0} private keys. It must hold exactly one.")]
    NotOneKey(usize),
    #[error(
        "The key in this file is not an ECDSA P-256 key, the kind that this page signs with. Sign with it elsewhere: see Help."
    )]
    OtherKind,
    #[error(transparent)]
    Crypto(#[from] CryptoError),
}

impl From<der::Error> for Pkcs12Error {
    fn from(_: der::Error) -> Self {
        Self::NotPkcs12
    }
}

const PEM: &[u8] = b"-----BEGIN ";

impl Pkcs12Error {
    /// What a file is that is no PKCS #12, where its beginning tells.
    fn told_by(file: &[u8]) -> Self {
        // Other text may stand above it.
        let mut start = file.windows(PEM.len()).take(4_096);
        if start.any(|text| text == PEM) {
            Self::Pem
        } else if file.starts_with(&[0xfe, 0xed, 0xfe, 0xed]) {
            Self::JavaKeystore
        } else {
            Self::NotPkcs12
        }
    }
}

/// What a PKCS #12 file holds.
pub(super) struct Imported {
    /// Not extractable.
    pub(super) key: CryptoKey,
    /// The certificates, DER, in the file's order.
    pub(super) certificates: Vec<Vec<u8>>,
}

/// Opens a PKCS #12 file with its password.
pub(super) async fn open(file: &[u8], password: &str) -> Result<Imported, Pkcs12Error> {
    let structure = Structure::parse(file)?;
    if let Some(seal) = &structure.seal {
        check(seal, &structure.sealed, password).await?;
    }
    let is_sealed = structure.seal.is_some();
    let mut keys = Vec::new();
    let mut certificates = Vec::new();
    for safe in structure.safes {
        let (contents, is_open) = match safe {
            Safe::Open(contents) => (contents, true),
            Safe::Locked(lock, ciphertext) => (decrypt(&lock, &ciphertext, password).await?, false),
        };
        let bags = structure::bags(&contents).map_err(|error| match error {
            // By chance another password opens a lock to nonsense, and there is no seal that would have told.
            Pkcs12Error::NotPkcs12 if !is_open && !is_sealed => Pkcs12Error::WrongPassword,
            other => other,
        })?;
        for bag in bags {
            match bag {
                Bag::PrivateKey(lock, ciphertext) => keys.push((lock, ciphertext)),
                Bag::Certificate(der) => certificates.push(der),
            }
        }
    }
    let [(lock, ciphertext)] = keys.as_slice() else {
        return Err(Pkcs12Error::NotOneKey(keys.len()));
    };
    Ok(Imported {
        key: unwrap(lock, ciphertext, password).await?,
        certificates,
    })
}

impl Hash {
    const fn name(self) -> &'static str {
        match self {
            Self::Sha256 => "SHA-256",
            Self::Sha384 => "SHA-384",
            Self::Sha512 => "SHA-512",
        }
    }
}

/// RFC 7292, section 5.1: the seal is checked before anything is unlocked.
async fn check(seal: &Seal, sealed: &[u8], password: &str) -> Result<(), Pkcs12Error> {
    let (salt, rounds) = (&seal.salt, seal.rounds);
    let key = match seal.hash {
        Hash::Sha256 => derive_key_utf8::<Sha256>(password, salt, Pkcs12KeyType::Mac, rounds, 32),
        Hash::Sha384 => derive_key_utf8::<Sha384>(password, salt, Pkcs12KeyType::Mac, rounds, 48),
        Hash::Sha512 => derive_key_utf8::<Sha512>(password, salt, Pkcs12KeyType::Mac, rounds, 64),
    };
    // The format cannot say characters outside the basic plane, so no such password is right.
    let key = Uint8Array::from(key.map_err(|_| Pkcs12Error::WrongPassword)?.as_slice());
    let hmac = object(&[("name", "HMAC".into()), ("hash", seal.hash.name().into())]);
    let subtle = subtle()?;
    let key = subtle
        .import_key_with_object("raw", &key, &hmac, false, &usages(&["verify"]))
        .map_err(CryptoError::from)?;
    let key: CryptoKey = JsFuture::from(key)
        .await
        .map_err(CryptoError::from)?
        .unchecked_into();
    let verdict =
        subtle.verify_with_object_and_u8_array_and_u8_array(&hmac, &key, &seal.digest, sealed);
    let verdict = JsFuture::from(verdict.map_err(CryptoError::from)?)
        .await
        .map_err(CryptoError::from)?;
    if verdict.is_truthy() {
        Ok(())
    } else {
        Err(Pkcs12Error::WrongPassword)
    }
}

async fn decrypt(lock: &Lock, ciphertext: &[u8], password: &str) -> Result<Vec<u8>, Pkcs12Error> {
    let key = lock_key(lock, password, "decrypt").await?;
    let content = subtle()?
        .decrypt_with_object_and_u8_array(&aes(lock), &key, ciphertext)
        .map_err(CryptoError::from)?;
    let content = JsFuture::from(content)
        .await
        .map_err(|_| Pkcs12Error::WrongPassword)?;
    Ok(Uint8Array::new(&content).to_vec())
}

async fn unwrap(lock: &Lock, ciphertext: &[u8], password: &str) -> Result<CryptoKey, Pkcs12Error> {
    let key = lock_key(lock, password, "unwrapKey").await?;
    let unwrapped = subtle()?
        .unwrap_key_with_u8_array_and_object_and_object(
            "pkcs8",
            ciphertext,
            &key,
            &aes(lock),
            &p256(),
            false,
            &usages(&["sign"]),
        )
        .map_err(CryptoError::from)?;
    Ok(JsFuture::from(unwrapped)
        .await
        .map_err(|error| unwrap_error(&error))?
        .unchecked_into())
}

/// Why a key could not be unlocked: `WebCrypto` calls it an `OperationError` when the lock does not open, which the password of a file
/// without a seal may be to blame for, and a `DataError` when what was inside is no key of the kind that was asked for.
fn unwrap_error(error: &wasm_bindgen::JsValue) -> Pkcs12Error {
    let name = error
        .dyn_ref::<web_sys::DomException>()
        .map(web_sys::DomException::name);
    if name.as_deref() == Some("OperationError") {
        Pkcs12Error::WrongPassword
    } else {
        Pkcs12Error::OtherKind
    }
}

fn aes(lock: &Lock) -> js_sys::Object {
    object(&[
        ("name", "AES-CBC".into()),
        ("iv", Uint8Array::from(lock.iv.as_slice()).into()),
    ])
}

async fn lock_key(lock: &Lock, password: &str, usage: &str) -> Result<CryptoKey, CryptoError> {
    let subtle = subtle()?;
    let password = Uint8Array::from(password.as_bytes());
    let base = object(&[("name", "PBKDF2".into())]);
    let base =
        subtle.import_key_with_object("raw", &password, &base, false, &usages(&["deriveKey"]))?;
    let base: CryptoKey = JsFuture::from(base).await?.unchecked_into();
    let derivation = object(&[
        ("name", "PBKDF2".into()),
        ("hash", lock.prf.name().into()),
        ("salt", Uint8Array::from(lock.salt.as_slice()).into()),
        ("iterations", lock.rounds.into()),
    ]);
    let target = object(&[("name", "AES-CBC".into()), ("length", lock.key_bits.into())]);
    let key = subtle.derive_key_with_object_and_object(
        &derivation,
        &base,
        &target,
        false,
        &usages(&[usage]),
    )?;
    Ok(JsFuture::from(key).await?.unchecked_into())
}
