//! The first bytes of a file: what its encoding is, and whether it is text at all.

use std::borrow::Cow;

use crate::finding::FileDefect;

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
    /// UTF-16, and the first half of a unit that the last piece ended in.
    Utf16 {
        little_endian: bool,
        half: Option<u8>,
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
            State::Utf16 {
                little_endian,
                half,
            } => Cow::Owned(utf8_of(piece, *little_endian, half)),
            State::Plain => Cow::Borrowed(piece),
            State::Opening(_) | State::Binary => Cow::Borrowed(&[]),
        }
    }
}

/// What a file that starts like this is, and how long its byte-order mark is.
fn decide(opening: &[u8]) -> (State, usize, Option<FileDefect>) {
    let utf16 = |little_endian, mark| {
        (
            State::Utf16 {
                little_endian,
                half: None,
            },
            mark,
            Some(FileDefect::Utf16),
        )
    };
    match opening {
        [0xef, 0xbb, 0xbf, ..] => (State::Plain, 3, None),
        [0xff, 0xfe, ..] => utf16(true, 2),
        [0xfe, 0xff, ..] => utf16(false, 2),
        // Without a mark, text of Latin letters shows itself by every other byte being zero.
        [1..=255, 0, 1..=255, 0, ..] => utf16(true, 0),
        [0, 1..=255, 0, 1..=255, ..] => utf16(false, 0),
        _ => match format_of(opening) {
            Some(format) => (State::Binary, 0, Some(FileDefect::NotCsv(format))),
            None => (State::Plain, 0, None),
        },
    }
}

/// The format of a file that people choose by mistake.
fn format_of(opening: &[u8]) -> Option<&'static str> {
    Some(match opening {
        [b'P', b'K', 3, 4, ..] => "a workbook or another zipped file",
        [0xd0, 0xcf, 0x11, 0xe0, ..] => "an old Excel or Word file",
        [b'%', b'P', b'D', b'F', ..] => "a PDF",
        [b'-', b'-', b'-', b'-', b'-', b'B', ..] => "a signature, a certificate or a key",
        [0x30, 0x80..=0x84, ..] => "a signature or a signed file",
        [0x1f, 0x8b, ..] => "a compressed file",
        [b'<', ..] => "a web page or XML",
        [b'{' | b'[', ..] => "JSON",
        _ => return None,
    })
}

/// The piece in UTF-8. Characters outside the basic plane, which no value has, become replacement characters.
fn utf8_of(piece: &[u8], little_endian: bool, half: &mut Option<u8>) -> Vec<u8> {
    let mut text = String::with_capacity(piece.len() / 2);
    for &byte in piece {
        let Some(first) = half.take() else {
            *half = Some(byte);
            continue;
        };
        let pair = [first, byte];
        let unit = if little_endian {
            u16::from_le_bytes(pair)
        } else {
            u16::from_be_bytes(pair)
        };
        text.push(char::from_u32(u32::from(unit)).unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    text.into_bytes()
}
