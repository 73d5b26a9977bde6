//! What people choose.

use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

/// The bytes of a file.
///
/// # Errors
/// Where the file was moved, changed or removed since it was chosen.
pub async fn bytes_of(file: &Blob) -> Result<Vec<u8>, JsValue> {
    let buffer = JsFuture::from(file.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// A file of these bytes.
pub fn file_of(bytes: &[u8]) -> Blob {
    gloo_file::Blob::new(bytes).into()
}
