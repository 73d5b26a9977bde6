use std::fmt;

use super::ActivityRecord;
use crate::identifiers::text_form;
use crate::spreadsheet;

/// The form in which a list of activity is taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFormat {
    /// For a spreadsheet.
    Csv,
    /// For programs: a record in JSON on each line.
    JsonLines,
}

/// The text names no form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not one of csv, json-lines")]
pub struct FileFormatError;

impl FileFormat {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Csv, Self::JsonLines];

    /// Reads its name.
    pub fn parse(text: &str) -> Result<Self, FileFormatError> {
        let named = Self::ALL.into_iter().find(|format| format.as_str() == text);
        named.ok_or(FileFormatError)
    }

    /// Its name in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::JsonLines => "json-lines",
        }
    }

    /// What the content is called on the web.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::JsonLines => "application/jsonl",
        }
    }

    /// What the file is called.
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Csv => "activity.csv",
            Self::JsonLines => "activity.jsonl",
        }
    }

    /// Records in this form.
    ///
    /// # Errors
    /// None that is known: records are texts and numbers.
    pub fn write(self, records: &[ActivityRecord]) -> Result<Vec<u8>, serde_json::Error> {
        match self {
            Self::Csv => {
                let rows = records.iter().map(ActivityRecord::cells);
                Ok(spreadsheet::csv(ActivityRecord::HEADINGS, rows))
            }
            Self::JsonLines => {
                let mut lines = Vec::new();
                for record in records {
                    serde_json::to_writer(&mut lines, record)?;
                    lines.push(b'\n');
                }
                Ok(lines)
            }
        }
    }
}

impl fmt::Display for FileFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

text_form!(
    FileFormat,
    FileFormatError,
    "The form of a file",
    "csv",
    "^(csv|json-lines)$"
);
