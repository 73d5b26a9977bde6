//! Characters that are there and do not show.

/// Whether a character shows nothing of itself and changes what is read around it: it turns the reading direction, breaks a line, or stands
/// unseen between two others or in their place (fillers). Joiners (U+200C, U+200D) are part of how words and emoji are written, and stay.
pub(crate) const fn cannot_be_seen(c: char) -> bool {
    matches!(
        c,
        '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'
            | '\u{2066}'..='\u{2069}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{feff}'
            | '\u{ffa0}'
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use crate::identifiers::{FileName, ReviewReason};

    #[test]
    fn neither_a_name_nor_a_reason_hides_anything() {
        for c in [
            '\u{61c}', '\u{200b}', '\u{200e}', '\u{2028}', '\u{202e}', '\u{2060}', '\u{2066}',
            '\u{feff}', '\u{115f}', '\u{2800}', '\u{3164}', '\u{ffa0}',
        ] {
            let text = format!("a{c}b c");
            assert!(FileName::parse(&text).is_err(), "{c:?}");
            assert!(ReviewReason::parse(&text).is_err(), "{c:?}");
            assert_eq!(FileName::nearest(&text).as_str(), "a_b c", "{c:?}");
        }
    }

    #[test]
    fn words_and_emoji_of_several_parts_stay() {
        for text in ["👩\u{200d}🔧.csv", "می\u{200c}خواهم.csv"] {
            assert!(FileName::parse(text).is_ok(), "{text}");
            assert!(ReviewReason::parse(text).is_ok(), "{text}");
        }
    }
}
