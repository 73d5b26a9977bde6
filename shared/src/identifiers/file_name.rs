//! The name that a file had on the sender's machine.

use std::fmt;

use super::text_form;

/// A file's name without its folder: 1 to 200 characters, no control characters, none that paths are made of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileName(String);

/// Why a text is not a file name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileNameError {
    /// Empty, or longer than 200 characters.
    #[error("does not have 1 to 200 characters")]
    Length,
    /// A control character, or one that belongs to paths: `/ \ : * ? " < > |`.
    #[error("has a character that a file name may not have")]
    Character,
    /// `.` or `..`.
    #[error("is the name of a folder")]
    Folder,
}

impl FileName {
    /// Reads a file name; a path is refused, not cut.
    pub fn parse(text: &str) -> Result<Self, FileNameError> {
        // Characters that turn the reading direction could make `exe.csv` look like something else.
        let misleading = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if text
            .chars()
            .any(|c| c.is_control() || r#"/\:*?"<>|"#.contains(c) || misleading(c))
        {
            return Err(FileNameError::Character);
        }
        if !(1..=200).contains(&text.chars().count()) {
            return Err(FileNameError::Length);
        }
        if text == "." || text == ".." {
            return Err(FileNameError::Folder);
        }
        Ok(Self(text.to_owned()))
    }

    /// The text form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
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
    "^(?!\\.{1,2}$)[^\\u0000-\\u001f\\u007f-\\u009f/\\\\:*?\"<>|\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]{1,200}$"
);
