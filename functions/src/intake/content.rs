//! Reading an upload: once, in pieces, into the digests and the reader of its kind.
use sha2::{Digest, Sha256};
use sluice_shared::{
    files::{FileReader, Reading, Sender},
    finding::SignatureDefect,
    identifiers::{FileDigest, PersonId},
    instant::UtcTime,
    signature::{
        ContentDigests, Signature, SignatureFault, TrustFault, VerificationContext,
        VerifiedSignature, verify,
    },
    verdict::{ReadFile, Upload},
};

use super::IntakeError;
use crate::{
    Backend,
    inbox::InboxError,
    stores::{SignedForm, SubmissionRecord},
};

/// An upload that was read.
pub(super) struct Content {
    /// What is judged.
    pub(super) file: ReadFile,
    /// Its signature, if that holds.
    pub(super) verified: Option<VerifiedSignature>,
    /// Whose address it came by.
    pub(super) sent_by: Option<PersonId>,
    /// Why the service cannot say whether the signature holds. That is nobody's verdict, and `file` is without a signature.
    pub(super) fault: Option<TrustFault>,
}

/// What an upload turned out to be.
struct Parts {
    sent_by: Option<PersonId>,
    length: u64,
    sha256: FileDigest,
    /// SHA-256 of the file itself.
    content: FileDigest,
    signature: Result<VerifiedSignature, SignatureFault>,
    /// `None` if there was no file to be found in the object.
    reading: Option<Reading>,
}

/// Reads the version of the object that was received. `at`, the instant of its arrival, is what dates in the file and in
/// certificates are held to, so that reading it again later comes to the same result.
pub(super) async fn read_content(
    backend: &Backend,
    record: &SubmissionRecord,
    sender: &Sender,
    at: UtcTime,
) -> Result<Content, IntakeError> {
    let profile = &backend.settings.profile;
    let reader = FileReader::new(record.kind, profile, sender, at, record.length);
    let context = VerificationContext {
        anchors: &backend.anchors,
        crls: &backend.crls,
        purposes: &profile.signing.accepted_key_purposes,
        at,
        now: backend.now(),
    };
    let parts = match record.form {
        SignedForm::Detached { .. } => detached(backend, record, reader, &context).await?,
        SignedForm::Enveloping => enveloping(backend, record, reader, &context).await?,
    };
    let (signature, verified, fault) = match parts.signature {
        Ok(verified) => (Some(Ok((&verified).into())), Some(verified), None),
        Err(SignatureFault::Sender(defect)) => (Some(Err(defect)), None, None),
        Err(SignatureFault::Service(fault)) => (None, None, Some(fault)),
    };
    Ok(Content {
        file: ReadFile {
            reading: parts.reading,
            sha256: parts.content,
            upload: Some(Upload {
                announced_length: record.length,
                announced_sha256: record.sha256,
                length: parts.length,
                sha256: parts.sha256,
            }),
            signature,
            submission: Some(record.id),
            received_at: at,
        },
        verified,
        sent_by: parts.sent_by,
        fault,
    })
}

async fn detached(
    backend: &Backend,
    record: &SubmissionRecord,
    mut reader: FileReader,
    context: &VerificationContext<'_>,
) -> Result<Parts, IntakeError> {
    let bytes = backend.submissions.signature(record).await?;
    let bytes = bytes.ok_or_else(|| {
        IntakeError::Unexpected(format!("the signature of {} is not there", record.id))
    })?;
    let mut digests = ContentDigests::new();
    let sent_by = stream(backend, record, |piece| {
        digests.push(piece);
        reader.push(piece);
    })
    .await?;
    let digests = digests.finish();
    let signature = match Signature::parse(&bytes) {
        Err(defect) => Err(defect.into()),
        Ok(signature) => signature
            .check_detached()
            .map_err(SignatureFault::from)
            .and_then(|()| verify(context, &signature, &digests)),
    };
    Ok(Parts {
        sent_by,
        length: digests.length,
        sha256: digests.exact,
        content: digests.exact,
        signature,
        reading: Some(reader.finish()),
    })
}

/// The file is inside the signature, so that there is no way around holding the object whole.
async fn enveloping(
    backend: &Backend,
    record: &SubmissionRecord,
    mut reader: FileReader,
    context: &VerificationContext<'_>,
) -> Result<Parts, IntakeError> {
    let mut bytes = Vec::with_capacity(usize::try_from(record.length).unwrap_or_default());
    let sent_by = stream(backend, record, |piece| bytes.extend_from_slice(piece)).await?;
    let length = bytes.len() as u64;
    let sha256 = FileDigest::new(Sha256::digest(&bytes).into());
    let unreadable = |defect: SignatureDefect| Parts {
        sent_by: sent_by.clone(),
        length,
        sha256,
        content: sha256,
        signature: Err(defect.into()),
        reading: None,
    };
    let parsed = Signature::parse_owned(bytes);
    let signature = match parsed {
        Ok(signature) => signature,
        Err(defect) => return Ok(unreadable(defect)),
    };
    let Some(file) = signature.content() else {
        return Ok(unreadable(SignatureDefect::ContentMissing));
    };
    let digests = ContentDigests::of_content(file);
    file.chunks(1 << 16).for_each(|piece| reader.push(piece));
    Ok(Parts {
        sent_by,
        length,
        sha256,
        content: digests.exact,
        signature: verify(context, &signature, &digests),
        reading: Some(reader.finish()),
    })
}

/// Reads the object, and says whose address it came by.
async fn stream(
    backend: &Backend,
    record: &SubmissionRecord,
    mut take: impl FnMut(&[u8]),
) -> Result<Option<PersonId>, IntakeError> {
    let inbox = backend.inbox.as_ref().ok_or(InboxError::NotReadHere)?;
    let opened = inbox
        .open(&record.object_key(), record.object_version.as_deref())
        .await?;
    let mut body = opened.body;
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
    Ok(opened.sent_by)
}
