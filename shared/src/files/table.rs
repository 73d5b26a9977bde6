//! What the files have in common: bytes in pieces, a header, rows below it, and all that can be wrong with those.

use crate::finding::{FileDefect, Findings, Place};
use crate::profile::FileLimits;

use super::encoding::Decoder;
use super::fields::{FieldSplitter, Fields};
use super::header::{self, Columns, Header};
use super::opening::read_opening;
use super::records::{Record, Splitter, Step};
use super::row_check::RowCheck;

/// As many bytes as are joined to an unfinished record at a time, so that what is kept stays small.
const PIECE: usize = 64 * 1024;

/// What DOS and CP/M had at the end of a text.
const END_MARK: u8 = 0x1a;

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
    saw_doubled_cr: bool,
    /// The record is the file's last one, and no line end follows it.
    is_unended: bool,
    /// Blank lines that no row has followed yet: where they start, and how many they are.
    blank: Option<(u64, u64)>,
}

#[derive(Debug)]
enum State {
    /// Neither the header nor the delimiter is known.
    Opening,
    /// The header comes on this line, or on the next that is not blank.
    Header(u64),
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
            saw_doubled_cr: false,
            is_unended: false,
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
            State::Opening | State::Header(_) => self.found(Place::file(), FileDefect::Empty),
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
            if matches!(defect, FileDefect::NotCsv(_) | FileDefect::OtherEncoding(_)) {
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
        if matches!(self.state, State::Opening) && !self.find_header(data, last) {
            return 0;
        }
        let mut taken = 0;
        loop {
            taken += self.take_usual_rows(&data[taken..]);
            let Some(step) = self.splitter.step(&data[taken..], last) else {
                return taken;
            };
            taken += step.taken;
            self.is_unended = last && taken == data.len() && !data.ends_with(b"\n");
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

    /// Looks for the header, and says what stands above it. False: more bytes are needed.
    fn find_header(&mut self, data: &[u8], last: bool) -> bool {
        let Some(opening) = read_opening::<C>(data, last, self.limits.max_record_bytes) else {
            return false;
        };
        if let Some(line) = opening.separator {
            self.found(Place::line(line), FileDefect::SeparatorLine);
        }
        if let Some(line) = opening.above {
            self.found(
                Place::line(line),
                FileDefect::TextAboveHeader(opening.header),
            );
        }
        if opening.delimiter != b',' {
            self.found(
                Place::line(opening.header),
                FileDefect::Delimiter(char::from(opening.delimiter)),
            );
            self.splitter.set_delimiter(opening.delimiter);
            self.fields = FieldSplitter::new(opening.delimiter);
        }
        if let Some(what) = opening.reversed_end {
            self.found(
                Place::line(opening.header),
                FileDefect::OtherLineEnd(what.to_owned()),
            );
            self.state = State::Stopped;
            return true;
        }
        self.state = State::Header(opening.header);
        true
    }

    fn record(&mut self, step: &Step<'_>) {
        let line = step.line;
        let defect = match step.record {
            Record::Nothing => return,
            Record::LoneCr => return self.lone_cr(line),
            Record::DoubledCr => return self.doubled_cr(line),
            Record::Plain(bytes) if is_blank(bytes, self.fields.delimiter()) => {
                return self.blank_line(line);
            }
            Record::Plain(bytes) => return self.values(line, bytes, false),
            Record::Quoted(bytes) if self.is_blank_in_quotes(bytes) => {
                return self.blank_line(line);
            }
            Record::Quoted(bytes) => return self.values(line, bytes, true),
            Record::Zeros => FileDefect::Zeros,
            Record::TooLong => FileDefect::RowTooLong(self.limits.max_record_bytes),
            Record::UnclosedQuote => FileDefect::UnclosedQuote,
            Record::StrayQuote => FileDefect::StrayQuote,
        };
        self.end_blank_lines();
        match self.state {
            State::Header(header) if line < header => {}
            State::Rows(_) | State::Counting => {
                if defect == FileDefect::Zeros || self.count_row(line) {
                    self.found(Place::line(line), defect);
                }
            }
            State::Opening | State::Header(_) => {
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
            State::Header(header) if line < header => {}
            State::Opening | State::Header(_) => self.header(line, bytes, quoted),
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
            C::FILE,
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
        let bytes = match bytes.strip_suffix(&[END_MARK]) {
            None => bytes,
            Some(before) => {
                self.found(Place::line(line), FileDefect::EndMark);
                if is_blank(before, self.fields.delimiter()) {
                    return;
                }
                before
            }
        };
        if bytes.first() == Some(&0) && bytes.iter().all(|byte| *byte == 0) {
            self.found(Place::line(line), FileDefect::Zeros);
            return;
        }
        // No header begins with a digit, and nearly every row does.
        if !bytes.first().is_some_and(u8::is_ascii_digit) && self.header_again(line, bytes, quoted)
        {
            return;
        }
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
        let found = fields.ends.len();
        if quoted && is_row_in_quotes(&fields) {
            self.check.settle(&mut self.findings);
            self.findings
                .add(Place::line(line), FileDefect::RowInQuotes);
        } else if found == columns.width {
            self.check.row(line, &fields, &mut self.findings);
        } else if columns.missing > 0 && found == columns.width + columns.missing {
            // Its values are right: they stand below a header that lacks names, which is said once.
        } else {
            odd_row(
                &mut self.check,
                &mut self.findings,
                line,
                &fields,
                columns.width,
                self.is_unended,
            );
        }
    }

    /// Whether this is a header once more: where files are joined, the second one brings its own.
    #[cold]
    fn header_again(&mut self, line: u64, bytes: &[u8], quoted: bool) -> bool {
        let fields = if quoted {
            self.fields.quoted(bytes, &[])
        } else {
            self.fields.plain(bytes, &[])
        };
        let Some(found) = header::header_of(&fields) else {
            return false;
        };
        let wanted = C::FILE;
        self.found(
            Place::line(line),
            FileDefect::HeaderAgain {
                line,
                found,
                wanted,
            },
        );
        if found != wanted {
            self.state = State::Stopped;
        }
        true
    }

    /// Counts a row, and answers whether it is still to be read.
    fn count_row(&mut self, line: u64) -> bool {
        self.row_count += 1;
        if self.row_count == self.limits.max_rows + 1 {
            self.found(
                Place::line(line),
                FileDefect::TooManyRows(self.limits.max_rows, C::FILE),
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

    fn doubled_cr(&mut self, line: u64) {
        if !std::mem::replace(&mut self.saw_doubled_cr, true) {
            self.found(Place::line(line), FileDefect::DoubledCarriageReturn);
        }
    }

    /// Whether a record with quotation marks has no value in any of them.
    fn is_blank_in_quotes(&mut self, record: &[u8]) -> bool {
        let delimiter = self.fields.delimiter();
        record
            .iter()
            .all(|byte| is_nothing(*byte, delimiter) || *byte == b'"')
            && self
                .fields
                .quoted(record, &[])
                .iter()
                .all(|value| value.trim_ascii().is_empty())
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

/// Whether a row in quotation marks is one value, with commas between what were values, and nothing beside it.
fn is_row_in_quotes(fields: &Fields<'_>) -> bool {
    let width = fields.positions.len();
    let first = fields.at(0).unwrap_or_default();
    memchr::memchr_iter(b',', first).count() + 1 >= width.min(3)
        && (1..fields.ends.len()).all(|index| is_empty(fields, index))
}

/// A row with another number of values than the header has columns. With nothing but empty ones too many, its values are still known.
#[cold]
fn odd_row<C: RowCheck>(
    check: &mut C,
    findings: &mut Findings,
    line: u64,
    fields: &Fields<'_>,
    wanted: usize,
    is_unended: bool,
) {
    check.settle(findings);
    let found = fields.ends.len();
    let is_surplus_empty = (wanted..found).all(|index| is_empty(fields, index));
    if found > wanted && is_surplus_empty && !C::is_shifted(fields) {
        findings.add(
            Place::line(line),
            FileDefect::TrailingCommas(found - wanted),
        );
        check.row(line, fields, findings);
    } else if let Some(delimiter) = other_delimiter(fields, wanted) {
        findings.add(Place::line(line), FileDefect::Delimiter(delimiter));
    } else if is_unended && found < wanted {
        findings.add(Place::line(line), FileDefect::CutOff { found, wanted });
    } else {
        findings.add(Place::line(line), FileDefect::FieldCount { found, wanted });
    }
}

/// What separates the values of a row that seems to have one alone, where the header is separated by commas.
fn other_delimiter(fields: &Fields<'_>, wanted: usize) -> Option<char> {
    let only = fields.at(0).filter(|_| fields.ends.len() == 1)?;
    [';', '\t', '|'].into_iter().find(|delimiter| {
        let count = only.iter().filter(|byte| char::from(**byte) == *delimiter);
        count.count() + 1 == wanted
    })
}

/// Whether a record has no value: nothing, or nothing but delimiters and spaces.
fn is_blank(record: &[u8], delimiter: u8) -> bool {
    match record.first() {
        None => true,
        Some(first) => {
            is_nothing(*first, delimiter) && record.iter().all(|byte| is_nothing(*byte, delimiter))
        }
    }
}

fn is_nothing(byte: u8, delimiter: u8) -> bool {
    byte == delimiter || byte == b' ' || byte == b'\t'
}

fn is_empty(fields: &Fields<'_>, index: usize) -> bool {
    fields
        .at(index)
        .is_none_or(|value| value.trim_ascii().is_empty())
}
