//! The signature that came with a file or around it, read but not verified: the service does that.

use super::pieces::pieces;
use js_sys::Uint8Array;
use sluice_shared::{
    finding::SignatureDefect,
    identifiers::FileDigest,
    signature::{ContentDigests, Signature, SignatureSummary},
    verdict::FileSignature,
};

/// What could be read of a signature; nothing where there is none.
#[derive(Default)]
pub(super) struct Envelope {
    /// The file that was inside.
    pub(super) content: Option<Uint8Array>,
    pub(super) summary: Option<SignatureSummary>,
    /// In DER, where it is detached.
    pub(super) der: Option<Vec<u8>>,
    defect: Option<SignatureDefect>,
}

impl Envelope {
    /// A signature beside its file.
    pub(super) fn detached(bytes: &[u8]) -> Self {
        Self::of_signature(bytes, |signature, envelope| {
            match signature.check_detached() {
                Err(defect) => envelope.defect = Some(defect),
                Ok(()) => envelope.der = signature.detached_der().map(<[u8]>::to_vec),
            }
        })
    }

    /// A signature with its file inside.
    pub(super) fn enveloping(uploaded: &Uint8Array) -> Self {
        Self::of_signature(&uploaded.to_vec(), |signature, envelope| {
            match signature.content() {
                Some(content) => envelope.content = Some(Uint8Array::from(content)),
                None => envelope.defect = Some(SignatureDefect::ContentMissing),
            }
        })
    }

    fn of_signature(bytes: &[u8], take: impl FnOnce(&Signature, &mut Self)) -> Self {
        let mut envelope = Self::default();
        match Signature::parse(bytes) {
            Err(defect) => envelope.defect = Some(defect),
            Ok(signature) => {
                match signature.summary() {
                    Ok(summary) => envelope.summary = Some(summary),
                    Err(defect) => envelope.defect = Some(defect),
                }
                take(&signature, &mut envelope);
            }
        }
        envelope
    }

    /// What a verdict takes from it, or what is wrong with it for this file; none where there is no signature.
    pub(super) fn as_signature_of(
        &self,
        file: FileDigest,
        content: Option<&Uint8Array>,
    ) -> Option<Result<FileSignature, SignatureDefect>> {
        if let Some(defect) = &self.defect {
            return Some(Err(defect.clone()));
        }
        let summary = self.summary.as_ref()?;
        let other = content.and_then(|content| other_content(summary, file, content));
        Some(other.map_or_else(|| Ok(FileSignature::from(summary)), Err))
    }
}

/// What is wrong when the signature says that it is over other bytes.
fn other_content(
    summary: &SignatureSummary,
    file: FileDigest,
    content: &Uint8Array,
) -> Option<SignatureDefect> {
    if summary.message_digest == file {
        return None;
    }
    let mut digests = ContentDigests::new();
    pieces(content, |piece| digests.push(piece));
    let text_mode = digests.finish().text_mode == summary.message_digest;
    Some(if text_mode {
        SignatureDefect::TextMode
    } else {
        SignatureDefect::OtherContent {
            signed: summary.message_digest,
            file,
        }
    })
}

pub(super) fn own_digest(content: &Uint8Array) -> FileDigest {
    let mut digests = ContentDigests::new();
    pieces(content, |piece| digests.push(piece));
    digests.finish().exact
}
