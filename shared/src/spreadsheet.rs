//! Lists as CSV for a spreadsheet: what people take away from a page. It is none of the three files, and nobody reads it back.

use csv_core::{QuoteStyle, Terminator, Writer, WriterBuilder};

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
    let mut table = Table {
        // Where a spreadsheet takes semicolons for separators, a quoted cell stays one.
        writer: WriterBuilder::new()
            .quote_style(QuoteStyle::Always)
            .terminator(Terminator::CRLF)
            .build(),
        text: BYTE_ORDER_MARK.as_bytes().to_vec(),
    };
    let headings = headings.into_iter().map(str::to_owned).collect();
    for row in std::iter::once(headings).chain(rows) {
        table.row(&row);
    }
    table.text
}

/// Whether a spreadsheet would compute the cell, or a program that cuts off leading space before it looks. Full-width signs count in
/// some languages.
fn is_like_a_formula(cell: &str) -> bool {
    const SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    cell.starts_with(['\t', '\r', '\n']) || cell.trim_start().starts_with(SIGNS)
}

struct Table {
    writer: Writer,
    text: Vec<u8>,
}

impl Table {
    fn row(&mut self, cells: &[String]) {
        for (place, cell) in cells.iter().enumerate() {
            if place > 0 {
                self.write(2, |writer, out| writer.delimiter(out).1);
            }
            let safe = if is_like_a_formula(cell) {
                format!("'{cell}")
            } else {
                cell.clone()
            };
            // A quotation mark is doubled, and one stands at either end.
            self.write(2 * safe.len() + 2, |writer, out| {
                writer.field(safe.as_bytes(), out).2
            });
        }
        self.write(4, |writer, out| writer.terminator(out).1);
    }

    /// Lets the writer add up to `most` bytes: it stops where there is no room, and there always is.
    fn write(&mut self, most: usize, step: impl FnOnce(&mut Writer, &mut [u8]) -> usize) {
        let end = self.text.len();
        self.text.resize(end + most, 0);
        let written = step(&mut self.writer, &mut self.text[end..]);
        self.text.truncate(end + written);
    }
}
