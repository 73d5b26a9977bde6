//! The first bytes of a file: what its encoding is, and whether it is text at all.

use std::borrow::Cow;

use crate::finding::{FileDefect, OtherFormat};

/// As many bytes as tell the encodings and the usual other formats apart.
const OPENING: usize = 8;

/// Turns a file's bytes into UTF-8 without its byte-order mark, as far as that can be done.
#[derive(Debug)]
pub(super) struct Decoder {
    state: State,
}

#[derive(Debug)]
enum State {
    /// Fewer bytes than needed to decide.
    Opening(Vec<u8>),
    /// UTF-8, or something else that the fields will show.
    Plain,
    /// UTF-16 or UTF-32, and the first bytes of a unit that the last piece ended in.
    Wide {
        width: usize,
        little_endian: bool,
        begun: Vec<u8>,
    },
    /// Not text.
    Binary,
}

/// A decoded piece, and what is wrong with the file when this piece shows it.
pub(super) struct Decoded<'a> {
    pub(super) bytes: Cow<'a, [u8]>,
    pub(super) defect: Option<FileDefect>,
}

impl Decoder {
    pub(super) fn new() -> Self {
        Self {
            state: State::Opening(Vec::new()),
        }
    }

    /// Decodes the next piece; `last` says that none follows.
    pub(super) fn decode<'a>(&mut self, piece: &'a [u8], last: bool) -> Decoded<'a> {
        let State::Opening(kept) = &mut self.state else {
            return Decoded {
                bytes: self.continued(piece),
                defect: None,
            };
        };
        let opening: Cow<'a, [u8]> = if kept.is_empty() {
            Cow::Borrowed(piece)
        } else {
            kept.extend_from_slice(piece);
            Cow::Owned(std::mem::take(kept))
        };
        if opening.len() < OPENING && !last {
            self.state = State::Opening(opening.into_owned());
            return Decoded {
                bytes: Cow::Borrowed(&[]),
                defect: None,
            };
        }
        let (state, mark, defect) = decide(&opening);
        self.state = state;
        let bytes = match opening {
            Cow::Borrowed(bytes) => self.continued(&bytes[mark..]),
            Cow::Owned(bytes) => Cow::Owned(self.continued(&bytes[mark..]).into_owned()),
        };
        Decoded { bytes, defect }
    }

    fn continued<'a>(&mut self, piece: &'a [u8]) -> Cow<'a, [u8]> {
        match &mut self.state {
            State::Wide {
                width,
                little_endian,
                begun,
            } => Cow::Owned(utf8_of(piece, *width, *little_endian, begun)),
            State::Plain => Cow::Borrowed(piece),
            State::Opening(_) | State::Binary => Cow::Borrowed(&[]),
        }
    }
}

/// What a file that starts like this is, and how long its byte-order mark is.
fn decide(opening: &[u8]) -> (State, usize, Option<FileDefect>) {
    let wide = |width, little_endian, mark, defect| {
        let begun = Vec::with_capacity(width);
        let state = State::Wide {
            width,
            little_endian,
            begun,
        };
        (state, mark, Some(defect))
    };
    let utf16 = |little_endian, mark| wide(2, little_endian, mark, FileDefect::Utf16);
    let utf32 = |little_endian, mark| wide(4, little_endian, mark, FileDefect::Utf32);
    match opening {
        [0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf, ..] => {
            (State::Plain, 6, Some(FileDefect::DoubledMark))
        }
        [0xef, 0xbb, 0xbf, ..] => (State::Plain, 3, None),
        // Its mark begins like that of UTF-16.
        [0xff, 0xfe, 0, 0, ..] => utf32(true, 4),
        [0, 0, 0xfe, 0xff, ..] => utf32(false, 4),
        // Text of Latin letters, of which UTF-16 would have every other byte zero.
        [0xff, 0xfe, 1..=0x7f, 1..=0x7f, 1..=0x7f, ..] => {
            (State::Plain, 2, Some(FileDefect::MarkOfUtf16))
        }
        [0xff, 0xfe, ..] => utf16(true, 2),
        [0xfe, 0xff, ..] => utf16(false, 2),
        // Without a mark, text of Latin letters shows itself by every other byte being zero.
        [1..=255, 0, 1..=255, 0, ..] => utf16(true, 0),
        [0, 1..=255, 0, 1..=255, ..] => utf16(false, 0),
        [1..=255, 0, 0, 0, 1..=255, 0, 0, 0, ..] => utf32(true, 0),
        [0, 0, 0, 1..=255, 0, 0, 0, 1..=255, ..] => utf32(false, 0),
        _ => {
            let other = format_of(opening)
                .map(FileDefect::NotCsv)
                .or_else(|| other_encoding(opening).map(FileDefect::OtherEncoding));
            match other {
                Some(defect) => (State::Binary, 0, Some(defect)),
                None => (State::Plain, 0, None),
            }
        }
    }
}

