//! EUI-64: the identifier of a User and of a device.

use std::fmt;

use super::text_form;

/// An IEEE EUI-64. Read as `90-B3-D5-1F-30-01-00-00` in either case, or as 16 bare hex digits; written hyphenated, upper case.
///
/// A **User ID** is an EUI-64 of an organisation; a device has one too.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Eui64(u64);

/// Why a text is not an EUI-64.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Eui64Error {
    /// Neither 23 nor 16 characters.
    #[error("has {0} characters; an EUI-64 has eight pairs of hex digits joined by hyphens")]
    Length(usize),
    /// A character that is not a hex digit, or a hyphen where none belongs.
    #[error("has a character at place {0} that does not belong in an EUI-64")]
    Character(usize),
}

impl Eui64 {
    /// The EUI-64 with this value, first byte highest.
    pub const fn new(value: u64) -> Self {
        Self(value)
    }

    /// Reads the hyphenated or the bare form.
    pub fn parse(text: &str) -> Result<Self, Eui64Error> {
        Self::parse_bytes(text.as_bytes())
    }

    /// As [`Eui64::parse`], from bytes that need not be text.
    pub fn parse_bytes(bytes: &[u8]) -> Result<Self, Eui64Error> {
        let (value, met) = match bytes.len() {
            HYPHENATED => pairs::<3>(bytes),
            16 => pairs::<2>(bytes),
            _ => return Err(fault(bytes)),
        };
        if met & NOT_HEX == 0 {
            Ok(Self(value))
        } else {
            Err(fault(bytes))
        }
    }

    /// Reads only what `Display` writes: hyphenated, upper case.
    pub(crate) fn parse_written(bytes: &[u8; HYPHENATED]) -> Option<Self> {
        let (value, met) = pairs::<3>(bytes);
        (met & (NOT_HEX | LOWER) == 0).then_some(Self(value))
    }

    /// The value as a number, first byte highest.
    pub const fn value(self) -> u64 {
        self.0
    }
}

/// Bytes of the hyphenated form.
pub(crate) const HYPHENATED: usize = 23;

const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
const NOT_HEX: u8 = 0x80;
const LOWER: u8 = 0x40;

/// The value of each hex digit, with `LOWER` for one in lower case; `NOT_HEX` for all else.
static HEX: [u8; 256] = {
    let mut table = [NOT_HEX; 256];
    let mut digit = 0;
    while digit < 10 {
        table[b'0' as usize + digit as usize] = digit;
        digit += 1;
    }
    while digit < 16 {
        table[b'a' as usize + digit as usize - 10] = digit | LOWER;
        table[b'A' as usize + digit as usize - 10] = digit;
        digit += 1;
    }
    table
};

/// The value of pairs of hex digits that begin every `STEP` bytes, and the marks of all that was met on the way.
fn pairs<const STEP: usize>(bytes: &[u8]) -> (u64, u8) {
    let mut value = 0;
    let mut met = 0;
    for pair in bytes.chunks(STEP) {
        let (high, low) = (HEX[usize::from(pair[0])], HEX[usize::from(pair[1])]);
        met |= high | low;
        // A chunk of three ends in the hyphen; the last chunk has none.
        if pair.len() == 3 && pair[2] != b'-' {
            met |= NOT_HEX;
        }
        value = value << 8 | u64::from(high << 4 | low & 15);
    }
    (value, met)
}

/// Why this is no EUI-64. Characters are counted, as people count them, not bytes.
fn fault(bytes: &[u8]) -> Eui64Error {
    let text = String::from_utf8_lossy(bytes);
    let hyphens = match text.chars().count() {
        HYPHENATED => true,
        16 => false,
        other => return Eui64Error::Length(other),
    };
    let fits = |(place, character): (usize, char)| {
        if hyphens && place % 3 == 2 {
            character == '-'
        } else {
            character.is_ascii_hexdigit()
        }
    };
    let bad = text.chars().enumerate().position(|item| !fits(item));
    Eui64Error::Character(bad.map_or(1, |place| place + 1))
}

impl fmt::Display for Eui64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = [b'-'; 23];
        for (pair, byte) in text.chunks_mut(3).zip(self.0.to_be_bytes()) {
            pair[0] = DIGITS[usize::from(byte >> 4)];
            pair[1] = DIGITS[usize::from(byte & 15)];
        }
        f.pad(std::str::from_utf8(&text).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Debug for Eui64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

text_form!(
    Eui64,
    Eui64Error,
    "An EUI-64: a User ID or a device",
    "90-B3-D5-1F-30-01-00-00",
    "^([0-9A-Fa-f]{2}(-[0-9A-Fa-f]{2}){7}|[0-9A-Fa-f]{16})$"
);
