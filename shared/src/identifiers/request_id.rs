//! Request IDs: which communication is meant.

use std::fmt;

use super::{Eui64, Eui64Error, text_form};

/// `ORIGINATOR:TARGET:COUNTER`, two EUI-64s and an unsigned 64-bit decimal without leading zeros.
///
/// The originator of a User's request is its User ID; the target is the device.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId {
    /// Who sent the request.
    pub originator: Eui64,
    /// The device that it is for.
    pub target: Eui64,
    /// The originator's message counter.
    pub counter: u64,
}

/// Why a text is not a Request ID.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RequestIdError {
    /// Not three parts joined by `:`.
    #[error("does not have three parts joined by colons: originator, target and counter")]
    Parts,
    /// The first part is not an EUI-64.
    #[error("has an originator that {0}")]
    Originator(Eui64Error),
    /// The second part is not an EUI-64.
    #[error("has a target that {0}")]
    Target(Eui64Error),
    /// The counter is not a decimal number.
    #[error("has a counter that is not a whole number")]
    Counter,
    /// The counter starts with a zero.
    #[error("has a counter with a leading zero")]
    CounterLeadingZero,
    /// The counter is above 18446744073709551615.
    #[error("has a counter that is above 18446744073709551615")]
    CounterTooLarge,
}

impl RequestId {
    /// Reads the text form.
    pub fn parse(text: &str) -> Result<Self, RequestIdError> {
        Self::parse_bytes(text.as_bytes())
    }

    /// As [`RequestId::parse`], from bytes that need not be text.
    pub fn parse_bytes(bytes: &[u8]) -> Result<Self, RequestIdError> {
        let (originator, target, counter) = parts(bytes).ok_or(RequestIdError::Parts)?;
        Ok(Self {
            originator: Eui64::parse_bytes(originator).map_err(RequestIdError::Originator)?,
            target: Eui64::parse_bytes(target).map_err(RequestIdError::Target)?,
            counter: parse_counter(counter)?,
        })
    }
}

fn parts(bytes: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    // Nearly every one is hyphenated, with its colons at fixed places; the search is for the others.
    if bytes.len() > 48 && bytes[23] == b':' && bytes[47] == b':' {
        return Some((&bytes[..23], &bytes[24..47], &bytes[48..]));
    }
    let first = bytes.iter().position(|byte| *byte == b':')?;
    let second = first + 1 + bytes[first + 1..].iter().position(|byte| *byte == b':')?;
    Some((
        &bytes[..first],
        &bytes[first + 1..second],
        &bytes[second + 1..],
    ))
}

fn parse_counter(digits: &[u8]) -> Result<u64, RequestIdError> {
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return Err(RequestIdError::Counter);
    }
    if digits.len() > 1 && digits[0] == b'0' {
        return Err(RequestIdError::CounterLeadingZero);
    }
    digits
        .iter()
        .try_fold(0_u64, |value, digit| {
            value.checked_mul(10)?.checked_add(u64::from(digit - b'0'))
        })
        .ok_or(RequestIdError::CounterTooLarge)
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.originator, self.target, self.counter)
    }
}

impl fmt::Debug for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

text_form!(
    RequestId,
    RequestIdError,
    "A Request ID: originator, target and counter",
    "90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:1000",
    "^([0-9A-Fa-f]{2}(-[0-9A-Fa-f]{2}){7}|[0-9A-Fa-f]{16}):([0-9A-Fa-f]{2}(-[0-9A-Fa-f]{2}){7}|[0-9A-Fa-f]{16}):(0|[1-9][0-9]{0,19})$"
);
