//! What is kept of one version of an object, beside its bytes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// One stored version. Its file of this form is the commit point of an upload: bytes without it are not an object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Version {
    /// The object's key, unencoded.
    pub key: String,
    /// The version's id: 32 characters, or `null` in a bucket without versioning.
    pub version_id: String,
    /// Grows with every upload of the store; says which of two events about one key is the later.
    pub sequence: u64,
    /// In bytes.
    pub size: u64,
    /// MD5 of the bytes in lower-case hex, without the quotes that HTTP adds.
    pub etag: String,
    /// SHA-256 of the bytes in base64, as `x-amz-checksum-sha256` has it.
    pub sha256: String,
    /// As the uploader gave it.
    pub content_type: Option<String>,
    /// What the uploader gave to be kept beside it: `x-amz-meta-…`, by the names after that.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    /// Unix milliseconds.
    pub modified: i64,
    /// Whether the queue has this version's event: what was not told before a crash is told at the next start.
    pub notified: bool,
}

/// What an uploader says of an object beside its bytes.
#[derive(Debug, Clone, Default)]
pub(super) struct Given {
    pub(super) content_type: Option<String>,
    pub(super) metadata: BTreeMap<String, String>,
}

impl Version {
    /// The sequencer of S3's events: hex, growing.
    pub fn sequencer(&self) -> String {
        format!("{:018X}", self.sequence)
    }

    /// File names start with the sequence, so that a folder's listing is in order of upload.
    pub(super) fn stem(&self) -> String {
        format!("{:016x}-{}", self.sequence, self.version_id)
    }
}
