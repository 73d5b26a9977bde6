//! Reading an upload: once, in pieces, into the digests and the reader of its kind.
use std::collections::BTreeSet;

use sha2::{Digest, Sha256};
use sluice_shared::{
    files::{AdtReader, AdtReading, ExitReader, ExitReading, FileKind, Sender},
    finding::{Findings, SignatureDefect},
    identifiers::{Eui64, FileDigest, SrvOrAll},
    instant::UtcTime,
    profile::Profile,
    signature::{ContentDigests, Signature, VerificationContext, VerifiedSignature, verify},
    thresholds::Period,
};

use super::IntakeError;
use crate::{
    Backend,
    inbox::{InboxError, ObjectKey},
    stores::{SignedForm, SubmissionRecord},
};

/// What an upload turned out to be.
pub(super) struct Content {
    /// Length and SHA-256 of the object, to be held to what was announced.
    pub(super) object: (u64, FileDigest),
    /// Who signed it, or what is wrong with the signature.
    pub(super) signature: Result<VerifiedSignature, SignatureDefect>,
    /// Its rows; `None` if there was no file to be found in the object.
    pub(super) reading: Option<Reading>,
}

/// The rows of a file of one kind or the other.
pub(super) enum Reading {
    /// An ADT file.
    Adt(AdtReading),
    /// An Exit Quarantine file.
    Exit(ExitReading),
}

/// Thresholds that are in force: they help to tell `7.1` from a damaged `7.10`.
pub(super) type Previous = BTreeSet<(Eui64, SrvOrAll, Period)>;

enum Reader {
    Adt(AdtReader),
    Exit(ExitReader),
}

impl Reading {
    pub(super) fn findings(&self) -> &Findings {
        match self {
            Self::Adt(reading) => &reading.findings,
            Self::Exit(reading) => &reading.findings,
        }
    }
}

impl Reader {
    fn new(
        kind: FileKind,
        profile: &Profile,
        sender: &Sender,
        now: UtcTime,
        previous: Previous,
        length: u64,
    ) -> Self {
        match kind {
            FileKind::Adt => {
                Self::Adt(AdtReader::new(profile, sender, now).with_previous(previous))
            }
            FileKind::ExitQuarantine => {
                Self::Exit(ExitReader::new(profile, sender).expecting(length))
            }
        }
    }

    fn push(&mut self, bytes: &[u8]) {
        match self {
            Self::Adt(reader) => reader.push(bytes),
            Self::Exit(reader) => reader.push(bytes),
        }
    }

    fn finish(self) -> Reading {
        match self {
            Self::Adt(reader) => Reading::Adt(reader.finish()),
            Self::Exit(reader) => Reading::Exit(reader.finish()),
        }
    }
}

/// Reads the version of the object that was received. `at`, the instant of its arrival, is what dates in the file and in
/// certificates are held to, so that reading it again later comes to the same result.
pub(super) async fn read(
    backend: &Backend,
    record: &SubmissionRecord,
    sender: &Sender,
    previous: Previous,
    at: UtcTime,
) -> Result<Content, IntakeError> {
    let profile = &backend.settings.profile;
    let reader = Reader::new(record.kind, profile, sender, at, previous, record.length);
    let context = VerificationContext {
        anchors: &backend.anchors,
        crls: &backend.crls,
        now: at,
    };
    match record.form {
        SignedForm::Detached { .. } => detached(backend, record, reader, &context).await,
        SignedForm::Enveloping => enveloping(backend, record, reader, &context).await,
    }
}

async fn detached(
    backend: &Backend,
    record: &SubmissionRecord,
    mut reader: Reader,
    context: &VerificationContext<'_>,
) -> Result<Content, IntakeError> {
    let bytes = backend.submissions.signature(&record.id).await?;
    let bytes = bytes.ok_or_else(|| {
        IntakeError::Unexpected(format!("the signature of {} is not there", record.id))
    })?;
    let mut digests = ContentDigests::new();
    stream(backend, record, |piece| {
        digests.push(piece);
        reader.push(piece);
    })
    .await?;
    let digests = digests.finish();
    let signature = Signature::parse(&bytes).and_then(|signature| match signature.content() {
        Some(_) => Err(SignatureDefect::ContentTwice),
        None => verify(context, &signature, &digests),
    });
    Ok(Content {
        object: (digests.length, digests.exact),
        signature,
        reading: Some(reader.finish()),
    })
}

/// The file is inside the signature, so that there is no way around holding the object whole.
async fn enveloping(
    backend: &Backend,
    record: &SubmissionRecord,
    mut reader: Reader,
    context: &VerificationContext<'_>,
) -> Result<Content, IntakeError> {
    let mut bytes = Vec::with_capacity(usize::try_from(record.length).unwrap_or_default());
    stream(backend, record, |piece| bytes.extend_from_slice(piece)).await?;
    let object = (
        bytes.len() as u64,
        FileDigest::new(Sha256::digest(&bytes).into()),
    );
    let parsed = Signature::parse_owned(bytes);
    let signature = match parsed {
        Ok(signature) => signature,
        Err(defect) => {
            return Ok(Content {
                object,
                signature: Err(defect),
                reading: None,
            });
        }
    };
    let Some(file) = signature.content() else {
        return Ok(Content {
            object,
            signature: Err(SignatureDefect::ContentMissing),
            reading: None,
        });
    };
    let digests = ContentDigests::of(file);
    file.chunks(1 << 16).for_each(|piece| reader.push(piece));
    Ok(Content {
        object,
        signature: verify(context, &signature, &digests),
        reading: Some(reader.finish()),
    })
}

async fn stream(
    backend: &Backend,
    record: &SubmissionRecord,
    mut take: impl FnMut(&[u8]),
) -> Result<(), IntakeError> {
    let key = ObjectKey {
        organisation: record.organisation.clone(),
        submission: record.id,
    };
    let mut body = backend
        .inbox
        .open(&key, record.object_version.as_deref())
        .await?;
    // More than was announced cannot be what was announced: no need to read on.
    let mut left = record.length.saturating_add(1);
    while left > 0 {
        let piece = body
            .try_next()
            .await
            .map_err(|error| InboxError::Unavailable {
                what: "read an upload",
                cause: error.to_string(),
            })?;
        let Some(piece) = piece else { break };
        take(&piece);
        left = left.saturating_sub(piece.len() as u64);
    }
    Ok(())
}
