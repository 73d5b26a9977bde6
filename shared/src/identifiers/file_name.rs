//! The name that a file had on the sender's machine.

use std::fmt;

#[cfg(feature = "openapi")]
use super::cannot_be_seen::unseen;
use super::{cannot_be_seen, text_form};

/// A file's name without its folder, as it was: 1 to 255 characters, none of them a control character or one that paths are made of.
///
/// What only some systems forbid in names, such as `:` and `?`, may be in it: the file was called so where it came from. Nothing is ever
/// stored under this name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileName(String);

/// Why a text is not a file name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileNameError {
    /// Empty, or longer than 255 characters.
    #[error("does not have 1 to 255 characters")]
    Length,
    /// A control character, `/` or `\`, or one that cannot be seen, as those that turn the reading direction.
    #[error("has a character that a file name may not have")]
    Character,
    /// Nothing but spaces.
    #[error("is blank")]
    Blank,
    /// `.` or `..`.
    #[error("is the name of a folder")]
    Folder,
}

impl FileName {
    /// The most characters of a name, as file systems have them.
    pub const LONGEST: usize = 255;

    /// Reads a file name; a path is refused, not cut.
    pub fn parse(text: &str) -> Result<Self, FileNameError> {
        if text.chars().any(is_forbidden) {
            return Err(FileNameError::Character);
        }
        if !(1..=Self::LONGEST).contains(&text.chars().count()) {
            return Err(FileNameError::Length);
        }
        if text.trim().is_empty() {
            return Err(FileNameError::Blank);
        }
        if text == "." || text == ".." {
            return Err(FileNameError::Folder);
        }
        Ok(Self(text.to_owned()))
    }

    /// The name nearest to what a file is called: with `_` for what may not be in it, and without the middle of a name that is too long.
    pub fn nearest(text: &str) -> Self {
        let allowed = |c: char| if is_forbidden(c) { '_' } else { c };
        let mut name: String = text.chars().map(allowed).collect();
        let over = name.chars().count().saturating_sub(Self::LONGEST);
        if over > 0 {
            // The beginning says what a file is, and the end of what kind it is.
            let head = name.chars().take(Self::LONGEST / 2);
            let tail = name.chars().skip(Self::LONGEST / 2 + over + 1);
            name = head.chain(['…']).chain(tail).collect();
        }
        Self::parse(&name).unwrap_or_else(|_| Self("_".to_owned()))
    }

    /// The text form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Characters that turn the reading direction could make `exe.csv` look like something else.
fn is_forbidden(c: char) -> bool {
    c.is_control() || matches!(c, '/' | '\\') || cannot_be_seen(c)
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

text_form!(
    FileName,
    FileNameError,
    "A file's name, without a folder",
    "ADT_large-supplier_20261121.csv",
    concat!(
        "^(?!\\.{1,2}$)[^\\u0000-\\u001f\\u007f-\\u009f/\\\\",
        unseen!(),
        "]{0,127}[^\\s\\u0000-\\u001f\\u007f-\\u009f/\\\\",
        unseen!(),
        "][^\\u0000-\\u001f\\u007f-\\u009f/\\\\",
        unseen!(),
        "]{0,127}$"
    )
);
