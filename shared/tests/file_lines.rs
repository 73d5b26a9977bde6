//! The lines around one that a finding names, cut from a file that comes in pieces.

use sluice_shared::files::LinesAround;

/// The lines, cut from pieces of every length.
fn cut(bytes: &[u8], line: u64, around: u64) -> Vec<(u64, String)> {
    let in_pieces = |length: usize| {
        let mut lines = LinesAround::new(line, around);
        for piece in bytes.chunks(length) {
            if lines.push(piece).is_break() {
                break;
            }
        }
        let lines = lines.finish().into_iter();
        lines.map(|line| (line.number, line.text)).collect()
    };
    let whole: Vec<_> = in_pieces(bytes.len().max(1));
    for length in (1..bytes.len()).take(64) {
        assert_eq!(in_pieces(length), whole, "in pieces of {length}");
    }
    whole
}

fn lines(numbers_and_texts: &[(u64, &str)]) -> Vec<(u64, String)> {
    numbers_and_texts
        .iter()
        .map(|(number, text)| (*number, (*text).to_owned()))
        .collect()
}

#[test]
fn lines_around_one_in_the_middle() {
    assert_eq!(
        cut(b"a\r\nb\r\nc\r\nd\r\ne\r\n", 3, 1),
        lines(&[(2, "b"), (3, "c"), (4, "d")])
    );
}

#[test]
fn lines_end_where_the_readers_see_them_end() {
    for end in ["\n", "\r\n", "\r", "\r\r\n"] {
        let text = ["one", "two", "three", ""].join(end);
        let shown = lines(&[(1, "one"), (2, "two"), (3, "three")]);
        assert_eq!(cut(text.as_bytes(), 2, 5), shown, "{end:?}");
    }
}

#[test]
fn a_file_in_another_encoding_is_shown_as_it_is_read() {
    let text = "\u{feff}one\r\ntwo\r\n";
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let utf32: Vec<u8> = text
        .chars()
        .flat_map(|c| u32::from(c).to_be_bytes())
        .collect();
    for bytes in [text.as_bytes(), &utf16, &utf32] {
        assert_eq!(cut(bytes, 1, 1), lines(&[(1, "one"), (2, "two")]));
    }
}

#[test]
fn empty_lines_count() {
    assert_eq!(
        cut(b"\n\nc\n\ne", 3, 2),
        lines(&[(1, ""), (2, ""), (3, "c"), (4, ""), (5, "e")])
    );
}

#[test]
fn the_end_of_the_file_is_no_line_of_its_own() {
    assert_eq!(cut(b"a\nb\n", 2, 5), lines(&[(1, "a"), (2, "b")]));
    assert_eq!(cut(b"a\nb", 2, 5), lines(&[(1, "a"), (2, "b")]));
    assert_eq!(cut(b"", 1, 5), []);
}

#[test]
fn a_line_beyond_the_end_is_none() {
    assert_eq!(cut(b"a\nb\n", 9, 3), []);
}

#[test]
fn only_a_line_that_is_longer_is_marked_so() {
    let exactly = "€".repeat(300);
    assert_eq!(cut(format!("{exactly}\r\n").as_bytes(), 1, 0)[0].1, exactly);
    assert_eq!(
        cut(format!("{exactly}€\r\n").as_bytes(), 1, 0)[0].1,
        format!("{exactly}…")
    );
    assert_eq!(
        cut("x".repeat(9_000).as_bytes(), 1, 0)[0].1.chars().count(),
        301
    );
}

#[test]
fn nothing_is_read_past_the_last_line_that_is_wanted() {
    let mut lines = LinesAround::new(1, 0);
    assert!(lines.push(b"a\nb and all that follows").is_break());
    assert_eq!(lines.finish().len(), 1);
}
