//! The body of `POST /submissions`.

use sha2::{Digest, Sha256};
use sluice_shared::api::{Base64Bytes, SignatureForm, StartSubmission};
use sluice_shared::files::FileKind;
use sluice_shared::identifiers::{FileDigest, FileName};

/// Announces `upload`: a CSV whose signature goes with the announcement, or a `.p7m` with the CSV inside.
pub fn announcement(
    kind: FileKind,
    file_name: FileName,
    upload: &[u8],
    signature: SignatureForm,
) -> StartSubmission {
    StartSubmission {
        kind,
        file_name,
        length: upload.len() as u64,
        sha256: FileDigest::new(Sha256::digest(upload).into()),
        signature,
        service_request: None,
        replaces: None,
        check_only: false,
    }
}

/// A signature beside the file (`.p7s`), DER.
pub fn detached(der: Vec<u8>) -> SignatureForm {
    SignatureForm::Detached {
        der: Base64Bytes(der),
    }
}
