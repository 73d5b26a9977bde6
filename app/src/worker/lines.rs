//! The lines of a file around one of them.

use super::{TaskId, kept::with_file, pieces::pieces_until};
use memchr::{memchr, memchr_iter};
use serde::{Deserialize, Serialize};
use std::ops::ControlFlow;

/// As many characters of a line as are shown.
const SHOWN: usize = 300;

/// As many bytes of a line as are kept: those of the characters that are shown, and one that tells of more.
const KEPT: usize = 4 * SHOWN + 1;

/// A line as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its number, from 1.
    pub number: u64,
    /// Its text, without the line end, shortened; what is no text is shown as �.
    pub text: String,
}

/// Lines of a file that was read: `line`, and `around` before and after it.
pub(super) fn around(file: TaskId, line: u64, around: u64) -> Result<Vec<Line>, String> {
    with_file(file, |kept| {
        let mut cutter = Cutter::new(line, around);
        if let Some(content) = &kept.content {
            pieces_until(content, |piece| cutter.push(piece));
        }
        cutter.finish()
    })
}

/// Cuts some lines out of a file that comes in pieces. Of all others nothing is kept.
struct Cutter {
    first: u64,
    last: u64,
    /// The line that the next byte is in.
    number: u64,
    /// The beginning of that line, when it is wanted.
    begun: Vec<u8>,
    /// All bytes of that line.
    length: usize,
    lines: Vec<Line>,
}

impl Cutter {
    fn new(line: u64, around: u64) -> Self {
        Self {
            first: line.saturating_sub(around).max(1),
            last: line.saturating_add(around),
            number: 1,
            begun: Vec::new(),
            length: 0,
            lines: Vec::new(),
        }
    }

    /// Takes the next bytes; breaks once all that is wanted is there.
    fn push(&mut self, mut piece: &[u8]) -> ControlFlow<()> {
        if self.number < self.first {
            let missing = self.first - self.number;
            let ends = memchr_iter(b'\n', piece).zip(1..=missing);
            let Some((end, skipped)) = ends.last() else {
                return ControlFlow::Continue(());
            };
            self.number += skipped;
            piece = &piece[end + 1..];
        }
        while self.first <= self.number && self.number <= self.last {
            let Some(end) = memchr(b'\n', piece) else {
                self.keep(piece);
                return ControlFlow::Continue(());
            };
            self.keep(&piece[..end]);
            self.end_line();
            piece = &piece[end + 1..];
        }
        if self.number > self.last {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }

    fn keep(&mut self, bytes: &[u8]) {
        let room = KEPT - self.begun.len();
        self.begun
            .extend_from_slice(&bytes[..bytes.len().min(room)]);
        self.length += bytes.len();
    }

    fn end_line(&mut self) {
        self.lines.push(Line {
            number: self.number,
            text: shown(&self.begun, self.length),
        });
        self.begun.clear();
        self.length = 0;
        self.number += 1;
    }

    /// The whole file was pushed, or enough of it.
    fn finish(mut self) -> Vec<Line> {
        // What follows the last line end is no line.
        if self.length > 0 {
            self.end_line();
        }
        self.lines
    }
}

/// A line as it is shown, of which the beginning was kept.
fn shown(begun: &[u8], length: usize) -> String {
    let whole = begun.len() == length;
    let bytes = begun.strip_suffix(b"\r").filter(|_| whole).unwrap_or(begun);
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(4 * SHOWN)]);
    let mut shown: String = text
        .chars()
        .take(SHOWN)
        .map(|c| if c.is_control() { '␀' } else { c })
        .collect();
    if bytes.len() > 4 * SHOWN || text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines, cut from pieces of every length.
    fn cut(bytes: &[u8], line: u64, around: u64) -> Vec<(u64, String)> {
        let in_pieces = |length: usize| {
            let mut cutter = Cutter::new(line, around);
            for piece in bytes.chunks(length) {
                if cutter.push(piece).is_break() {
                    break;
                }
            }
            let lines = cutter.finish().into_iter();
            lines.map(|line| (line.number, line.text)).collect()
        };
        let whole: Vec<_> = in_pieces(bytes.len().max(1));
        for length in (1..bytes.len()).take(64) {
            assert_eq!(in_pieces(length), whole, "in pieces of {length}");
        }
        whole
    }

    fn lines(numbers_and_texts: &[(u64, &str)]) -> Vec<(u64, String)> {
        numbers_and_texts
            .iter()
            .map(|(number, text)| (*number, (*text).to_owned()))
            .collect()
    }

    #[test]
    fn lines_around_one_in_the_middle() {
        assert_eq!(
            cut(b"a\r\nb\r\nc\r\nd\r\ne\r\n", 3, 1),
            lines(&[(2, "b"), (3, "c"), (4, "d")])
        );
    }

    #[test]
    fn empty_lines_count() {
        assert_eq!(
            cut(b"\n\nc\n\ne", 3, 2),
            lines(&[(1, ""), (2, ""), (3, "c"), (4, ""), (5, "e")])
        );
    }

    #[test]
    fn the_end_of_the_file_is_no_line_of_its_own() {
        assert_eq!(cut(b"a\nb\n", 2, 5), lines(&[(1, "a"), (2, "b")]));
        assert_eq!(cut(b"a\nb", 2, 5), lines(&[(1, "a"), (2, "b")]));
        assert_eq!(cut(b"", 1, 5), []);
    }

    #[test]
    fn a_line_beyond_the_end_is_none() {
        assert_eq!(cut(b"a\nb\n", 9, 3), []);
    }

    #[test]
    fn a_line_of_a_megabyte_is_cut_and_little_of_it_is_kept() {
        let long = vec![b'x'; 1_000_000];
        let mut cutter = Cutter::new(1, 0);
        assert!(cutter.push(&long).is_continue());
        assert!(cutter.begun.capacity() < 10_000);
        assert_eq!(cutter.finish()[0].text.chars().count(), SHOWN + 1);
    }

    #[test]
    fn only_a_line_that_is_longer_is_marked_so() {
        let exactly = "€".repeat(SHOWN);
        assert_eq!(cut(format!("{exactly}\r\n").as_bytes(), 1, 0)[0].1, exactly);
        assert_eq!(
            cut(format!("{exactly}€\r\n").as_bytes(), 1, 0)[0].1,
            format!("{exactly}…")
        );
    }

    #[test]
    fn nothing_is_read_past_the_last_line_that_is_wanted() {
        let mut cutter = Cutter::new(1, 0);
        assert!(cutter.push(b"a\nb").is_break());
        assert_eq!(cutter.finish().len(), 1);
    }
}
