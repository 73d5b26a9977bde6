//! What both files have in common: bytes in pieces, a header, rows below it, and all that can be wrong with those.

use crate::finding::{FileDefect, Findings, Place};
use crate::profile::FileLimits;

use super::FileKind;
use super::encoding::Decoder;
use super::fields::{FieldSplitter, Fields};
use super::header::{self, Columns, Header};
use super::records::{Record, Splitter, Step};

/// As many bytes as are joined to an unfinished record at a time, so that what is kept stays small.
const PIECE: usize = 64 * 1024;

/// What is particular to one kind of file.
pub(super) trait RowCheck {
    /// The kind of file.
    const KIND: FileKind;

    /// No row that can be read at once is longer, line end not counted.
    const LONGEST_USUAL_ROW: usize;

    /// Whether the values are those of a row, in the usual order of the columns.
    fn looks_like_row(fields: &Fields<'_>) -> bool;

    /// Takes a row that has as many values as the header has columns.
    fn row(&mut self, line: u64, fields: &Fields<'_>, findings: &mut Findings);

    /// Takes the row that `data` starts with, if it can be read at once and there is nothing to say about it by itself; asked only where
    /// the columns are in their usual order, with commas between them. Answers its length, line end included.
    fn usual_row(&mut self, line: u64, data: &[u8], findings: &mut Findings) -> Option<usize>;

    /// Says what is still to be said about the rows so far, so that what is said next stands after it.
    fn settle(&mut self, _findings: &mut Findings) {}
}

/// Reads a table piece by piece. Keeps no more of the bytes than one record and a piece.
#[derive(Debug)]
pub(super) struct Table<C> {
    pub(super) check: C,
    pub(super) findings: Findings,
    /// Rows below the header, those with errors included.
    pub(super) row_count: u64,
    pub(super) limits: FileLimits,
    decoder: Decoder,
    splitter: Splitter,
    fields: FieldSplitter,
    carry: Vec<u8>,
    state: State,
    bytes: u64,
    saw_lone_cr: bool,
    /// Blank lines that no row has followed yet: where they start, and how many they are.
    blank: Option<(u64, u64)>,
}

#[derive(Debug)]
enum State {
    /// Nothing but blank lines so far; the delimiter is not known.
    Opening,
    /// The delimiter is known, and the header comes next.
    Header,
    /// Rows follow.
    Rows(Columns),
    /// Rows are counted only: there are too many.
    Counting,
    /// What follows cannot be read.
    Stopped,
}

impl<C: RowCheck> Table<C> {
    pub(super) fn new(check: C, limits: &FileLimits) -> Self {
        Self {
            check,
            findings: Findings::with_limit(limits.max_findings),
            row_count: 0,
            limits: limits.clone(),
            decoder: Decoder::new(),
            splitter: Splitter::new(limits.max_record_bytes),
            fields: FieldSplitter::new(b','),
            carry: Vec::new(),
            state: State::Opening,
            bytes: 0,
            saw_lone_cr: false,
            blank: None,
        }
    }

    pub(super) fn push(&mut self, piece: &[u8]) {
        let before = self.bytes;
        self.bytes += piece.len() as u64;
        let limit = self.limits.max_file_bytes;
        if before <= limit && self.bytes > limit {
            self.found(Place::file(), FileDefect::FileTooLarge(limit));
        }
        self.decode(piece, false);
    }

    pub(super) fn finish(&mut self) {
        self.decode(&[], true);
        let carry = std::mem::take(&mut self.carry);
        self.take(&carry, true);
        self.check.settle(&mut self.findings);
        match self.state {
            State::Opening | State::Header => self.found(Place::file(), FileDefect::Empty),
            State::Rows(_) if self.row_count == 0 => {
                self.found(Place::file(), FileDefect::HeaderOnly);
            }
            _ => {}
        }
        if let (Some((line, count)), true) = (self.blank, self.row_count > 0) {
            self.found(Place::line(line), FileDefect::TrailingBlankLines(count));
        }
    }

    fn found(&mut self, place: Place<'_>, defect: FileDefect) {
        self.check.settle(&mut self.findings);
        self.findings.add(place, defect);
    }

    fn decode(&mut self, piece: &[u8], last: bool) {
        let decoded = self.decoder.decode(piece, last);
        if let Some(defect) = decoded.defect {
            if matches!(defect, FileDefect::NotCsv(_)) {
                self.state = State::Stopped;
            }
            self.found(Place::file(), defect);
        }
        self.push_decoded(&decoded.bytes);
    }

    fn push_decoded(&mut self, bytes: &[u8]) {
        if self.carry.is_empty() {
            let taken = self.take(bytes, false);
            self.carry.extend_from_slice(&bytes[taken..]);
            return;
        }
        for piece in bytes.chunks(PIECE) {
            let mut carry = std::mem::take(&mut self.carry);
            carry.extend_from_slice(piece);
            let taken = self.take(&carry, false);
            carry.drain(..taken);
            self.carry = carry;
        }
    }

    /// Takes as many records as are whole, and answers how many bytes those were.
    fn take(&mut self, data: &[u8], last: bool) -> usize {
        if matches!(self.state, State::Stopped) {
            return data.len();
        }
        if matches!(self.state, State::Opening) && !self.find_delimiter(data, last) {
            return 0;
        }
        let mut taken = 0;
        loop {
            taken += self.take_usual_rows(&data[taken..]);
            let Some(step) = self.splitter.step(&data[taken..], last) else {
                return taken;
            };
            taken += step.taken;
            self.record(&step);
            if matches!(self.state, State::Stopped) {
                return data.len();
            }
        }
    }

    /// Takes the usual rows that `data` starts with, and answers how many bytes those were.
    fn take_usual_rows(&mut self, data: &[u8]) -> usize {
        let mut taken = 0;
        if self.may_be_usual() {
            while self.row_count < self.limits.max_rows
                && let Some(length) =
                    self.check
                        .usual_row(self.splitter.line(), &data[taken..], &mut self.findings)
            {
                self.splitter.skip_line();
                self.row_count += 1;
                taken += length;
            }
        }
        taken
    }

    fn may_be_usual(&self) -> bool {
        matches!(&self.state, State::Rows(columns) if columns.are_usual())
            && self.limits.max_record_bytes >= C::LONGEST_USUAL_ROW
            && self.splitter.is_at_record()
            && self.blank.is_none()
    }

    /// Looks at the first line that is not blank for what separates the names. False: more bytes are needed.
    fn find_delimiter(&mut self, data: &[u8], last: bool) -> bool {
        let limit = self.limits.max_record_bytes;
        let bounded = &data[..data.len().min(limit + 1)];
        let text = bounded.trim_ascii_start();
        let end = memchr::memchr2(b'\n', b'\r', text);
        if (end.is_none() && !last && data.len() <= limit) || (last && text.is_empty()) {
            return false;
        }
        let first = &text[..end.unwrap_or(text.len())];
        if let Some(delimiter) = header::unusual_delimiter(first, C::KIND) {
            let line = 1 + memchr::memchr_iter(b'\n', &bounded[..bounded.len() - text.len()])
                .count() as u64;
            self.found(
                Place::line(line),
                FileDefect::Delimiter(char::from(delimiter)),
            );
            self.splitter.set_delimiter(delimiter);
            self.fields = FieldSplitter::new(delimiter);
        }
        self.state = State::Header;
        true
    }

    fn record(&mut self, step: &Step<'_>) {
        let line = step.line;
        let defect = match step.record {
            Record::Nothing => return,
            Record::LoneCr => return self.lone_cr(line),
            Record::Plain(bytes) if is_blank(bytes, self.fields.delimiter()) => {
                return self.blank_line(line);
            }
            Record::Plain(bytes) => return self.values(line, bytes, false),
            Record::Quoted(bytes) => return self.values(line, bytes, true),
            Record::TooLong => FileDefect::RowTooLong(self.limits.max_record_bytes),
            Record::UnclosedQuote => FileDefect::UnclosedQuote,
            Record::StrayQuote => FileDefect::StrayQuote,
        };
        self.end_blank_lines();
        match self.state {
            State::Rows(_) | State::Counting => {
                if self.count_row(line) {
                    self.found(Place::line(line), defect);
                }
            }
            State::Opening | State::Header => {
                self.found(Place::line(line), defect);
                self.state = State::Stopped;
            }
            State::Stopped => {}
        }
    }

    fn values(&mut self, line: u64, bytes: &[u8], quoted: bool) {
        if self.blank.is_some() {
            self.end_blank_lines();
        }
        match self.state {
            State::Opening | State::Header => self.header(line, bytes, quoted),
            State::Rows(_) | State::Counting => self.row(line, bytes, quoted),
            State::Stopped => {}
        }
    }

    fn header(&mut self, line: u64, bytes: &[u8], quoted: bool) {
        let fields = if quoted {
            self.fields.quoted(bytes, &[])
        } else {
            self.fields.plain(bytes, &[])
        };
        let header = header::read_header(
            line,
            &fields,
            C::KIND,
            C::looks_like_row,
            &mut self.findings,
        );
        match header {
            Header::Columns(columns) => self.state = State::Rows(columns),
            Header::Missing(columns) => {
                self.state = State::Rows(columns);
                self.row(line, bytes, quoted);
            }
            Header::Unusable => self.state = State::Stopped,
        }
    }

    fn row(&mut self, line: u64, bytes: &[u8], quoted: bool) {
        if !self.count_row(line) {
            return;
        }
        let State::Rows(columns) = &self.state else {
            return;
        };
        let positions = &columns.positions;
        let fields = if quoted {
            self.fields.quoted(bytes, positions)
        } else {
            self.fields.plain(bytes, positions)
        };
        if fields.ends.len() == columns.width {
            self.check.row(line, &fields, &mut self.findings);
        } else {
            let defect = FileDefect::FieldCount {
                found: fields.ends.len(),
                wanted: columns.width,
            };
            self.found(Place::line(line), defect);
        }
    }

    /// Counts a row, and answers whether it is still to be read.
    fn count_row(&mut self, line: u64) -> bool {
        self.row_count += 1;
        if self.row_count == self.limits.max_rows + 1 {
            self.found(
                Place::line(line),
                FileDefect::TooManyRows(self.limits.max_rows, C::KIND),
            );
            self.state = State::Counting;
        }
        matches!(self.state, State::Rows(_))
    }

    fn lone_cr(&mut self, line: u64) {
        if !std::mem::replace(&mut self.saw_lone_cr, true) {
            self.found(Place::line(line), FileDefect::CarriageReturnOnly);
        }
    }

    fn blank_line(&mut self, line: u64) {
        let (first, count) = self.blank.unwrap_or((line, 0));
        self.blank = Some((first, count + 1));
    }

    /// A record follows the blank lines, so they stand between rows, or above the header, where they hurt nobody.
    fn end_blank_lines(&mut self) {
        if let (Some((line, _)), State::Rows(_)) = (self.blank.take(), &self.state) {
            self.found(Place::line(line), FileDefect::BlankLine);
        }
    }
}

/// Whether a record has no value: nothing, or nothing but delimiters and spaces.
fn is_blank(record: &[u8], delimiter: u8) -> bool {
    let nothing = |byte: u8| byte == delimiter || byte == b' ' || byte == b'\t';
    match record.first() {
        None => true,
        Some(first) => nothing(*first) && record.iter().all(|byte| nothing(*byte)),
    }
}
