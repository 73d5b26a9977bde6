//! What went wrong and what to do about it: one line each.

use std::fmt;

pub(crate) type Outcome<T = ()> = Result<T, Failure>;

/// A failure to tell the person at the terminal.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    what: String,
    remedy: String,
}

impl Failure {
    pub(crate) fn new(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            remedy: remedy.into(),
        }
    }

    /// The same remedy for a failure said in other words.
    pub(crate) fn said_as(self, what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            ..self
        }
    }

    /// For files of ours that cannot be read or written.
    pub(crate) fn file(path: &std::path::Path, error: &std::io::Error) -> Self {
        Self::new(
            format!("{}: {error}", path.display()),
            "Check that the folder is yours and that the disk has room.",
        )
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}\n  → {}", self.what, self.remedy)
    }
}
