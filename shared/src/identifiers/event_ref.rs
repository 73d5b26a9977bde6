//! Quarantine event references.

use std::cmp::Ordering;
use std::fmt;

use super::inline_text::InlineText;
use super::text_form;

/// The reference of a quarantine event: 1 to 20 decimal digits, which is more than a `u64` holds.
///
/// Text, never a number: two references are the same when they are written the same (`01203` is not `1203`). They sort by
/// value, then by text. Copied without an allocation.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct QuarantineEventRef(InlineText<20>);

/// Why a text is not a quarantine event reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QuarantineEventRefError {
    /// No text at all.
    #[error("is empty")]
    Empty,
    /// Something else than the digits 0 to 9.
    #[error("has something else than digits in it")]
    NotDigits,
    /// More than 20 digits.
    #[error("has {0} digits, and a quarantine event reference has 20 at most")]
    TooLong(usize),
}

impl QuarantineEventRef {
    /// Reads 1 to 20 digits.
    pub fn parse(text: &str) -> Result<Self, QuarantineEventRefError> {
        Self::parse_bytes(text.as_bytes())
    }

    /// As [`QuarantineEventRef::parse`], from bytes that need not be text.
    pub fn parse_bytes(bytes: &[u8]) -> Result<Self, QuarantineEventRefError> {
        if bytes.is_empty() {
            return Err(QuarantineEventRefError::Empty);
        }
        if !bytes.iter().all(u8::is_ascii_digit) {
            return Err(QuarantineEventRefError::NotDigits);
        }
        InlineText::new(bytes)
            .map(Self)
            .ok_or(QuarantineEventRefError::TooLong(bytes.len()))
    }

    /// The digits, as they were written.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The digits, as they were written.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// The value, for sorting and for showing; never for telling two references apart.
    pub fn value(&self) -> u128 {
        self.0
            .as_bytes()
            .iter()
            .fold(0, |value, digit| value * 10 + u128::from(digit - b'0'))
    }
}

impl Ord for QuarantineEventRef {
    fn cmp(&self, other: &Self) -> Ordering {
        self.value()
            .cmp(&other.value())
            .then_with(|| self.as_str().cmp(other.as_str()))
    }
}

impl PartialOrd for QuarantineEventRef {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for QuarantineEventRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for QuarantineEventRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

text_form!(
    QuarantineEventRef,
    QuarantineEventRefError,
    "The reference of a quarantine event: 1 to 20 digits, as text",
    "18446744073709551617",
    "^[0-9]{1,20}$"
);
