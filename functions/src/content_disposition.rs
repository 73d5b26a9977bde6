//! The header that gives a download its name (RFC 6266).
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sluice_shared::identifiers::FileName;

/// What stands for itself in an extended value (`attr-char` of RFC 8187).
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'!')
    .remove(b'#')
    .remove(b'$')
    .remove(b'&')
    .remove(b'+')
    .remove(b'-')
    .remove(b'.')
    .remove(b'^')
    .remove(b'_')
    .remove(b'`')
    .remove(b'|')
    .remove(b'~');

/// An attachment of this name, which somebody else chose: nothing in it can end the value or begin another.
pub(crate) fn attachment(name: &FileName) -> String {
    let whole = utf8_percent_encode(name.as_str(), PLAIN);
    format!("{}; filename*=UTF-8''{whole}", plain_attachment(name))
}

/// The form that old clients read, and the shorter one: `_` for whatever is more than a letter, a digit or one of `.-_` and space.
pub(crate) fn plain_attachment(name: &FileName) -> String {
    let plain: String = name
        .as_str()
        .chars()
        .map(|c| match c {
            '.' | '-' | '_' | ' ' => c,
            c if c.is_ascii_alphanumeric() => c,
            _ => '_',
        })
        .collect();
    format!("attachment; filename=\"{plain}\"")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn of(name: &str) -> String {
        attachment(&FileName::parse(name).unwrap())
    }

    #[test]
    fn an_ordinary_name_stays_as_it_is() {
        assert_eq!(
            of("ADT_large-supplier_20261121.csv"),
            "attachment; filename=\"ADT_large-supplier_20261121.csv\"; filename*=UTF-8''ADT_large-supplier_20261121.csv"
        );
    }

    #[test]
    fn nothing_in_a_name_ends_the_value() {
        assert_eq!(
            of("a\"; filename=b.exe; x='é%.csv"),
            "attachment; filename=\"a__ filename_b.exe_ x____.csv\"; \
             filename*=UTF-8''a%22%3B%20filename%3Db.exe%3B%20x%3D%27%C3%A9%25.csv"
        );
    }

    #[test]
    fn names_of_other_scripts_keep_all_their_letters() {
        assert!(
            of("данные.csv").ends_with("filename*=UTF-8''%D0%B4%D0%B0%D0%BD%D0%BD%D1%8B%D0%B5.csv")
        );
    }
}
