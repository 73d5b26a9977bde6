//! The lines of a file around one of them.

use super::held::with_last;
use serde::{Deserialize, Serialize};

/// As many characters of a line as are shown.
const SHOWN: usize = 300;

/// A line as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its number, from 1.
    pub number: u64,
    /// Its text, without the line end, shortened; what is no text is shown as �.
    pub text: String,
}

/// Lines of the file that was read last: `line`, and `around` before and after it.
pub(super) fn around(line: u64, around: u64) -> Result<Vec<Line>, String> {
    with_last(|last| cut(&last.content.to_vec(), line, around))
}

fn cut(bytes: &[u8], line: u64, around: u64) -> Vec<Line> {
    let first = line.saturating_sub(around).max(1);
    let mut lines: Vec<Line> = (1..)
        .zip(bytes.split(|byte| *byte == b'\n'))
        .skip_while(|(number, _)| *number < first)
        .take_while(|(number, _)| *number <= line.saturating_add(around))
        .map(|(number, text)| Line {
            number,
            text: shown(text),
        })
        .collect();
    // What follows the last line end is no line.
    if bytes.ends_with(b"\n") && lines.last().is_some_and(|line| line.text.is_empty()) {
        lines.pop();
    }
    lines
}

fn shown(bytes: &[u8]) -> String {
    let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
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

    fn numbers_and_texts(bytes: &[u8], line: u64, around: u64) -> Vec<(u64, String)> {
        cut(bytes, line, around)
            .into_iter()
            .map(|line| (line.number, line.text))
            .collect()
    }

    #[test]
    fn lines_around_one_in_the_middle() {
        let lines = numbers_and_texts(b"a\r\nb\r\nc\r\nd\r\ne\r\n", 3, 1);
        assert_eq!(
            lines,
            [
                (2, "b".to_owned()),
                (3, "c".to_owned()),
                (4, "d".to_owned())
            ]
        );
    }

    #[test]
    fn the_end_of_the_file_is_no_line_of_its_own() {
        assert_eq!(
            numbers_and_texts(b"a\nb\n", 2, 5),
            [(1, "a".to_owned()), (2, "b".to_owned())]
        );
        assert_eq!(
            numbers_and_texts(b"a\nb", 2, 5),
            [(1, "a".to_owned()), (2, "b".to_owned())]
        );
    }

    #[test]
    fn a_line_of_a_megabyte_is_cut() {
        let long = vec![b'x'; 1_000_000];
        assert_eq!(cut(&long, 1, 0)[0].text.chars().count(), SHOWN + 1);
    }
}
