//! The signature that came with a file or around it, read but not verified: the service does that.

use super::reader::pieces;
use js_sys::Uint8Array;
use sluice_shared::{
    finding::SignatureDefect,
    identifiers::FileDigest,
    signature::{ContentDigests, Signature, SignatureSummary},
};

/// The signature that came with a file or around it.
#[derive(Default)]
pub(super) struct Signed {
    /// The file that was inside.
    pub(super) content: Option<Uint8Array>,
    pub(super) summary: Option<SignatureSummary>,
    /// In DER, where it is detached.
    pub(super) der: Option<Vec<u8>>,
    pub(super) defects: Vec<SignatureDefect>,
}

impl Signed {
    /// A signature beside its file.
    pub(super) fn detached(bytes: &[u8]) -> Self {
        Self::read(bytes, |signature, signed| match signature.content() {
            Some(_) => signed.defects.push(SignatureDefect::ContentTwice),
            None => signed.der = signature.detached_der().map(<[u8]>::to_vec),
        })
    }

    /// A signature with its file inside.
    pub(super) fn enveloping(uploaded: &Uint8Array) -> Self {
        Self::read(&uploaded.to_vec(), |signature, signed| {
            match signature.content() {
                Some(content) => signed.content = Some(Uint8Array::from(content)),
                None => signed.defects.push(SignatureDefect::ContentMissing),
            }
        })
    }

    fn read(bytes: &[u8], take: impl FnOnce(&Signature, &mut Self)) -> Self {
        let mut signed = Self::default();
        match Signature::parse(bytes) {
            Err(defect) => signed.defects.push(defect),
            Ok(signature) => {
                match signature.summary() {
                    Ok(summary) => signed.summary = Some(summary),
                    Err(defect) => signed.defects.push(defect),
                }
                take(&signature, &mut signed);
            }
        }
        signed
    }
}

/// What is wrong when the signature says that it is over other bytes.
pub(super) fn other_content(
    summary: &SignatureSummary,
    file: FileDigest,
    content: &Uint8Array,
) -> Option<SignatureDefect> {
    if summary.message_digest == file {
        return None;
    }
    let mut digests = ContentDigests::new();
    pieces(content, |_| (), |piece| digests.push(piece));
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
    pieces(content, |_| (), |piece| digests.push(piece));
    digests.finish().exact
}
