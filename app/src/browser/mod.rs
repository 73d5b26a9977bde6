//! The few things that the page needs from the browser and Leptos has no word for.

mod download;
mod drops;
mod files;
mod focus;
mod letter_keys;
mod listen;
mod stay;
pub mod storage;
mod timers;

pub use download::{download, download_blob};
pub use drops::{listen_to_drops, stay_when_files_are_dropped};
pub use files::{bytes_of, copy_of, file_of};
pub use focus::{focus, focus_heading, heading_drawn, scroll_to};
pub use gloo_utils::{document, history, window};
pub use letter_keys::{is_letter_key, letter_keys_are_on, switch_letter_keys};
pub use listen::{listen, listen_to_clicks};
pub use stay::{KeepOpen, is_kept_open};
pub use timers::{after, now_millis, sleep, steady_millis};

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The element with this id, when it is on the page now.
pub fn element_by_id(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Scheme, host and port of the page.
pub fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// Path and query of the page as it is now.
pub fn path_and_query() -> String {
    let location = window().location();
    location.pathname().unwrap_or_default() + &location.search().unwrap_or_default()
}

/// Leaves the page for another address.
pub fn leave_for(address: &str) {
    // The only failure is an address that is none, and ours come from configuration that was read before.
    let _ = window().location().assign(address);
}

/// Random bytes from the browser's generator.
///
/// # Panics
/// In a worker, and where the browser has no generator.
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    window()
        .crypto()
        .and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes))
        .expect("every browser that runs WebAssembly has a random generator");
    bytes
}

/// SHA-256 by `WebCrypto`.
pub async fn sha256(bytes: &[u8]) -> Result<Vec<u8>, wasm_bindgen::JsValue> {
    let subtle = window().crypto()?.subtle();
    let array = js_sys::Uint8Array::from(bytes);
    let digest = wasm_bindgen_futures::JsFuture::from(
        subtle.digest_with_str_and_buffer_source("SHA-256", &array)?,
    )
    .await?;
    Ok(js_sys::Uint8Array::new(&digest).to_vec())
}

/// Changes the address shown, without loading anything.
pub fn replace_address(path: &str) {
    let _ = history().replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(path));
}
