//! BER to DER, for CMS written as a stream.
//!
//! RFC 5652 allows BER outside the signed parts, and tools that write a `.p7m` as a stream (`openssl cms -stream`,
//! many Java tools) use indefinite lengths and an OCTET STRING in pieces. Everything that a signature covers is DER
//! already, so rewriting the lengths changes nothing that was signed.
//!
//! The content may have 200 MB, so it is never copied: its pieces are moved together where they are. All else is small, or refused
//! before it is held.

use std::ops::Range;

use super::ber_pieces::{CONSTRUCTED, DEEPEST, Next, OCTET_STRING, Pieces, header};

/// Most bytes of all but the content, with what is around them.
const MOST: usize = super::raw::MOST_BYTES + 1024;

/// Where `eContent` is in a `ContentInfo` of `SignedData`: of each value inside another, the how manyeth it is.
const CONTENT: [usize; 5] = [1, 0, 2, 1, 0];

/// A `ContentInfo` in DER, without its content.
pub(super) struct Converted {
    /// DER; the content in it is an empty octet string.
    pub(super) der: Vec<u8>,
    /// Where the content is in the bytes that were given, now in one piece.
    pub(super) content: Option<Range<usize>>,
}

/// The same value with definite, shortest lengths and whole octet strings; `None` when it is not BER, is nested deeper than any
/// signature, has too much beside its content, or is followed by more than line ends and spaces. Only where the content was are `ber`'s bytes changed.
pub(super) fn to_der(ber: &mut [u8]) -> Option<Converted> {
    let mut reader = Reader {
        bytes: ber,
        path: Vec::new(),
        content: None,
    };
    let mut der = Vec::new();
    let end = reader.value(0, ber.len(), &mut der)?;
    if !ber.get(end..)?.iter().all(u8::is_ascii_whitespace) {
        return None;
    }
    let content = match reader.content {
        Some(string) => Some(joined(ber, string)?),
        None => None,
    };
    Some(Converted { der, content })
}

/// Moves the pieces of an octet string together, at its start.
fn joined(bytes: &mut [u8], string: Range<usize>) -> Option<Range<usize>> {
    let mut pieces = Pieces::new(string.clone());
    let mut end = string.start;
    while let Next::Piece(piece) = pieces.next(bytes)? {
        let length = piece.len();
        bytes.copy_within(piece, end);
        end += length;
    }
    Some(string.start..end)
}

struct Reader<'a> {
    bytes: &'a [u8],
    path: Vec<usize>,
    content: Option<Range<usize>>,
}

impl Reader<'_> {
    /// Writes the value at `at` to `out`, and answers where it ends.
    fn value(&mut self, at: usize, end: usize, out: &mut Vec<u8>) -> Option<usize> {
        let header = header(self.bytes, at, end)?;
        // Tag numbers above 30 take several bytes; CMS has none.
        if self.path.len() > DEEPEST || header.tag & 0x1f == 0x1f {
            return None;
        }
        if header.tag & !CONSTRUCTED == OCTET_STRING {
            return self.octet_string(at, end, out);
        }
        if header.tag & CONSTRUCTED == 0 {
            let inside = header.definite(end)?;
            write(header.tag, self.bytes.get(inside.clone())?, out)?;
            return Some(inside.end);
        }
        let mut content = Vec::new();
        let mut next = header.inside;
        let limit = header.limit(end)?;
        self.path.push(0);
        loop {
            if let Some(after) = header.closes(self.bytes, next, limit) {
                next = after;
                break;
            }
            next = self.value(next, limit, &mut content)?;
            *self.path.last_mut()? += 1;
        }
        self.path.pop();
        write(header.tag, &content, out)?;
        Some(next)
    }

    fn octet_string(&mut self, at: usize, end: usize, out: &mut Vec<u8>) -> Option<usize> {
        let is_content = self.path == CONTENT;
        let mut pieces = Pieces::new(at..end);
        let mut whole = Vec::new();
        let after = loop {
            match pieces.next(self.bytes)? {
                Next::Piece(_) if is_content => {}
                Next::Piece(piece) => add(self.bytes.get(piece)?, &mut whole)?,
                Next::End(after) => break after,
            }
        };
        if is_content {
            self.content = Some(at..after);
        }
        write(OCTET_STRING, &whole, out)?;
        Some(after)
    }
}

fn add(bytes: &[u8], out: &mut Vec<u8>) -> Option<()> {
    if out.len() + bytes.len() > MOST {
        return None;
    }
    out.extend_from_slice(bytes);
    Some(())
}

fn write(tag: u8, content: &[u8], out: &mut Vec<u8>) -> Option<()> {
    let bytes = content.len().to_be_bytes();
    let significant = &bytes[bytes.iter().take_while(|byte| **byte == 0).count()..];
    out.push(tag);
    match significant {
        [] => out.push(0),
        [short @ 0..=0x7f] => out.push(*short),
        long => {
            // At most eight bytes of length: the cast cannot lose anything.
            out.push(0x80 | u8::try_from(long.len()).unwrap_or(8));
            out.extend_from_slice(long);
        }
    }
    add(content, out)
}

#[cfg(test)]
#[path = "ber_test.rs"]
mod tests;
