use super::FileKind;

/// A file that goes between Users and the DCC, in whichever direction: what a table can turn out to be.
///
/// [`FileKind`] has those that can be submitted. A Report File cannot be yet; its columns are known all the same, so that one in the wrong
/// place is called what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExchangedFile {
    /// The ADT file: thresholds, and exceptions to them.
    Adt,
    /// The Exit Quarantine file: release or delete, for each held communication.
    ExitQuarantine,
    /// The Report File: which communications are held, and why.
    Report,
}

impl ExchangedFile {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Adt, Self::ExitQuarantine, Self::Report];

    /// What people call it, with its article: "an ADT file".
    pub const fn name_with_article(self) -> &'static str {
        match self {
            Self::Adt => "an ADT file",
            Self::ExitQuarantine => "an Exit Quarantine file",
            Self::Report => "a Report File",
        }
    }
}

impl From<FileKind> for ExchangedFile {
    fn from(kind: FileKind) -> Self {
        match kind {
            FileKind::Adt => Self::Adt,
            FileKind::ExitQuarantine => Self::ExitQuarantine,
        }
    }
}