/// The format of a file that people choose by mistake.
fn format_of(opening: &[u8]) -> Option<OtherFormat> {
    Some(match opening {
        [b'P', b'K', 3, 4, ..] => OtherFormat::Document("a workbook or another zipped file"),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => {
            OtherFormat::Document("an old Excel or Word file, or an Outlook message")
        }
        [b'{', b'\\', b'r', b't', b'f', ..] => {
            OtherFormat::Document("a document in Rich Text Format (RTF)")
        }
        [b'I', b'D', b';', b'P', ..] => OtherFormat::Document("a spreadsheet in the format SYLK"),
        [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, 0xff, ..] => OtherFormat::Other("a picture"),
        [b'%', b'P', b'D', b'F', ..] => OtherFormat::Document("a PDF"),
        [b'-', b'-', b'-', b'-', b'-', b'B', ..] => {
            OtherFormat::Signed("a signature, a certificate or a key")
        }
        [0x30, 0x80..=0x84, ..] => OtherFormat::Signed("a signature or a signed file"),
        [0x1f, 0x8b, ..] | [b'7', b'z', 0xbc, 0xaf, ..] => OtherFormat::Other("a compressed file"),
        [b'<', ..] => OtherFormat::Document("a web page or XML"),
        [b'{', ..] => OtherFormat::Document("JSON"),
        [b'[', rest @ ..] if begins_json_value(rest) => OtherFormat::Document("JSON"),
        _ => return None,
    })
}

/// Whether a list of JSON goes on like this; the name of a section, as settings have it, does not.
fn begins_json_value(rest: &[u8]) -> bool {
    rest.trim_ascii_start()
        .first()
        .is_none_or(|byte| b"{[\"]-".contains(byte) || byte.is_ascii_digit())
}

/// An encoding that is known by its mark, or, of EBCDIC, by the first letters that a header has in it.
fn other_encoding(opening: &[u8]) -> Option<&'static str> {
    Some(match opening {
        [b'+', b'/', b'v', b'8' | b'9' | b'+' | b'/', ..] => "UTF-7",
        [0x0e, 0xfe, 0xff, ..] => "SCSU",
        [0xfb, 0xee, 0x28, ..] => "BOCU-1",
        [0x84, 0x31, 0x95, 0x33, ..] => "GB 18030",
        [0xdd, 0x73, 0x66, 0x73, ..] => "UTF-EBCDIC",
        // "User" of an ADT file, "Requ" of an Exit Quarantine file.
        [0xe4, 0xa2, 0x85, 0x99, ..] | [0xd9, 0x85, 0x98, 0xa4, ..] => "EBCDIC",
        _ => return None,
    })
}

/// The piece in UTF-8. Of UTF-16, characters outside the basic plane, which no value has, become replacement characters.
fn utf8_of(piece: &[u8], width: usize, little_endian: bool, begun: &mut Vec<u8>) -> Vec<u8> {
    let mut text = String::with_capacity(piece.len() / width);
    for &byte in piece {
        begun.push(byte);
        if begun.len() < width {
            continue;
        }
        let unit = begun.iter().enumerate().fold(0, |unit, (place, byte)| {
            let shift = if little_endian {
                place
            } else {
                width - 1 - place
            };
            unit | u32::from(*byte) << (8 * shift)
        });
        begun.clear();
        text.push(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    text.into_bytes()
}
