//! Characters that are there and do not show.

/// Whether a character shows nothing of itself and changes what is read around it: it turns the reading direction, breaks a line, or stands
/// unseen between two others or in their place (fillers). Joiners (U+200C, U+200D) are part of how words and emoji are written, and stay.
pub(crate) const fn cannot_be_seen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// The same characters, as they stand between the brackets of a pattern in the `OpenAPI` document. Those beyond U+FFFF stand there as
/// themselves: no two dialects write them alike.
#[cfg(feature = "openapi")]
macro_rules! unseen {
    () => {
        "\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u2800\\u3164\\ufeff\\uffa0\\ufff0-\\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}"
    };
}
#[cfg(feature = "openapi")]
pub(crate) use unseen;

/// Whether a character stands for itself on a page: joiners, marks on other letters and what chooses a letter's form do not.
pub(crate) fn stands_by_itself(c: char) -> bool {
    let belongs_to_another = matches!(
        c,
        '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}'
    );
    !belongs_to_another && !c.is_whitespace() && !c.is_control() && !cannot_be_seen(c)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use crate::identifiers::{FileName, ReviewReason};

    #[test]
    fn neither_a_name_nor_a_reason_hides_anything() {
        for c in [
            '\u{61c}',
            '\u{200b}',
            '\u{200e}',
            '\u{2028}',
            '\u{202e}',
            '\u{2060}',
            '\u{2066}',
            '\u{feff}',
            '\u{115f}',
            '\u{2800}',
            '\u{3164}',
            '\u{ffa0}',
            '\u{ad}',
            '\u{34f}',
            '\u{180e}',
            '\u{2064}',
            '\u{e0041}',
        ] {
            let text = format!("a{c}b c");
            assert!(FileName::parse(&text).is_err(), "{c:?}");
            assert!(ReviewReason::parse(&text).is_err(), "{c:?}");
            assert_eq!(FileName::nearest(&text).as_str(), "a_b c", "{c:?}");
        }
    }

    #[test]
    fn a_reason_says_something_that_can_be_read() {
        for nothing in [
            "\u{200d}\u{200d}\u{200d}",
            "\u{fe0f}".repeat(4).as_str(),
            "a\u{301}\u{302}b",
        ] {
            assert!(ReviewReason::parse(nothing).is_err(), "{nothing:?}");
        }
        assert!(ReviewReason::parse("e\u{301}te\u{301}").is_ok());
    }

    #[test]
    fn words_and_emoji_of_several_parts_stay() {
        for text in ["👩\u{200d}🔧.csv", "⚙\u{fe0f}.csv", "می\u{200c}خواهم.csv"] {
            assert!(FileName::parse(text).is_ok(), "{text}");
            assert!(ReviewReason::parse(text).is_ok(), "{text}");
        }
    }
}
