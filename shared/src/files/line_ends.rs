//! Where lines end: at LF and CR LF, at a CR alone, and at CR CR LF, which comes of a program that turns LF into CR LF once too often.
//!
//! Records, findings and whoever shows a line count lines by this, so that all of them mean the same one.

/// As many CRs as make one line end with the LF after them. Of more, each is a line end of its own.
pub(super) const MOST_CRS: usize = 4;

/// The first line end in some bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineEnd {
    /// There is none.
    None,
    /// It begins here, and only the bytes that follow say how long it is.
    Open(usize),
    /// It begins here, and the next line there.
    At {
        /// The first byte of the line end.
        begins: usize,
        /// The first byte of the next line.
        next: usize,
    },
}

/// The first line end in `data`; `last` says that no bytes follow.
pub(super) fn line_end(data: &[u8], last: bool) -> LineEnd {
    let Some(begins) = memchr::memchr2(b'\n', b'\r', data) else {
        return LineEnd::None;
    };
    let crs = data[begins..]
        .iter()
        .take(MOST_CRS)
        .take_while(|byte| **byte == b'\r')
        .count();
    let next = match data.get(begins + crs) {
        Some(b'\n') => begins + crs + 1,
        None if !last => return LineEnd::Open(begins),
        _ => begins + 1,
    };
    LineEnd::At { begins, next }
}

/// How many lines end within these bytes.
pub(super) fn line_ends_in(mut bytes: &[u8]) -> u64 {
    let mut count = 0;
    while let LineEnd::At { next, .. } = line_end(bytes, true) {
        count += 1;
        bytes = &bytes[next..];
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_ends_where_an_editor_shows_one() {
        for (text, count) in [
            ("a\nb", 1),
            ("a\r\nb\r\n", 2),
            ("a\rb\r", 2),
            ("a\r\r\nb\r\r\n", 2),
            ("a\n\nb", 2),
            ("a\n\r\nb", 2),
            ("", 0),
        ] {
            assert_eq!(line_ends_in(text.as_bytes()), count, "{text:?}");
        }
    }

    #[test]
    fn a_carriage_return_at_the_end_waits_for_what_follows() {
        assert_eq!(line_end(b"a\r", false), LineEnd::Open(1));
        assert_eq!(line_end(b"a\r\r", false), LineEnd::Open(1));
        assert_eq!(
            line_end(b"a\r\rb", false),
            LineEnd::At { begins: 1, next: 2 }
        );
        assert_eq!(line_end(b"a\r", true), LineEnd::At { begins: 1, next: 2 });
        assert_eq!(
            line_end(&[b'\r'; 9], false),
            LineEnd::At { begins: 0, next: 1 }
        );
    }
}
