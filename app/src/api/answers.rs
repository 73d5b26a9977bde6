//! Answers that were fetched as bytes, to be moved to the worker whole.

use js_sys::{ArrayBuffer, Uint8Array};
use serde::de::DeserializeOwned;
use sluice_shared::json::read_json;

/// Reads JSON. As text first, like all other answers: serde has one reader for text and another for bytes, and the page would load both.
///
/// # Errors
/// In words for a report, not for people.
pub fn parse_json<T: DeserializeOwned>(answer: &ArrayBuffer) -> Result<T, String> {
    let text = String::from_utf8(Uint8Array::new(answer).to_vec());
    let text = text.map_err(|error| error.to_string())?;
    read_json(&text)
}
