//! Lists as CSV for a spreadsheet: what people take away from a page, and, where that is said, bring back. None of the three files is one.

mod sheet;

pub use sheet::{Sheet, SheetError, SheetRow};

/// Spreadsheets take a text that begins with it for UTF-8, and others for whatever their computer is set to.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A table as CSV (RFC 4180), its headings first.
///
/// A cell that a spreadsheet would take for a formula begins with an apostrophe, which makes it text: file names and references are
/// chosen by whoever sends, and opened by others.
pub fn csv<'a>(
    headings: impl IntoIterator<Item = &'a str>,
    rows: impl IntoIterator<Item = Vec<String>>,
) -> Vec<u8> {
    let mut text = BYTE_ORDER_MARK.to_owned();
    let headings = headings.into_iter().map(str::to_owned).collect();
    for row in std::iter::once(headings).chain(rows) {
        add_row(&mut text, &row);
    }
    text.into_bytes()
}

/// Whether a spreadsheet would compute the cell, or a program that cuts off leading space before it looks. Full-width signs count in
/// some languages.
fn is_like_a_formula(cell: &str) -> bool {
    const SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    cell.starts_with(['\t', '\r', '\n']) || cell.trim_start().starts_with(SIGNS)
}

/// Every cell is quoted: where a spreadsheet takes semicolons for separators, it stays one. Written here, since the library that reads
/// files asks of each cell that it writes whether it is a number, and that costs the page 16 kB.
fn add_row(text: &mut String, cells: &[String]) {
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            text.push(',');
        }
        text.push('"');
        if is_like_a_formula(cell) {
            text.push('\'');
        }
        for character in cell.chars() {
            if character == '"' {
                text.push('"');
            }
            text.push(character);
        }
        text.push('"');
    }
    text.push_str("\r\n");
}
