//! Identifiers: monospaced, breakable at hyphens and colons; long hexadecimal numbers in groups.

use leptos::{html::*, prelude::*};

/// Shows an identifier so that a narrow column breaks it after `-` and `:` only.
pub fn identifier(text: &str) -> AnyView {
    let parts: Vec<AnyView> = text
        .split_inclusive(['-', ':'])
        .map(|part| (part.to_owned(), wbr()).into_any())
        .collect();
    span()
        .class("app-identifier app-breakable")
        .child(parts)
        .into_any()
}

/// A digest or a serial number in groups of eight, so that it can break and be compared by eye, and a button that copies it as
/// it is. `what` names it: "the digest".
pub fn hexadecimal(hex: &str, what: &str) -> AnyView {
    let groups = hex
        .as_bytes()
        .chunks(8)
        .map(String::from_utf8_lossy)
        .collect::<Vec<_>>()
        .join("-");
    (identifier(&groups), super::copy_button(hex, what)).into_any()
}
