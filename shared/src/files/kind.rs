//! Which of the files a file is.

use std::fmt;

use super::columns::{AdtColumn, ExitColumn};
use crate::identifiers::text_form;

/// The files that a User sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// The ADT file: thresholds, and exceptions to them.
    Adt,
    /// The Exit Quarantine file: release or delete, for each held communication.
    ExitQuarantine,
}

/// Why a text is not a kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not one of adt, exit-quarantine")]
pub struct FileKindError;

impl FileKind {
    /// Reads `adt` or `exit-quarantine`.
    pub fn parse(text: &str) -> Result<Self, FileKindError> {
        match text {
            "adt" => Ok(Self::Adt),
            "exit-quarantine" => Ok(Self::ExitQuarantine),
            _ => Err(FileKindError),
        }
    }

    /// `adt` or `exit-quarantine`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Adt => "adt",
            Self::ExitQuarantine => "exit-quarantine",
        }
    }

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Adt => "ADT file",
            Self::ExitQuarantine => "Exit Quarantine file",
        }
    }

    /// The names of its columns, in the usual order.
    pub const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Adt => AdtColumn::NAMES,
            Self::ExitQuarantine => ExitColumn::NAMES,
        }
    }

    /// The first line of a file, without its end.
    pub fn header(self) -> String {
        self.columns().join(",")
    }

    /// The kind that a file's first bytes and name suggest. The header decides; the name helps when there is none that is known.
    pub fn guess(start: &[u8], file_name: &str) -> Option<Self> {
        let header = start
            .split(|byte| matches!(byte, b'\n' | b'\r'))
            .next()
            .unwrap_or(start);
        // A title that happens to be binary is not worth more than its beginning.
        let header =
            String::from_utf8_lossy(&header[..header.len().min(1_000)]).to_ascii_lowercase();
        let name = file_name.to_ascii_lowercase();
        if header.contains("quarantinethreshold") || header.contains("warningthreshold") {
            Some(Self::Adt)
        } else if header.contains("quarantineeventref")
            || header.contains("requestid")
            || name.starts_with("exitq")
        {
            Some(Self::ExitQuarantine)
        } else if name.starts_with("adt") {
            Some(Self::Adt)
        } else {
            None
        }
    }
}

impl fmt::Display for FileKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

text_form!(FileKind, FileKindError, "A kind of file", "adt");
