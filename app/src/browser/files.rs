//! What people choose.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

/// As much as is copied at a time, in bytes: a blob is made of bytes on the page's own thread, 65 ms for a million rows at once.
const PIECE: f64 = 4_194_304.0;

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
    let pieces = Array::new();
    let (mut start, size) = (0.0, file.size());
    while start < size {
        let end = (start + PIECE).min(size);
        let piece = file.slice_with_f64_and_f64(start, end)?;
        let buffer = JsFuture::from(piece.array_buffer()).await?;
        let piece = Blob::new_with_buffer_source_sequence(&Array::of1(&buffer))?;
        pieces.push(&piece.into());
        start = end;
    }
    // Of blobs one is made without another copy.
    Blob::new_with_blob_sequence(&pieces)
}

/// A file of these bytes.
pub fn file_of(bytes: &[u8]) -> Blob {
    gloo_file::Blob::new(bytes).into()
}
