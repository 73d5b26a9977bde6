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

/// The same bytes in the browser's own hands. A chosen file stays a reference to the one on disk, also where it is kept in `IndexedDB`, and
/// cannot be read once that has changed. The bytes do not pass through WebAssembly's memory.
///
/// # Errors
/// Where the file was moved, changed or removed since it was chosen.
pub async fn copy_of(file: &Blob) -> Result<Blob, JsValue> {
    let buffer = JsFuture::from(file.array_buffer()).await?;
    Blob::new_with_buffer_source_sequence(&js_sys::Array::of1(&buffer))
}

/// A file of these bytes.
pub fn file_of(bytes: &[u8]) -> Blob {
    gloo_file::Blob::new(bytes).into()
}
