//! The SHA-256 digest that names a file's content.

use std::fmt;

use super::text_form;

/// A SHA-256 digest; written as 64 lower-case hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileDigest([u8; 32]);

/// Why a text is not a digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not 64 lower-case hex digits")]
pub struct FileDigestError;

impl FileDigest {
    /// The digest with these bytes.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads 64 hex digits in lower case: the one form, so that equal digests are equal texts.
    pub fn parse(text: &str) -> Result<Self, FileDigestError> {
        if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return Err(FileDigestError);
        }
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).map_err(|_| FileDigestError)?;
        Ok(Self(bytes))
    }

    /// Its first 12 digits: enough to tell one from another by eye, and no more than that.
    pub fn beginning(&self) -> String {
        self.to_string().chars().take(12).collect()
    }

    /// The 32 bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for FileDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for FileDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

text_form!(
    FileDigest,
    FileDigestError,
    "A SHA-256 digest in lower-case hex",
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "^[0-9a-f]{64}$"
);
