use super::{BYTE_ORDER_MARK, is_like_a_formula};
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

/// A list that came back from a spreadsheet: headings, and rows below them. Nothing is known yet of what its cells mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The cells of the first row, without blanks around them.
    pub headings: Vec<String>,
    /// The rows below, but for empty ones.
    pub rows: Vec<SheetRow>,
}

/// A row of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetRow {
    /// The line of the file on which it begins, from 1.
    pub line: u64,
    /// Its cells, without blanks around them, and without the apostrophe that keeps a text from being computed.
    pub cells: Vec<String>,
}

impl SheetRow {
    /// The cell below a heading; a row that ends before it has an empty one.
    pub fn cell(&self, place: usize) -> &str {
        self.cells.get(place).map_or("", String::as_str)
    }
}

/// Why a file is no such list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SheetError {
    /// Not UTF-8.
    #[error(
        "The file is not text in UTF-8. In the spreadsheet, save it as “CSV UTF-8”, and choose it again."
    )]
    NotText,
    /// Nothing in it.
    #[error("The file is empty. Choose the list that you saved.")]
    Empty,
    /// More rows than are read.
    #[error("The file has more than {0} rows. Bring it in as several files.")]
    TooManyRows(usize),
    /// A quotation mark that is not closed.
    #[error(
        "A quotation mark is opened on line {0} and not closed. Put that right, and choose the file again."
    )]
    UnclosedQuote(u64),
}

impl Sheet {
    /// Reads a list (RFC 4180), separated by commas, or by semicolons or tabs as spreadsheets of some countries save it.
    pub fn parse(file: &[u8], most_rows: usize) -> Result<Self, SheetError> {
        let text = std::str::from_utf8(file).map_err(|_| SheetError::NotText)?;
        let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
        let mut records = Records::new(text);
        let headings = records.next().ok_or(SheetError::Empty)??;
        let mut rows = Vec::new();
        for row in records {
            let row = row?;
            if row.cells.iter().all(String::is_empty) {
                continue;
            }
            if rows.len() == most_rows {
                return Err(SheetError::TooManyRows(most_rows));
            }
            rows.push(row);
        }
        Ok(Self {
            headings: headings.cells,
            rows,
        })
    }
}

/// By what the first line is separated.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |delimiter: &u8| first.bytes().filter(|byte| byte == delimiter).count();
    // Of as many, the last one counts.
    let delimiters = [b'\t', b';', b','];
    let most = delimiters.into_iter().max_by_key(count);
    most.unwrap_or(b',')
}

/// The records of a text, one after another.
struct Records<'a> {
    reader: Reader,
    text: &'a str,
    /// How many bytes were read, and how many line ends among them.
    read: usize,
    line_ends: u64,
    /// Where fields and their ends are written.
    fields: Vec<u8>,
    ends: Vec<usize>,
}

impl<'a> Records<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            reader: ReaderBuilder::new().delimiter(delimiter(text)).build(),
            text,
            read: 0,
            line_ends: 0,
            // No record is longer than its text, nor has it more fields than bytes and one.
            fields: vec![0; text.len()],
            ends: vec![0; text.len() + 1],
        }
    }

    fn row(&self, line: u64, ends: usize) -> SheetRow {
        let mut from = 0;
        let cells = self.ends[..ends].iter().map(|to| {
            let field = String::from_utf8_lossy(&self.fields[from..*to]);
            from = *to;
            as_text(field.trim()).to_owned()
        });
        SheetRow {
            line,
            cells: cells.collect(),
        }
    }
}

impl Iterator for Records<'_> {
    type Item = Result<SheetRow, SheetError>;

    fn next(&mut self) -> Option<Self::Item> {
        // Empty lines before a record are passed over with it.
        let begun = self.text.as_bytes();
        let empty = begun[self.read..]
            .iter()
            .take_while(|byte| b"\r\n".contains(byte))
            .count();
        let start = self.read + empty;
        let line = 1 + self.line_ends + line_ends(&begun[self.read..start]);
        let (mut written, mut ends) = (0, 0);
        loop {
            let rest = &self.text.as_bytes()[self.read..];
            let (result, read, wrote, ended) =
                self.reader
                    .read_record(rest, &mut self.fields[written..], &mut self.ends[ends..]);
            self.line_ends += line_ends(&rest[..read]);
            self.read += read;
            written += wrote;
            ends += ended;
            match result {
                ReadRecordResult::Record => {
                    // A quotation mark that is never closed takes all the rest; where it is closed, their number is even.
                    let marks = self.text[start..self.read].matches('"').count();
                    let is_unclosed = self.read == self.text.len() && marks % 2 == 1;
                    return Some(if is_unclosed {
                        Err(SheetError::UnclosedQuote(line))
                    } else {
                        Ok(self.row(line, ends))
                    });
                }
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::End
                | ReadRecordResult::OutputFull
                | ReadRecordResult::OutputEndsFull => return None,
            }
        }
    }
}

fn line_ends(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

/// A cell as it was meant, without what [`super::csv`] puts before one that looks like a formula.
fn as_text(cell: &str) -> &str {
    cell.strip_prefix('\'')
        .filter(|text| is_like_a_formula(text))
        .unwrap_or(cell)
}
