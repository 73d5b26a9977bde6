//! The lines of a file around one of them, as people are shown what a finding is about.

use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use super::encoding::Decoder;
use super::line_ends::{LineEnd, line_end};

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

/// Cuts some lines out of a file that comes in pieces. Of all others nothing is kept. Lines are counted, and the file is decoded, as the
/// readers do it: a finding's line is the one that is shown.
#[derive(Debug)]
pub struct LinesAround {
    first: u64,
    last: u64,
    /// The line that the next byte is in.
    number: u64,
    decoder: Decoder,
    /// The beginning of that line, when it is wanted.
    begun: Vec<u8>,
    /// All bytes of that line.
    length: usize,
    /// Carriage returns of which the next bytes tell what they are.
    carry: Vec<u8>,
    lines: Vec<Line>,
}

impl LinesAround {
    /// Those from `around` before this line to `around` after it.
    pub fn new(line: u64, around: u64) -> Self {
        Self {
            first: line.saturating_sub(around).max(1),
            last: line.saturating_add(around),
            number: 1,
            decoder: Decoder::new(),
            begun: Vec::new(),
            length: 0,
            carry: Vec::new(),
            lines: Vec::new(),
        }
    }

    /// Takes the next bytes; breaks once all that is wanted is there.
    pub fn push(&mut self, piece: &[u8]) -> ControlFlow<()> {
        let decoded = self.decoder.decode(piece, false);
        self.push_decoded(&decoded.bytes, false)
    }

    /// The whole file was pushed, or enough of it.
    pub fn finish(mut self) -> Vec<Line> {
        let decoded = self.decoder.decode(&[], true);
        let _ = self.push_decoded(&decoded.bytes, true);
        // What follows the last line end is no line.
        if self.length > 0 {
            self.end_line();
        }
        self.lines
    }

    fn push_decoded(&mut self, piece: &[u8], last: bool) -> ControlFlow<()> {
        if self.carry.is_empty() {
            return self.cut(piece, last);
        }
        let mut joined = std::mem::take(&mut self.carry);
        joined.extend_from_slice(piece);
        self.cut(&joined, last)
    }

    fn cut(&mut self, mut piece: &[u8], last: bool) -> ControlFlow<()> {
        while self.number <= self.last {
            match line_end(piece, last) {
                LineEnd::None => {
                    self.keep(piece);
                    return ControlFlow::Continue(());
                }
                LineEnd::Open(begins) => {
                    self.keep(&piece[..begins]);
                    self.carry.extend_from_slice(&piece[begins..]);
                    return ControlFlow::Continue(());
                }
                LineEnd::At { begins, next } => {
                    self.keep(&piece[..begins]);
                    self.end_line();
                    piece = &piece[next..];
                }
            }
        }
        ControlFlow::Break(())
    }

    fn keep(&mut self, bytes: &[u8]) {
        if self.number < self.first {
            return;
        }
        let room = KEPT - self.begun.len();
        self.begun
            .extend_from_slice(&bytes[..bytes.len().min(room)]);
        self.length += bytes.len();
    }

    fn end_line(&mut self) {
        if (self.first..=self.last).contains(&self.number) {
            self.lines.push(Line {
                number: self.number,
                text: shown(&self.begun),
            });
        }
        self.begun.clear();
        self.length = 0;
        self.number += 1;
    }
}

/// A line as it is shown, of which the beginning was kept.
fn shown(begun: &[u8]) -> String {
    let text = String::from_utf8_lossy(&begun[..begun.len().min(4 * SHOWN)]);
    let mut shown: String = text
        .chars()
        .take(SHOWN)
        .map(|c| if c.is_control() { '␀' } else { c })
        .collect();
    if begun.len() > 4 * SHOWN || text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}
