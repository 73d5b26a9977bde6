//! Records: where one ends and the next starts, and on which line.
//!
//! Nearly every line of these files has no quotation mark, and is a record as it stands. Only one that has goes the long
//! way. Line ends are found here instead of in `csv-core` since a finding needs the line on which its record *starts*, a
//! CR alone must not go unseen, and a quotation mark that is never closed must not swallow the rest of the file.

use super::line_ends::{MOST_CRS, line_ends_in};

/// One step through the bytes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Step<'a> {
    /// Bytes that this step took.
    pub(super) taken: usize,
    /// The line on which the record starts, from 1.
    pub(super) line: u64,
    pub(super) record: Record<'a>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Record<'a> {
    /// Nothing to see: the rest of a line that was given up, or the LF after a CR.
    Nothing,
    /// A record without quotation marks; without its line end.
    Plain(&'a [u8]),
    /// A record with quotation marks; without its line end.
    Quoted(&'a [u8]),
    /// A record longer than allowed, given up.
    TooLong,
    /// The same, of bytes that are zero as far as one looks.
    Zeros,
    /// A record whose quotation mark is not closed. Its first line is given up; the next step starts on the line after it.
    UnclosedQuote,
    /// A record with text after a closing quotation mark.
    StrayQuote,
    /// The line before this one ended in a CR alone.
    LoneCr,
    /// The line before this one ended in several CRs and an LF.
    DoubledCr,
}

/// Where the splitter stands between two steps.
#[derive(Debug)]
pub(super) struct Splitter {
    line: u64,
    max_record: usize,
    delimiter: u8,
    /// The rest of the line is of a record that was given up.
    skipping: bool,
    /// The last line ended in a CR; an LF may follow.
    after_cr: bool,
}

impl Splitter {
    pub(super) fn new(max_record: usize) -> Self {
        Self {
            line: 1,
            max_record,
            delimiter: b',',
            skipping: false,
            after_cr: false,
        }
    }

    pub(super) fn set_delimiter(&mut self, delimiter: u8) {
        self.delimiter = delimiter;
    }

    /// Whether the next byte starts a record separated by commas.
    pub(super) fn is_at_record(&self) -> bool {
        !self.after_cr && !self.skipping && self.delimiter == b','
    }

    /// The line that the next byte is on, from 1.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// A line was taken whole.
    pub(super) fn skip_line(&mut self) {
        self.line += 1;
    }

    /// The next step, from the start of `data`; `None`: more bytes are needed, or, after the `last`, there are none left.
    pub(super) fn step<'a>(&mut self, data: &'a [u8], last: bool) -> Option<Step<'a>> {
        if self.after_cr {
            return self.step_after_cr(data, last);
        }
        if data.is_empty() {
            return None;
        }
        if self.skipping {
            return Some(self.skip(data));
        }
        match memchr::memchr3(b'\n', b'\r', b'"', data) {
            Some(end) if end > self.max_record => Some(self.give_up(data, self.too_long(data))),
            Some(quote) if data[quote] == b'"' => self.step_quoted(data, last),
            Some(end) => Some(self.record(data, end, Record::Plain(&data[..end]))),
            None if data.len() > self.max_record => Some(self.give_up(data, self.too_long(data))),
            None if last => Some(self.record(data, data.len(), Record::Plain(data))),
            None => None,
        }
    }

    fn step_after_cr(&mut self, data: &[u8], last: bool) -> Option<Step<'static>> {
        let more = data
            .iter()
            .take(MOST_CRS - 1)
            .take_while(|byte| **byte == b'\r')
            .count();
        let (taken, record) = match data.get(more) {
            Some(b'\n') if more > 0 => (more + 1, Record::DoubledCr),
            Some(b'\n') => (1, Record::Nothing),
            None if !last => return None,
            _ => (0, Record::LoneCr),
        };
        self.after_cr = false;
        Some(Step {
            taken,
            line: self.line.saturating_sub(1),
            record,
        })
    }

    fn step_quoted<'a>(&mut self, data: &'a [u8], last: bool) -> Option<Step<'a>> {
        let bounded = &data[..data.len().min(self.max_record + 1)];
        let complete = data.len() > self.max_record || last;
        match scan(bounded, self.delimiter) {
            Scan::End { at, stray: false } => {
                Some(self.record(data, at, Record::Quoted(&data[..at])))
            }
            Scan::End { at, stray: true } => Some(self.record(data, at, Record::StrayQuote)),
            Scan::Open { .. } if !complete => None,
            Scan::Open {
                in_quotes: true, ..
            } => Some(self.give_up(data, Record::UnclosedQuote)),
            Scan::Open { .. } if data.len() > self.max_record => {
                Some(self.give_up(data, Record::TooLong))
            }
            Scan::Open { stray: true, .. } => {
                Some(self.record(data, data.len(), Record::StrayQuote))
            }
            Scan::Open { .. } => Some(self.record(data, data.len(), Record::Quoted(data))),
        }
    }

    /// A record that ends before `end`, where its line end is, or the file's.
    fn record<'a>(&mut self, data: &'a [u8], end: usize, record: Record<'a>) -> Step<'a> {
        let line = self.line;
        if !matches!(record, Record::Plain(_)) {
            self.line += line_ends_in(&data[..end]);
        }
        Step {
            taken: self.take_line_end(data, end),
            line,
            record,
        }
    }

    /// Why a record is given up that is longer than allowed. What was not written to its end is zero.
    fn too_long(&self, data: &[u8]) -> Record<'static> {
        if data[..self.max_record].iter().all(|byte| *byte == 0) {
            Record::Zeros
        } else {
            Record::TooLong
        }
    }

    /// Gives a record up, and all of its first line with it.
    fn give_up<'a>(&mut self, data: &[u8], record: Record<'a>) -> Step<'a> {
        let line = self.line;
        self.skipping = true;
        let skipped = self.skip(data);
        Step {
            taken: skipped.taken,
            line,
            record,
        }
    }

    fn skip(&mut self, data: &[u8]) -> Step<'static> {
        let line = self.line;
        let end = memchr::memchr2(b'\n', b'\r', data).unwrap_or(data.len());
        self.skipping = end == data.len();
        Step {
            taken: self.take_line_end(data, end),
            line,
            record: Record::Nothing,
        }
    }

    /// Takes the line end at `end`, if there is one, and answers how many bytes are taken by then.
    fn take_line_end(&mut self, data: &[u8], end: usize) -> usize {
        let Some(byte) = data.get(end) else {
            return end;
        };
        self.line += 1;
        // Mostly the LF is there, and takes no step of its own.
        let crlf = *byte == b'\r' && data.get(end + 1) == Some(&b'\n');
        self.after_cr = *byte == b'\r' && !crlf;
        end + 1 + usize::from(crlf)
    }
}

enum Scan {
    /// The record's line end is here.
    End { at: usize, stray: bool },
    /// The bytes end before the record does.
    Open { in_quotes: bool, stray: bool },
}

/// Finds the line end that is not within quotation marks.
fn scan(data: &[u8], delimiter: u8) -> Scan {
    enum At {
        Start,
        Bare,
        Quoted,
        /// After a quotation mark within a quoted value: the closing one, or the first of two.
        Closing,
    }
    let mut at = At::Start;
    let mut stray = false;
    for (place, &byte) in data.iter().enumerate() {
        at = match (at, byte) {
            (At::Quoted, b'"') => At::Closing,
            (At::Quoted, _) | (At::Start | At::Closing, b'"') => At::Quoted,
            (_, b'\n' | b'\r') => return Scan::End { at: place, stray },
            (_, byte) if byte == delimiter => At::Start,
            (At::Closing, _) => {
                stray = true;
                At::Bare
            }
            (At::Start | At::Bare, _) => At::Bare,
        };
    }
    Scan::Open {
        in_quotes: matches!(at, At::Quoted),
        stray,
    }
}
