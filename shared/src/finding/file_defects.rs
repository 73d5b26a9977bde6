//! Defects of a file as such: its encoding, its shape, its columns.

use super::code::finding_codes;
use super::{Describe, FindingCode};
use crate::identifiers::{ExchangedFile, cannot_be_seen};

finding_codes! {
    EMPTY = Error "empty-file", "The file is empty",
        "A file needs a header row and at least one row below it. An empty one is often an export that failed.";
    HEADER_ONLY = Error "header-only", "The file has no rows",
        "There is a header row and nothing below it. The rows may have been filtered out when the file was saved.";
    NOT_CSV = Error "not-csv", "The file is not CSV",
        "Only CSV files are read: plain text with commas. A workbook, a PDF or a signature is not one, whatever its name ends in.";
    UTF_16 = Error "utf-16", "The file is UTF-16",
        "Some programs call this \"Unicode text\". Save the file as \"CSV UTF-8\", and sign what was saved.";
    UTF_32 = Error "utf-32", "The file is UTF-32",
        "Hardly any program writes it of its own accord. Save the file as \"CSV UTF-8\", and sign what was saved.";
    OTHER_ENCODING = Error "other-encoding", "The file is in an encoding that is not read",
        "Its first bytes are those of UTF-7, SCSU, GB 18030 or EBCDIC, which old mail programs, some databases and mainframes write. Save the file as \"CSV UTF-8\", and sign what was saved.";
    DOUBLED_MARK = Error "doubled-byte-order-mark", "The file starts with two byte-order marks",
        "A byte-order mark is an invisible sign (U+FEFF) that says how a file is encoded. Where one program adds it to what another has marked already, the second one becomes a part of the first column's name.";
    FOREIGN_MARK = Error "mark-of-utf-16", "The file starts with a mark of UTF-16 and is not in it",
        "The bytes FF FE or FE FF at the start say that what follows is UTF-16, and it is not. Some scripts write them without being asked. Programs that believe the mark show signs of other alphabets.";
    DOUBLED_CR = Error "doubled-carriage-return", "Lines end in more than one carriage return",
        "A program that turns LF into CR and LF was given lines that ended so already. Editors show a blank line after each line, or none.";
    CR_LINE_ENDS = Error "carriage-return-only", "Lines end in a carriage return alone",
        "This is the line end of \"CSV (Macintosh)\". Lines end in LF, or in CR and LF; choose \"CSV UTF-8\" when you save.";
    OTHER_LINE_END = Error "line-end-not-known", "Lines end in a character that is no line end",
        "Some programs have line ends of their own, such as NEL (U+0085) or the line separator (U+2028), and a script can write the two characters \\n instead of what they stand for. To all other programs the file is then a single line. Lines end in LF, or in CR and LF.";
    ZEROS = Error "zero-bytes", "There are zero bytes where rows should be",
        "Zeros at the end of a file, or in the middle of it, are what a disk holds where nothing was written: the file was not saved or copied to its end, so rows may be missing.";
    DELIMITER = Error "wrong-delimiter", "Values are not separated by commas",
        "In many countries spreadsheets write a semicolon between values, and other programs write tabs or vertical bars. The files need commas: change the list separator, or export with commas.";
    SEPARATOR_LINE = Error "separator-line", "The first line is one that only Excel reads",
        "The line sep= tells Excel what separates the values. It is no part of CSV; the header must be the first line.";
    TEXT_ABOVE = Error "text-above-header", "There is text above the header",
        "The header must be the first line of the file. Titles, notes and dates above it must go.";
    HEADER_AGAIN = Error "header-again", "The header stands in the file once more",
        "Where files are joined end to end, each brings its own header. Every file is sent by itself.";
    WRONG_KIND = Error "wrong-file-kind", "This is the other kind of file",
        "ADT files and Exit Quarantine files have different columns. The header shows that this is the other one.";
    REPORT_FILE = Error "report-file", "This is a Report File",
        "The DCC sends a Report File to say which communications are held. What is to become of them is said in an Exit Quarantine file, which has other columns.";
    HEADER_MISSING = Error "header-missing", "There is no header row",
        "The first line must name the columns. Here it holds values already.";
    NO_KNOWN_COLUMNS = Error "no-known-columns", "The first line names none of the columns",
        "The header must be the first line of the file, with the names exactly as this guide has them. Titles or notes above it must go.";
    MISSING_COLUMN = Error "missing-column", "A column is missing",
        "Every column must be there, even when all its values are empty. The order is free.";
    UNKNOWN_COLUMN = Error "unknown-column", "A column is not known",
        "Column names are written exactly as this guide has them, with the same capitals and without spaces. Other columns must go.";
    DOUBLED_COLUMN = Error "doubled-column", "A column is there twice",
        "With two columns of one name nobody can say which of them counts.";
    END_MARK = Error "end-of-file-mark", "There is an end-of-file mark (Ctrl+Z)",
        "Programs from the days of DOS write the character U+001A after the last row. It is not part of CSV: other programs read it as a row, or as part of a value.";
    TRAILING_COMMAS = Error "trailing-comma", "A row ends in a comma too many",
        "Each comma starts another value, although it is an empty one. Spreadsheets write them where a cell beside the table was once filled.";
    FIELD_COUNT = Error "wrong-number-of-values", "A row has too many or too few values",
        "Each row has one value for each column; an empty value has its comma too. A comma inside a number makes two values of one.";
    TOO_MANY_ROWS = Error "too-many-rows", "The file has too many rows",
        "Rows after the limit are not read. Split the file into several and send each.";
    ROW_TOO_LONG = Error "row-too-long", "A row is too long",
        "No row of these files comes near this length. A line end may be missing, or the file is damaged.";
    FILE_TOO_LARGE = Error "file-too-large", "The file is too large",
        "The file is larger than any file of these kinds can be. Split it into several and send each.";
    UNCLOSED_QUOTE = Error "unclosed-quote", "A quotation mark is never closed",
        "A value that starts with a quotation mark ends with one. Without it, the rows after it would be swallowed.";
    STRAY_QUOTE = Error "stray-quote", "There is text after a closing quotation mark",
        "When a value is in quotation marks, a comma or the line's end follows the closing one. A quotation mark inside a value is written twice.";
    BLANK_LINE = Warning "blank-line", "There is a blank line between rows",
        "Blank lines are ignored. One in the middle may mean that something was deleted by mistake.";
    TRAILING_BLANK_LINES = Warning "trailing-blank-lines", "There are blank lines at the end",
        "Blank lines are ignored. Spreadsheets leave them when rows are cleared instead of deleted.";
    FILE_NAME = Warning "file-name", "The file has an unusual name",
        "Names are only a help for people: a file with another name is read all the same.";
}

