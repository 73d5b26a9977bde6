//! What ties together the log lines of one request, from the page to the last function.

use std::fmt;

use super::text_form;

/// The name of a request in the logs: 16 hexadecimal digits in lower case, chosen at random by whoever asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CorrelationId([u8; 8]);

/// The text is not 16 hexadecimal digits in lower case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("does not have 16 hexadecimal digits in lower case")]
pub struct CorrelationIdError;

impl CorrelationId {
    /// The header that carries it, both ways.
    pub const HEADER: &'static str = "x-correlation-id";

    /// The name made of these random bytes.
    pub const fn from_random(bytes: [u8; 8]) -> Self {
        Self(bytes)
    }

    /// Reads the text form. Nothing else may reach a log: what a caller makes up could forge a line.
    pub fn parse(text: &str) -> Result<Self, CorrelationIdError> {
        let mut bytes = [0; 8];
        let is_lower_case = !text.bytes().any(|byte| byte.is_ascii_uppercase());
        hex::decode_to_slice(text, &mut bytes)
            .ok()
            .filter(|()| is_lower_case)
            .map(|()| Self(bytes))
            .ok_or(CorrelationIdError)
    }
}

impl fmt::Display for CorrelationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

text_form!(
    CorrelationId,
    CorrelationIdError,
    "The name of a request in the logs",
    "9f86d081884c7d65",
    "^[0-9a-f]{16}$"
);

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let id = CorrelationId::from_random([0x9f, 0x86, 0, 1, 2, 3, 4, 0xff]);
        assert_eq!(CorrelationId::parse(&id.to_string()).unwrap(), id);
    }

    #[test]
    fn nothing_else_is_a_name() {
        for text in [
            "",
            "9f86d081884c7d6",
            "9F86D081884C7D65",
            "9f86d081884c7d65a",
            "9f86d081884c7d6\n",
        ] {
            assert!(CorrelationId::parse(text).is_err(), "{text:?}");
        }
    }
}
