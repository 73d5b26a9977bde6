//! The table, in the form in which README has it.

use super::row::{COLUMNS, Row};

const HEADINGS: [&str; COLUMNS] = [
    "Figure",
    "Measured",
    "Aim",
    "Reached",
    "Peer in the same run",
];

/// The rows in Markdown, their columns aligned.
pub(super) fn as_table(rows: &[Row]) -> String {
    let headings = HEADINGS.map(str::to_owned);
    let mut lines = vec![&headings];
    lines.extend(rows);
    let mut widths = [0; COLUMNS];
    for line in &lines {
        for (width, value) in widths.iter_mut().zip(*line) {
            *width = (*width).max(value.chars().count());
        }
    }
    let rule = widths.map(|width| "-".repeat(width));
    lines.insert(1, &rule);
    let drawn: Vec<String> = lines.iter().map(|line| draw(line, widths)).collect();
    drawn.join("\n")
}

fn draw(line: &Row, widths: [usize; COLUMNS]) -> String {
    let cells: Vec<String> = line
        .iter()
        .zip(widths)
        .map(|(value, width)| format!(" {value:<width$} |"))
        .collect();
    format!("|{}", cells.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_value() {
        let row = ["… stall", "12 ms", "", "", ""].map(str::to_owned);
        let drawn = as_table(&[row]);
        let lines: Vec<&str> = drawn.lines().collect();
        assert_eq!(
            lines[2],
            "| … stall | 12 ms    |     |         |                      |"
        );
        let widths: Vec<usize> = lines.iter().map(|line| line.chars().count()).collect();
        assert!(widths.iter().all(|width| *width == widths[0]), "{widths:?}");
    }
}
