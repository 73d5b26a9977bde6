use serde::{Deserialize, Serialize};

use crate::identifiers::text_schema;

/// Where the next page of a list starts. Opaque: only the function that gave it reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Cursor(String);

/// The text cannot be a cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a cursor is 1 to 1,024 letters, digits, hyphens and underscores, as the answer before gave it"
)]
pub struct CursorError;

impl Cursor {
    /// Reads a cursor: what is safe in an address without escaping.
    pub fn parse(text: &str) -> Result<Self, CursorError> {
        let safe = text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        if safe && (1..=1_024).contains(&text.len()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(CursorError)
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Cursor {
    type Error = CursorError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Cursor> for String {
    fn from(cursor: Cursor) -> Self {
        cursor.0
    }
}

text_schema!(
    Cursor,
    "Where the next page of a list starts. Opaque: only the function that gave it reads it.",
    "eyJwayI6IkFMTCJ9",
    "^[A-Za-z0-9_-]{1,1024}$"
);

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// Where the next page starts; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// A list that fits on one page.
    pub const fn only(items: Vec<T>) -> Self {
        Self { items, next: None }
    }

    /// This page after those that were loaded before it, as one.
    #[must_use]
    pub fn after(self, before: Option<Self>) -> Self {
        let mut items = before.map(|page| page.items).unwrap_or_default();
        items.extend(self.items);
        Self {
            items,
            next: self.next,
        }
    }
}
