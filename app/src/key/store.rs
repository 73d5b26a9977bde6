//! The signing key of each person who uses this browser, in `IndexedDB`.

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::CryptoKey;

use crate::keep::{self, KeepError, ObjectStore};
use crate::key::webcrypto::object;

/// A private key in this browser, with or without the certificate that makes it useful.
#[derive(Clone, Debug)]
pub struct KeptKey {
    /// The private key: the browser signs with it and gives it to nobody, this page included.
    pub private: CryptoKey,
    /// Its public key, DER `SubjectPublicKeyInfo`.
    pub spki: Vec<u8>,
    /// The certificate request made for it, PEM; none for an imported key.
    pub request: Option<String>,
    /// The certificate and those above it, each DER, the key's own first; empty until it is installed.
    pub chain: Vec<Vec<u8>>,
}

/// The key of `person` (the id they sign in with), if this browser has one.
pub(super) async fn load(person: &str) -> Result<Option<KeptKey>, KeepError> {
    Ok(keep::get(ObjectStore::Keys, person)
        .await?
        .and_then(|value| parse_kept_key(&value)))
}

/// How far somebody has come with a key in this browser.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeyProgress {
    #[default]
    None,
    /// A key, whose certificate is still to come.
    Key,
    Certificate,
}

/// How far `person` has come.
pub async fn progress(person: &str) -> Result<KeyProgress, KeepError> {
    Ok(match load(person).await? {
        None => KeyProgress::None,
        Some(kept) if kept.chain.is_empty() => KeyProgress::Key,
        Some(_) => KeyProgress::Certificate,
    })
}

/// Keeps the key of `person`, in place of an earlier one.
pub(super) async fn save(person: &str, key: &KeptKey) -> Result<(), KeepError> {
    // Until its certificate comes, days may go by in which the browser cleans up.
    keep::ask_to_persist();
    keep::put(ObjectStore::Keys, person, &write(key)).await
}

/// Removes the key of `person`. Nothing brings it back.
pub(super) async fn remove(person: &str) -> Result<(), KeepError> {
    keep::remove(ObjectStore::Keys, person).await
}

fn write(key: &KeptKey) -> Object {
    let chain: Array = key
        .chain
        .iter()
        .map(|der| JsValue::from(Uint8Array::from(der.as_slice())))
        .collect();
    object(&[
        ("private", key.private.clone().into()),
        ("spki", Uint8Array::from(key.spki.as_slice()).into()),
        (
            "request",
            key.request
                .as_deref()
                .map_or(JsValue::NULL, JsValue::from_str),
        ),
        ("chain", chain.into()),
    ])
}

fn parse_kept_key(value: &JsValue) -> Option<KeptKey> {
    let member = |name| Reflect::get(value, &JsValue::from_str(name)).ok();
    let bytes = |value: JsValue| Uint8Array::new(&value).to_vec();
    Some(KeptKey {
        private: member("private")?.dyn_into().ok()?,
        spki: bytes(member("spki")?),
        request: member("request")?.as_string(),
        chain: Array::from(&member("chain")?).iter().map(bytes).collect(),
    })
}