/// What a file is that is not CSV.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtherFormat {
    /// What a program shows as text or a table, and can save as CSV.
    Document(&'static str),
    /// What belongs to signing: the CSV file is inside, or beside it.
    Signed(&'static str),
    /// What no program makes a table of.
    Other(&'static str),
}

impl OtherFormat {
    const fn name(self) -> &'static str {
        match self {
            Self::Document(name) | Self::Signed(name) | Self::Other(name) => name,
        }
    }
}

/// What can be wrong with a file as such.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileDefect {
    /// No byte, or nothing but a byte-order mark and blank lines.
    Empty,
    /// A header, and no row below it.
    HeaderOnly,
    /// Something else than text.
    NotCsv(OtherFormat),
    /// UTF-16, with or without a byte-order mark.
    Utf16,
    /// UTF-32, with or without a byte-order mark.
    Utf32,
    /// An encoding that hardly any program writes today, by its name.
    OtherEncoding(&'static str),
    /// The byte-order mark of UTF-16 before text that is not UTF-16.
    MarkOfUtf16,
    /// A second byte-order mark after the first.
    DoubledMark,
    /// Several CRs before an LF.
    DoubledCarriageReturn,
    /// A CR that no LF follows, outside quotation marks.
    CarriageReturnOnly,
    /// Lines end in a character, or in the letters for one, that is no line end; what it is.
    OtherLineEnd(String),
    /// Bytes that are zero, and nothing else, where a row could be.
    Zeros,
    /// The header's names are separated by this instead of a comma.
    Delimiter(char),
    /// The same where this is more than a character of ASCII.
    OtherDelimiter(String),
    /// A line `sep=…` above the header.
    SeparatorLine,
    /// Titles or notes above the header, which is on this line.
    TextAboveHeader(u64),
    /// A header below the header.
    HeaderAgain {
        /// Its line.
        line: u64,
        /// The kind of file that has it.
        found: ExchangedFile,
        /// What the file was read as.
        wanted: ExchangedFile,
    },
    /// The header is that of another kind of file.
    WrongKind {
        /// What it is.
        found: ExchangedFile,
        /// What it was read as.
        wanted: ExchangedFile,
    },
    /// The first line holds values.
    HeaderMissing,
    /// The first line holds neither column names nor values.
    NoKnownColumns,
    /// A row is one value in quotation marks, which holds its values.
    RowInQuotes,
    /// The first line is one value in quotation marks, which holds the column names.
    RowsInQuotes,
    /// The header of the DCC's Report File, which says what is held.
    ReportFile,
    /// A column of this name is missing.
    MissingColumn(&'static str),
    /// A column that is not known.
    UnknownColumn {
        /// Its name in the file.
        name: String,
        /// The column that it may be meant to be.
        meant: Option<&'static str>,
        /// A column that the file lacks otherwise.
        missing: Option<&'static str>,
    },
    /// A column is there a second time.
    DoubledColumn(&'static str),
    /// The character U+001A behind a row, or on a line of its own.
    EndMark,
    /// A row has so many empty values after the last column.
    TrailingCommas(usize),
    /// A row has another number of values than the header has columns.
    FieldCount {
        /// Values in the row.
        found: usize,
        /// Columns in the header.
        wanted: usize,
    },
    /// The same of the last row, which nothing ends: values are missing.
    CutOff {
        /// Values in the row.
        found: usize,
        /// Columns in the header.
        wanted: usize,
    },
    /// More rows than this.
    TooManyRows(u64, ExchangedFile),
    /// A record of more bytes than this.
    RowTooLong(usize),
    /// A file of more bytes than this.
    FileTooLarge(u64),
    /// A quotation mark that is not closed.
    UnclosedQuote,
    /// Text after a closing quotation mark.
    StrayQuote,
    /// Blank lines between rows.
    BlankLine,
    /// So many blank lines at the end.
    TrailingBlankLines(u64),
    /// A name that does not follow the custom; one that would.
    FileName(String),
}

impl Describe for FileDefect {
    fn code(&self) -> &'static FindingCode {
        match self {
            Self::Empty => &EMPTY,
            Self::HeaderOnly => &HEADER_ONLY,
            Self::NotCsv(_) => &NOT_CSV,
            Self::Utf16 => &UTF_16,
            Self::Utf32 => &UTF_32,
            Self::OtherEncoding(_) => &OTHER_ENCODING,
            Self::OtherLineEnd(_) => &OTHER_LINE_END,
            Self::Zeros => &ZEROS,
            Self::DoubledMark => &DOUBLED_MARK,
            Self::MarkOfUtf16 => &FOREIGN_MARK,
            Self::DoubledCarriageReturn => &DOUBLED_CR,
            Self::CarriageReturnOnly => &CR_LINE_ENDS,
            Self::Delimiter(_) | Self::OtherDelimiter(_) => &DELIMITER,
            Self::SeparatorLine => &SEPARATOR_LINE,
            Self::TextAboveHeader(_) => &TEXT_ABOVE,
            Self::HeaderAgain { .. } => &HEADER_AGAIN,
            Self::WrongKind { .. } => &WRONG_KIND,
            Self::HeaderMissing => &HEADER_MISSING,
            Self::ReportFile => &REPORT_FILE,
            Self::NoKnownColumns | Self::RowsInQuotes => &NO_KNOWN_COLUMNS,
            Self::MissingColumn(_) => &MISSING_COLUMN,
            Self::UnknownColumn { .. } => &UNKNOWN_COLUMN,
            Self::DoubledColumn(_) => &DOUBLED_COLUMN,
            Self::EndMark => &END_MARK,
            Self::TrailingCommas(_) => &TRAILING_COMMAS,
            Self::FieldCount { .. } | Self::CutOff { .. } | Self::RowInQuotes => &FIELD_COUNT,
            Self::TooManyRows(..) => &TOO_MANY_ROWS,
            Self::RowTooLong(_) => &ROW_TOO_LONG,
            Self::FileTooLarge(_) => &FILE_TOO_LARGE,
            Self::UnclosedQuote => &UNCLOSED_QUOTE,
            Self::StrayQuote => &STRAY_QUOTE,
            Self::BlankLine => &BLANK_LINE,
            Self::TrailingBlankLines(_) => &TRAILING_BLANK_LINES,
            Self::FileName(_) => &FILE_NAME,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::Empty => "The file is empty.".to_owned(),
            Self::HeaderOnly => "The file has a header row and no rows below it.".to_owned(),
            Self::NotCsv(format) => format!("The file is not CSV: it looks like {}.", format.name()),
            Self::Utf16 => "The file is in UTF-16, not in UTF-8.".to_owned(),
            Self::Utf32 => "The file is in UTF-32, not in UTF-8.".to_owned(),
            Self::OtherEncoding(name) => format!("The file is in {name}, not in UTF-8."),
            Self::OtherLineEnd(what) => format!("Lines end in {what}, not in LF or CR LF."),
            Self::Zeros => "Here are bytes that are zero, and no row.".to_owned(),
            Self::DoubledMark => {
                "The file starts with two byte-order marks: invisible characters (U+FEFF) of which one is allowed.".to_owned()
            }
            Self::MarkOfUtf16 => {
                "The file has the byte-order mark of UTF-16 at its start, and what follows is not UTF-16.".to_owned()
            }
            Self::DoubledCarriageReturn => {
                "Lines end in several carriage returns before a line feed, such as CR CR LF.".to_owned()
            }
            Self::CarriageReturnOnly => "Lines end in a carriage return (CR) alone.".to_owned(),
            Self::Delimiter(found) => separated_by(&found.to_string()),
            Self::OtherDelimiter(found) => separated_by(found),
            Self::SeparatorLine => {
                "The first line is meant for Excel: it says what separates the values.".to_owned()
            }
            Self::TextAboveHeader(header) => {
                format!("There is text above the header, which is on line {header}.")
            }
            Self::HeaderAgain { line, found, wanted } if found == wanted => {
                format!("The header stands again on line {line}: files were joined.")
            }
            Self::HeaderAgain { line, found, .. } => {
                format!("The header of {} stands on line {line}: files were joined.", found.name_with_article())
            }
            Self::WrongKind { found, wanted } => {
                format!("This is {}, not {}.", found.name_with_article(), wanted.name_with_article())
            }
            Self::HeaderMissing => {
                "The first line holds values: the header row is missing.".to_owned()
            }
            Self::ReportFile => {
                "This is the Report File in which the DCC says what is held. It is not sent back.".to_owned()
            }
            Self::NoKnownColumns => {
                "The first line names none of the columns that belong in this file.".to_owned()
            }
            Self::RowInQuotes => "The row stands in quotation marks as a whole, so that it is one value.".to_owned(),
            Self::RowsInQuotes => {
                "The first line stands in quotation marks as a whole, so that it is one value instead of the names of the columns."
                    .to_owned()
            }
            Self::MissingColumn(name) => format!("The column {name} is missing."),
            Self::UnknownColumn { name, .. } if name.is_empty() => {
                "A column has no name.".to_owned()
            }
            Self::UnknownColumn { .. } => "A column has a name that is not known.".to_owned(),
            Self::DoubledColumn(name) => format!("The column {name} is there more than once."),
            Self::EndMark => {
                "There is an end-of-file mark here (Ctrl+Z, U+001A), as some older programs write.".to_owned()
            }
            Self::TrailingCommas(1) => "The row ends in one comma too many.".to_owned(),
            Self::TrailingCommas(count) => {
                format!("The row ends in {} too many.", counted(*count as u64, "comma"))
            }
            Self::FieldCount { found, wanted } | Self::CutOff { found, wanted } => {
                format!(
                    "The row has {}; the header has {wanted} columns.",
                    counted(*found as u64, "value")
                )
            }
            Self::TooManyRows(limit, _) => {
                format!("The file has more than {} rows.", grouped(*limit))
            }
            Self::RowTooLong(limit) => {
                format!("The row is longer than {} bytes.", grouped(*limit as u64))
            }
            Self::FileTooLarge(limit) => {
                format!("The file is larger than {} bytes.", grouped(*limit))
            }
            Self::UnclosedQuote => {
                "A value starts with a quotation mark that is never closed.".to_owned()
            }
            Self::StrayQuote => "There is text after a closing quotation mark.".to_owned(),
            Self::BlankLine => "There is a blank line between rows. It was ignored.".to_owned(),
            Self::TrailingBlankLines(count) => {
                format!(
                    "The file ends in {}. Nothing is lost by it.",
                    counted(*count, "blank line")
                )
            }
            Self::FileName(_) => "The file's name is not in the usual form.".to_owned(),
        }
    }

    fn remedy(&self) -> String {
        match self {
            Self::Empty => "Export the file again, and look whether it has rows before you choose it.".to_owned(),
            Self::HeaderOnly => "Check that no filter hides the rows, and export the file again.".to_owned(),
            Self::NotCsv(OtherFormat::Document(_)) => {
                "Open it in the program that made it, and save it as \"CSV UTF-8\".".to_owned()
            }
            Self::NotCsv(OtherFormat::Signed(_)) => {
                "Choose the CSV file that was signed, or a .p7m with that file inside.".to_owned()
            }
            Self::NotCsv(OtherFormat::Other(_)) => "Choose the CSV file.".to_owned(),
            Self::DoubledMark | Self::MarkOfUtf16 => {
                "Export the file again from its source, or save it in a text editor as UTF-8 without a byte-order mark.".to_owned()
            }
            Self::SeparatorLine => {
                "Delete this line, so that the row with the column names is the first.".to_owned()
            }
            Self::TextAboveHeader(_) => {
                "Delete what is above the row with the column names.".to_owned()
            }
            Self::HeaderAgain { found, wanted, .. } if found == wanted => {
                "Send each file by itself. If the rows belong together, delete this line.".to_owned()
            }
            Self::HeaderAgain { .. } => "Send each file by itself.".to_owned(),
            Self::EndMark => {
                "Delete it in a text editor, or export the file again without it.".to_owned()
            }
            Self::TrailingCommas(_) => {
                "Remove what is empty at the end of the row; in a spreadsheet, delete the empty columns beside the table.".to_owned()
            }
            Self::Zeros => {
                "Copy or export the file again from its source, and check that its last row is there.".to_owned()
            }
            Self::OtherLineEnd(_) => {
                "Export the file again so that each line ends in LF, or in CR and LF.".to_owned()
            }
            Self::Utf16 | Self::Utf32 | Self::OtherEncoding(_) | Self::CarriageReturnOnly | Self::DoubledCarriageReturn => {
                "Save the file as \"CSV UTF-8 (comma delimited)\", then check it again.".to_owned()
            }
            Self::ReportFile => {
                "Decide under Quarantine, where the same communications are listed, or send an Exit Quarantine file.".to_owned()
            }
            Self::Delimiter(_) | Self::OtherDelimiter(_) => "Export the file with commas between the values.".to_owned(),
            Self::WrongKind { found, .. } => format!("Send it as {}, or choose another file.", found.name_with_article()),
            Self::HeaderMissing => "Put the row with the column names on the first line.".to_owned(),
            Self::NoKnownColumns => {
                "Make the row with the column names the first line, with the names exactly as Help lists them.".to_owned()
            }
            Self::RowsInQuotes | Self::RowInQuotes => {
                "Remove the quotation marks around the lines, or export the file again from the program that made it.".to_owned()
            }
            Self::MissingColumn(name) => format!("Add the column {name}, with its values. Help says whether any may be empty."),
            Self::UnknownColumn { meant: Some(meant), .. } => format!("Write {meant}, exactly so."),
            Self::UnknownColumn { missing: Some(missing), .. } => {
                format!("Call it {missing} if that is what it holds. Otherwise remove the column.")
            }
            Self::UnknownColumn { .. } => "Remove the column.".to_owned(),
            Self::DoubledColumn(_) => "Remove one of the two.".to_owned(),
            Self::CutOff { .. } => {
                "This is the last line, and nothing ends it: the file seems to be cut off here. Copy or export it again from its source."
                    .to_owned()
            }
            // Two rows, or more, between which a line end was lost, or is another character.
            Self::FieldCount { found, wanted } if found + 1 >= 2 * wanted => {
                "Several rows seem to stand on one line. Put a line end between them, or export the file again.".to_owned()
            }
            Self::FieldCount { found: 1, .. } => {
                "See that commas stand between the values. Add what is missing, and a comma for each value that is empty.".to_owned()
            }
            Self::FieldCount { found, wanted } if found > wanted => {
                "Look for a comma inside a value, such as in 1,000, and remove it.".to_owned()
            }
            Self::FieldCount { .. } => "Add the missing values, and a comma for each that is empty.".to_owned(),
            // A part of a User ID's rows would be taken for all of them.
            Self::TooManyRows(_, ExchangedFile::Adt) => {
                "Split it into several files, each with all the rows of the User IDs that it names.".to_owned()
            }
            Self::TooManyRows(..) | Self::FileTooLarge(_) => {
                "Split it into several files, and send each of them.".to_owned()
            }
            Self::RowTooLong(_) => "Look for a missing line end, or export the file again.".to_owned(),
            Self::UnclosedQuote => "Close the quotation mark, or remove it.".to_owned(),
            Self::StrayQuote => "Remove the text or the quotation marks.".to_owned(),
            Self::BlankLine => "Check that no row was deleted by mistake.".to_owned(),
            Self::TrailingBlankLines(_) => "You can leave it as it is, or delete the blank lines before you sign.".to_owned(),
            Self::FileName(example) => format!("You can leave it as it is, or call it {example} next time."),
        }
    }
}

fn separated_by(found: &str) -> String {
    let is_unseen =
        |c: char| c.is_control() || cannot_be_seen(c) || (c.is_whitespace() && c != ' ');
    let what = if found == "\t" {
        "tabs".to_owned()
    } else if found.chars().any(is_unseen) {
        let numbers = found.chars().map(|c| format!("U+{:04X}", u32::from(c)));
        numbers.collect::<Vec<_>>().join(" ")
    } else if found.trim().is_empty() {
        "spaces".to_owned()
    } else {
        format!("\"{found}\"")
    };
    format!("The values are separated by {what}, not by commas.")
}

/// `1 value`, `2 values`.
pub(super) fn counted(count: u64, noun: &str) -> String {
    format!(
        "{} {noun}{}",
        grouped(count),
        if count == 1 { "" } else { "s" }
    )
}

/// A number with thousands separators, for people.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
