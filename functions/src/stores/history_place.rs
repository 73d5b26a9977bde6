//! Where the history of a User ID goes on, opaque to callers.
use base64ct::{Base64UrlUnpadded, Encoding as _};
use sluice_shared::{api, identifiers::SubmissionId};

/// A statement in a history: what comes after it is older. Whose history it is never comes from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryPlace(String);

impl HistoryPlace {
    /// Reads what stands behind `HISTORY#` in a key: the time of acceptance, 15 digits of milliseconds, and the submission.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (at, submission) = text.split_once('#')?;
        let is_time = at.len() == 15 && at.bytes().all(|byte| byte.is_ascii_digit());
        (is_time && SubmissionId::parse(submission).is_ok()).then(|| Self(text.to_owned()))
    }

    /// As it stands in a key.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Reads the form that callers have; `None` for all that [`HistoryPlace::encode`] did not make.
    pub fn decode(cursor: &api::Cursor) -> Option<Self> {
        let bytes = Base64UrlUnpadded::decode_vec(cursor.as_str()).ok()?;
        Self::parse(&String::from_utf8(bytes).ok()?)
    }

    /// The form that callers see.
    pub fn encode(&self) -> Option<api::Cursor> {
        api::Cursor::parse(&Base64UrlUnpadded::encode_string(self.0.as_bytes())).ok()
    }
}
