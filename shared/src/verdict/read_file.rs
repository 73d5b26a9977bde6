//! A file as it was read: what [`judge`](super::judge) looks at.

use crate::files::Reading;
use crate::finding::SignatureDefect;
use crate::identifiers::{FileDigest, SubmissionId};
use crate::instant::UtcTime;
use crate::signature::{SignatureSummary, VerifiedSignature};

/// A file as it was read, before anything that the service knows is held against it.
#[derive(Clone, Debug)]
pub struct ReadFile {
    /// What it says; `None` if there was no file to be found in what was uploaded.
    pub reading: Option<Reading>,
    /// SHA-256 of the file itself: of the CSV, also where that is inside a signature.
    pub sha256: FileDigest,
    /// What was announced and what arrived; `None` where nothing was uploaded yet.
    pub upload: Option<Upload>,
    /// Its signature; `None` where it is not signed yet.
    pub signature: Option<Result<FileSignature, SignatureDefect>>,
    /// The submission that it came with, whose own earlier try counts as its own.
    pub submission: Option<SubmissionId>,
    /// When it was received: what its dates and its signing time are held to, so that judging it again later comes to
    /// the same result.
    pub received_at: UtcTime,
}

/// What was announced of an upload, and what arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Upload {
    /// Announced bytes.
    pub announced_length: u64,
    /// Announced SHA-256.
    pub announced_sha256: FileDigest,
    /// Bytes that arrived.
    pub length: u64,
    /// SHA-256 of what arrived.
    pub sha256: FileDigest,
}

/// Of a signature, what a verdict rests on. The service takes it from a signature that it verified; the page from one that
/// it only read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileSignature {
    /// The certificate's subject (RFC 4514).
    pub subject: String,
    /// SHA-256 of the certificate.
    pub certificate: FileDigest,
    /// The signing time inside the signature.
    pub signing_time: UtcTime,
    /// SHA-256 of the signed attributes: what names a signature. Its bytes do not, since an ECDSA signature can be
    /// written in two ways.
    pub attributes_sha256: FileDigest,
}

impl From<&VerifiedSignature> for FileSignature {
    fn from(verified: &VerifiedSignature) -> Self {
        Self {
            subject: verified.subject.to_string(),
            certificate: verified.certificate.sha256(),
            signing_time: verified.signing_time,
            attributes_sha256: verified.attributes_sha256,
        }
    }
}

impl From<&SignatureSummary> for FileSignature {
    fn from(summary: &SignatureSummary) -> Self {
        Self {
            subject: summary.certificate.subject.to_string(),
            certificate: summary.certificate.sha256,
            signing_time: summary.signing_time,
            attributes_sha256: summary.attributes_sha256,
        }
    }
}

impl Upload {
    /// Whether what arrived is what was announced.
    pub fn is_as_announced(&self) -> bool {
        self.length == self.announced_length && self.sha256 == self.announced_sha256
    }
}
