//! Headers of BER values, and the pieces of an octet string, without holding any of it.

use std::ops::Range;

/// Deeper than any signature is nested.
pub(super) const DEEPEST: usize = 24;
pub(super) const CONSTRUCTED: u8 = 0x20;
pub(super) const OCTET_STRING: u8 = 0x04;

/// A tag and a length.
pub(super) struct Header {
    pub(super) tag: u8,
    /// `None`: until two zero bytes.
    length: Option<usize>,
    /// Where the contents begin.
    pub(super) inside: usize,
}

/// The header at `at`, of a value that ends at `end` at the latest.
pub(super) fn header(bytes: &[u8], at: usize, end: usize) -> Option<Header> {
    let (&tag, rest) = bytes.get(at..end)?.split_first()?;
    let (&first, rest) = rest.split_first()?;
    let (length, taken) = match first {
        0..=0x7f => (Some(usize::from(first)), 0),
        0x80 => (None, 0),
        0x81..=0x84 => {
            let taken = usize::from(first & 0x7f);
            let length = rest.get(..taken)?.iter().try_fold(0_usize, |sum, byte| {
                sum.checked_mul(256)?.checked_add((*byte).into())
            })?;
            (Some(length), taken)
        }
        _ => return None,
    };
    Some(Header {
        tag,
        length,
        inside: at + 2 + taken,
    })
}

impl Header {
    /// The contents, if their length is told and ends by `end`.
    pub(super) fn definite(&self, end: usize) -> Option<Range<usize>> {
        let last = self.inside.checked_add(self.length?)?;
        (last <= end).then_some(self.inside..last)
    }

    /// Where the contents end at the latest.
    pub(super) fn limit(&self, end: usize) -> Option<usize> {
        match self.length {
            Some(_) => self.definite(end).map(|inside| inside.end),
            None => Some(end),
        }
    }

    /// What follows the value, if its contents end at `at`.
    pub(super) fn closes(&self, bytes: &[u8], at: usize, limit: usize) -> Option<usize> {
        match self.length {
            Some(_) => (at == limit).then_some(at),
            None => bytes.get(at..limit)?.starts_with(&[0, 0]).then_some(at + 2),
        }
    }
}

/// The pieces of an octet string one after the other, however deep.
pub(super) struct Pieces {
    at: usize,
    end: usize,
    /// The constructed strings that are open, and where each ends at the latest.
    open: Vec<(Header, usize)>,
    is_over: bool,
}

/// What comes next of an octet string.
pub(super) enum Next {
    /// These bytes.
    Piece(Range<usize>),
    /// Nothing; this is where it ended.
    End(usize),
}

impl Pieces {
    /// Of the octet string at the start of `range`.
    pub(super) fn new(range: Range<usize>) -> Self {
        Self {
            at: range.start,
            end: range.end,
            open: Vec::new(),
            is_over: false,
        }
    }

    /// `None` when it is not an octet string in pieces of octet strings, or nested too deep.
    pub(super) fn next(&mut self, bytes: &[u8]) -> Option<Next> {
        loop {
            while let Some((open, limit)) = self.open.last() {
                let Some(after) = open.closes(bytes, self.at, *limit) else {
                    break;
                };
                self.at = after;
                self.open.pop();
                self.is_over = self.open.is_empty();
            }
            if self.is_over {
                return Some(Next::End(self.at));
            }
            let end = self.open.last().map_or(self.end, |(_, limit)| *limit);
            let header = header(bytes, self.at, end)?;
            if header.tag == OCTET_STRING {
                let piece = header.definite(end)?;
                self.at = piece.end;
                self.is_over = self.open.is_empty();
                return Some(Next::Piece(piece));
            }
            if header.tag != OCTET_STRING | CONSTRUCTED || self.open.len() == DEEPEST {
                return None;
            }
            self.at = header.inside;
            let limit = header.limit(end)?;
            self.open.push((header, limit));
        }
    }
}
