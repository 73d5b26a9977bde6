//! Giving people a file.

use gloo_file::{Blob, ObjectUrl};
use wasm_bindgen::JsCast;
use web_sys::HtmlAnchorElement;

/// Long enough for the browser to start reading, in milliseconds.
const KEPT: u32 = 60_000;

/// Hands `bytes` to the browser as a download with this name and media type.
pub fn download(name: &str, media_type: &str, bytes: &[u8]) {
    download_blob(name, Blob::new_with_options(bytes, Some(media_type)));
}

/// The same for bytes that the browser has already.
pub fn download_blob(name: &str, bytes: impl Into<Blob>) {
    let address = ObjectUrl::from(bytes.into());
    let Ok(link) = super::document().create_element("a") else {
        return;
    };
    let link: HtmlAnchorElement = link.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // The address ends when it is dropped.
    super::after(KEPT, move || drop(address));
}
