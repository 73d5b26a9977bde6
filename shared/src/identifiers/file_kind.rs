use std::fmt;

use super::text_form;

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
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Adt, Self::ExitQuarantine];

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
}

impl fmt::Display for FileKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

text_form!(
    FileKind,
    FileKindError,
    "A kind of file",
    "adt",
    "^(adt|exit-quarantine)$"
);
