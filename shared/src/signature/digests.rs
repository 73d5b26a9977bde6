//! The digests of a file, taken as it streams past.

use sha2::{Digest as _, Sha256};

use crate::identifiers::FileDigest;

/// What hashing a file gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digests {
    /// SHA-256 of the exact bytes: what a signature must be over.
    pub exact: FileDigest,
    /// SHA-256 of the bytes with every line end written as CRLF, which is what a tool signs that treats the file as
    /// text (`openssl cms -sign` without `-binary`). Only compared in order to name that mistake. Equal to `exact` when
    /// the file has no bare LF.
    pub text_mode: FileDigest,
    /// Number of bytes.
    pub length: u64,
}

/// Takes a file piece by piece, in memory of its own size only, and gives both digests in one pass.
///
/// The second digest costs nothing until the first bare LF.
#[derive(Clone, Debug, Default)]
pub struct ContentDigests {
    exact: Sha256,
    text_mode: Option<Sha256>,
    after_cr: bool,
    length: u64,
}

impl ContentDigests {
    /// Nothing hashed yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Both digests of bytes that are all there.
    pub fn of_content(bytes: &[u8]) -> Digests {
        let mut digests = Self::new();
        bytes.chunks(1 << 16).for_each(|piece| digests.push(piece));
        digests.finish()
    }

    /// Takes the next piece, of any length.
    pub fn push(&mut self, piece: &[u8]) {
        self.length += piece.len() as u64;
        let (same, differs) = match self.text_mode {
            Some(_) => piece.split_at(0),
            None => {
                piece.split_at(first_bare_line_feed(piece, self.after_cr).unwrap_or(piece.len()))
            }
        };
        self.exact.update(same);
        if !differs.is_empty() {
            let text_mode = self.text_mode.get_or_insert_with(|| self.exact.clone());
            let after_cr = same.last().map_or(self.after_cr, |byte| *byte == b'\r');
            text_mode.update(with_crlf(differs, after_cr));
            self.exact.update(differs);
        }
        if let Some(last) = piece.last() {
            self.after_cr = *last == b'\r';
        }
    }

    /// The digests of everything that was pushed.
    pub fn finish(self) -> Digests {
        let exact = FileDigest::new(self.exact.finalize().into());
        let text_mode = self
            .text_mode
            .map_or(exact, |hash| FileDigest::new(hash.finalize().into()));
        Digests {
            exact,
            text_mode,
            length: self.length,
        }
    }
}

/// Where the first LF without a CR before it stands.
fn first_bare_line_feed(piece: &[u8], after_cr: bool) -> Option<usize> {
    let mut start = 0;
    while let Some(found) = piece[start..].iter().position(|byte| *byte == b'\n') {
        let at = start + found;
        let cr_before = if at == 0 {
            after_cr
        } else {
            piece[at - 1] == b'\r'
        };
        if !cr_before {
            return Some(at);
        }
        start = at + 1;
    }
    None
}

fn with_crlf(piece: &[u8], mut after_cr: bool) -> Vec<u8> {
    let mut text = Vec::with_capacity(piece.len() + piece.len() / 32);
    for line in piece.split_inclusive(|byte| *byte == b'\n') {
        if let Some(body) = line.strip_suffix(b"\n") {
            let cr_before = body.last().map_or(after_cr, |byte| *byte == b'\r');
            text.extend_from_slice(body);
            text.extend_from_slice(if cr_before { b"\n" } else { b"\r\n" });
            after_cr = false;
        } else {
            text.extend_from_slice(line);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sha256(bytes: &[u8]) -> FileDigest {
        FileDigest::new(Sha256::digest(bytes).into())
    }

    #[test]
    fn line_feeds_count_as_crlf_in_text_mode_only() {
        let digests = ContentDigests::of_content(b"a\nb\r\nc\n\nd");
        assert_eq!(digests.exact, sha256(b"a\nb\r\nc\n\nd"));
        assert_eq!(digests.text_mode, sha256(b"a\r\nb\r\nc\r\n\r\nd"));
        assert_eq!(digests.length, 9);
    }

    #[test]
    fn a_file_with_crlf_is_the_same_either_way() {
        let digests = ContentDigests::of_content(b"a\r\nb\r\n");
        assert_eq!(digests.exact, digests.text_mode);
    }

    #[test]
    fn pieces_of_any_length_give_the_same_digests() {
        let file = b"UserID,Period\r\nx\ny\r\n\r\n\nz\r\rq\n\n";
        let whole = ContentDigests::of_content(file);
        for size in 1..file.len() {
            let mut digests = ContentDigests::new();
            file.chunks(size).for_each(|piece| digests.push(piece));
            assert_eq!(digests.finish(), whole, "pieces of {size}");
        }
    }
}
