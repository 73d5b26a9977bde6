//! What proves that a request came by the page's address: a word that CloudFront and the functions know.
use std::fmt;

use subtle::ConstantTimeEq;

/// Long enough that nobody guesses it, of letters and digits. It opens nothing by itself: whoever has it and a token can ask past CloudFront,
/// from a network address of their own choice.
#[derive(Clone, PartialEq, Eq)]
pub struct EdgeKey(String);

/// Why a text is no such key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it has to have at least {LEAST} letters and digits, and nothing else")]
pub struct NoEdgeKey;

const LEAST: usize = 32;

impl EdgeKey {
    /// As the template makes one.
    pub fn parse(text: &str) -> Result<Self, NoEdgeKey> {
        let is_plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if text.len() < LEAST || !is_plain {
            return Err(NoEdgeKey);
        }
        Ok(Self(text.to_owned()))
    }

    /// Whether a request says it. How much of it is right does not show in the time that this takes.
    pub fn is(&self, said: &[u8]) -> bool {
        self.0.as_bytes().ct_eq(said).into()
    }

    /// As [`EdgeKey::parse`] takes it.
    pub(super) fn to_environment(&self) -> String {
        self.0.clone()
    }
}

impl fmt::Debug for EdgeKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("EdgeKey")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_key_is_long_plain_and_not_shown() {
        let text = "0123456789abcdefghijABCDEFGHIJ01";
        let key = EdgeKey::parse(text).unwrap();
        assert!(key.is(text.as_bytes()));
        assert!(!key.is(&text.as_bytes()[1..]) && !key.is(b""));
        assert_eq!(format!("{key:?}"), "EdgeKey");
        for bad in [
            "",
            &text[1..],
            "0123456789abcdefghijABCDEFGHIJ0\n",
            "0123456789 abcdefghij ABCDEFGHIJ",
        ] {
            assert!(EdgeKey::parse(bad).is_err(), "{bad:?}");
        }
    }
}
