//! `WebCrypto`, as far as signing keys need it: ECDSA on P-256 with SHA-256, and what a PKCS #12 file is locked with.

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, CryptoKeyPair, SubtleCrypto};

/// The browser refused a cryptographic operation.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CryptoError {
    /// Pages that did not come by HTTPS (or from this machine) get no cryptography.
    #[error("This browser offers no cryptography here. Open the page by https.")]
    Absent,
    #[error("The browser refused: {0}")]
    Refused(String),
}

impl From<JsValue> for CryptoError {
    fn from(value: JsValue) -> Self {
        let text = |name| {
            Reflect::get(&value, &JsValue::from_str(name))
                .ok()
                .and_then(|text| text.as_string())
        };
        let told = text("message")
            .filter(|text| !text.is_empty())
            .or_else(|| text("name"));
        Self::Refused(told.unwrap_or_else(|| "no reason was given".to_owned()))
    }
}

/// The browser's `SubtleCrypto`.
pub(super) fn subtle() -> Result<SubtleCrypto, CryptoError> {
    let crypto = web_sys::window()
        .ok_or(CryptoError::Absent)?
        .crypto()
        .map_err(|_| CryptoError::Absent)?;
    let subtle = crypto.subtle();
    if JsValue::from(subtle.clone()).is_undefined() {
        Err(CryptoError::Absent)
    } else {
        Ok(subtle)
    }
}

/// A new key pair: the private key cannot be extracted. With it, the public key as DER `SubjectPublicKeyInfo`.
pub(super) async fn generate() -> Result<(CryptoKey, Vec<u8>), CryptoError> {
    let subtle = subtle()?;
    let promise = subtle.generate_key_with_object(&p256(), false, &usages(&["sign", "verify"]))?;
    let pair: CryptoKeyPair = JsFuture::from(promise).await?.unchecked_into();
    let public = JsFuture::from(subtle.export_key("spki", &pair.get_public_key())?).await?;
    Ok((pair.get_private_key(), Uint8Array::new(&public).to_vec()))
}

/// Signs `data`: ECDSA with SHA-256, as raw `r‖s` (64 bytes).
pub(super) async fn sign(key: &CryptoKey, data: &[u8]) -> Result<Vec<u8>, CryptoError> {
    let signature =
        JsFuture::from(subtle()?.sign_with_object_and_u8_array(&ecdsa(), key, data)?).await?;
    Ok(Uint8Array::new(&signature).to_vec())
}

/// Whether `signature` (raw `r‖s`) over `data` is the work of the key whose DER `SubjectPublicKeyInfo` is `spki`.
pub(super) async fn verifies(
    spki: &[u8],
    data: &[u8],
    signature: &[u8],
) -> Result<bool, CryptoError> {
    let subtle = subtle()?;
    let spki = Uint8Array::from(spki);
    let key = subtle.import_key_with_object("spki", &spki, &p256(), false, &usages(&["verify"]))?;
    let key: CryptoKey = JsFuture::from(key).await?.unchecked_into();
    let verdict =
        subtle.verify_with_object_and_u8_array_and_u8_array(&ecdsa(), &key, signature, data)?;
    Ok(JsFuture::from(verdict).await?.is_truthy())
}

/// P-256, as `WebCrypto` names it.
pub(super) fn p256() -> Object {
    object(&[("name", "ECDSA".into()), ("namedCurve", "P-256".into())])
}

fn ecdsa() -> Object {
    object(&[("name", "ECDSA".into()), ("hash", "SHA-256".into())])
}

/// An algorithm's parameters.
pub(super) fn object(members: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in members {
        // Setting a member of a fresh plain object cannot fail.
        drop(Reflect::set(&object, &JsValue::from_str(name), value));
    }
    object
}

pub(super) fn usages(names: &[&str]) -> JsValue {
    names
        .iter()
        .map(|name| JsValue::from_str(name))
        .collect::<Array>()
        .into()
}
