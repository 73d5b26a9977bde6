use std::fmt;

use super::{SubmissionId, SubmissionIdError, text_form};

/// The reference of a change of the directory that somebody asked for; of the same form as that of a submission, so that people read
/// it out alike.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChangeRequestId(SubmissionId);

impl ChangeRequestId {
    /// The reference made of these random bytes.
    pub fn from_random(bytes: [u8; 10]) -> Self {
        Self(SubmissionId::from_random(bytes))
    }

    /// Reads the text form.
    pub fn parse(text: &str) -> Result<Self, SubmissionIdError> {
        SubmissionId::parse(text).map(Self)
    }
}

impl fmt::Display for ChangeRequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for ChangeRequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

text_form!(
    ChangeRequestId,
    SubmissionIdError,
    "The reference of a change of the directory",
    "7D2P-5N8R-0YV6-3KCE",
    "^[- ]*([0-9A-TV-Za-tv-z][- ]*){16}$"
);
