//! Identifiers: monospaced, breakable at hyphens and colons.

use leptos::{html::*, prelude::*};

/// Shows an identifier so that a narrow column breaks it after `-` and `:` only.
pub fn identifier(text: &str) -> AnyView {
    let parts: Vec<AnyView> = text
        .split_inclusive(['-', ':'])
        .map(|part| (part.to_owned(), wbr()).into_any())
        .collect();
    span().class("app-identifier").child(parts).into_any()
}
