//! A signed file, ready to be sent.

use sluice_local::pki::Signer;
use sluice_shared::api::StartSubmission;
use sluice_shared::files::FileKind;
use sluice_shared::identifiers::FileName;
use sluice_shared::instant::UtcTime;
use sluice_testing::{announcement, detached};

use crate::{Failure, HeldEvent};

/// A file that decides all of an event, and the body of `POST /api/submissions` for it.
pub struct SignedFile {
    /// What is asked.
    pub request: StartSubmission,
    /// What is uploaded.
    pub content: Vec<u8>,
}

impl SignedFile {
    /// Signs the file that decides `event`.
    pub fn new(event: &HeldEvent, signer: &Signer, now: UtcTime) -> Result<Self, Failure> {
        let content = event.file().into_bytes();
        let signature = detached(signer.sign(&content, now)?);
        let name = FileName::parse(&format!("EXITQ_{}_load.csv", event.reference))?;
        let request = announcement(FileKind::ExitQuarantine, name, &content, signature);
        Ok(Self { request, content })
    }
}
