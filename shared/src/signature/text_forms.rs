//! The forms that tools and editors give to what is DER inside: the bytes themselves, PEM, base64 alone; as UTF-8, with a
//! byte-order mark, or as the UTF-16 that consoles of Windows write.

use base64ct::{Base64, Encoding as _};
use der::Decode as _;

use super::pem;

/// A byte-order mark; editors put it before the first line, and joining files leaves it between blocks of PEM.
pub(super) const BYTE_ORDER_MARK: char = '\u{feff}';
/// The first byte of everything here that is DER or BER.
const SEQUENCE: u8 = 0x30;

/// What a file is at first sight.
pub(super) enum Form {
    /// Neither of the other two: DER, BER, or something that does not belong here.
    Bytes(Vec<u8>),
    /// Text with blocks of PEM in it, without a byte-order mark at its start.
    Pem(String),
    /// Other text.
    Text(String),
}

impl Form {
    /// What is large is not copied, unless it is UTF-16.
    pub(super) fn recognise(bytes: Vec<u8>) -> Self {
        let text = match utf16(&bytes) {
            Some(text) => text,
            None => match String::from_utf8(bytes) {
                Ok(text) => text,
                // A comment between blocks may be in the encoding of another time.
                Err(error)
                    if pem::looks_like_pem(error.as_bytes())
                        && !begins_as_der(error.as_bytes()) =>
                {
                    String::from_utf8_lossy(error.as_bytes()).into_owned()
                }
                Err(error) => return Self::Bytes(error.into_bytes()),
            },
        };
        let mut text = text;
        if text.starts_with(BYTE_ORDER_MARK) {
            text.drain(..BYTE_ORDER_MARK.len_utf8());
        }
        if pem::looks_like_pem(text.as_bytes()) {
            Self::Pem(text)
        } else if text.as_bytes().first() == Some(&SEQUENCE) {
            // Short DER can be text by chance, and nothing that is expected here begins with a 0.
            Self::Bytes(text.into_bytes())
        } else {
            Self::Text(text)
        }
    }
}

/// Text in base64, as mail programs and secret stores keep it.
pub(super) fn base64_text(text: &str) -> Option<String> {
    String::from_utf8(base64_body(text)?).ok()
}

/// Base64 of a SEQUENCE without the lines around it that make it PEM, as `openssl base64`, PowerShell and mail programs write it.
pub(super) fn base64_alone(text: &str) -> Option<Vec<u8>> {
    base64_body(text).filter(|body| body.first() == Some(&SEQUENCE))
}

fn base64_body(text: &str) -> Option<Vec<u8>> {
    let mut body: Vec<u8> = text
        .bytes()
        .filter(|byte| !byte.is_ascii_whitespace())
        .collect();
    let length = Base64::decode_in_place(&mut body).ok()?.len();
    body.truncate(length);
    Some(body)
}

/// Editors and consoles add a line end to what they save. Other bytes behind a value stay, and make it none.
pub(super) fn cut_line_end(bytes: &mut Vec<u8>) {
    if let Some(length) = whole_length(bytes)
        && bytes
            .get(length..)
            .is_some_and(|rest| rest.iter().all(u8::is_ascii_whitespace))
    {
        bytes.truncate(length);
    }
}

/// How long a value of definite length says that it is.
pub(super) fn whole_length(bytes: &[u8]) -> Option<usize> {
    let mut reader = der::SliceReader::new(bytes).ok()?;
    let header = der::Header::decode(&mut reader).ok()?;
    let start = usize::try_from(der::Reader::position(&reader)).ok()?;
    start.checked_add(usize::try_from(header.length).ok()?)
}

fn begins_as_der(bytes: &[u8]) -> bool {
    bytes.first() == Some(&SEQUENCE) && bytes.get(1).is_some_and(|length| *length >= 0x80)
}

/// The text of UTF-16, whose first character is a byte-order mark, or one of ASCII.
fn utf16(bytes: &[u8]) -> Option<String> {
    let little = match bytes {
        [0xff, 0xfe, ..] | [1..=0x7f, 0, 1..=0x7f, 0, ..] => true,
        [0xfe, 0xff, ..] | [0, 1..=0x7f, 0, 1..=0x7f, ..] => false,
        _ => return None,
    };
    let unit = |pair: &[u8]| match *pair {
        [first, second] if little => u16::from_le_bytes([first, second]),
        [first, second] => u16::from_be_bytes([first, second]),
        // Half a character at the end.
        _ => 0xd800,
    };
    char::decode_utf16(bytes.chunks(2).map(unit))
        .collect::<Result<_, _>>()
        .ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn pem_of(bytes: Vec<u8>) -> Option<Vec<u8>> {
        match Form::recognise(bytes) {
            Form::Pem(text) => pem::blocks(text.as_bytes(), &["CMS"])?.pop(),
            Form::Bytes(_) | Form::Text(_) => None,
        }
    }

    fn utf16(text: &str, bytes_of: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes_of).collect()
    }

    #[test]
    fn pem_is_read_in_every_encoding_that_editors_save_it_in() {
        let der = vec![SEQUENCE, 3, 1, 2, 3];
        let pem = pem::block("CMS", &der);
        let marked = format!("\u{feff}{pem}");
        for bytes in [
            pem.clone().into_bytes(),
            marked.clone().into_bytes(),
            format!("a comment\n{marked}").into_bytes(),
            utf16(&marked, u16::to_le_bytes),
            utf16(&marked, u16::to_be_bytes),
            utf16(&pem, u16::to_le_bytes),
            utf16(&pem, u16::to_be_bytes),
            [b"subject=O=Caf\xe9\n", pem.as_bytes()].concat(),
            format!("0 s:CN = Test\n{pem}").into_bytes(),
        ] {
            assert_eq!(pem_of(bytes.clone()), Some(der.clone()), "{bytes:?}");
        }
        let mut half = utf16(&marked, u16::to_le_bytes);
        half.pop();
        assert_eq!(pem_of(half), None);
    }

    #[test]
    fn der_stays_der_even_where_it_is_text_by_chance_or_names_pem() {
        let by_chance = vec![SEQUENCE, 3, 1, 2, 3];
        let mut naming_pem = vec![SEQUENCE, 0x81, 0x80];
        naming_pem.extend(b"-----BEGIN CMS-----");
        for bytes in [by_chance, naming_pem] {
            assert!(matches!(Form::recognise(bytes.clone()), Form::Bytes(same) if same == bytes));
        }
    }

    #[test]
    fn base64_alone_is_of_a_sequence_or_it_is_text() {
        assert_eq!(
            base64_alone("MAMB\r\nAgM=\n"),
            Some(vec![SEQUENCE, 3, 1, 2, 3])
        );
        assert_eq!(base64_alone("AAAA"), None);
        assert_eq!(base64_alone("a,b"), None);
        assert_eq!(base64_alone(""), None);
    }
}
