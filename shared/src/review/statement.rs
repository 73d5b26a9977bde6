//! A reviewer's decision as the reviewer signs it: nobody but the holder of a reviewer's key can decide, whoever runs the service
//! that carries the decision.

use serde::{Deserialize, Serialize};

use crate::finding::SignatureDefect;
use crate::identifiers::{FileDigest, ReviewReason, SubmissionId};
use crate::instant::UtcTime;
use crate::signature::{
    Certificate, SignatureFault, SignedJson, UnsignedJson, VerificationContext, VerifiedSignature,
    verify,
};
use crate::submission::Decision;

/// What a reviewer decides, about what exactly. It is JSON inside the reviewer's signature (`.p7m`); `openssl cms -verify` opens it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DecisionStatement {
    /// The submission.
    pub submission: SubmissionId,
    /// SHA-256 of the exact bytes that were sent, as in the submission and in its receipt.
    pub file_digest: FileDigest,
    /// The digest of the verdict that the reviewer had on the screen. Only that verdict may take effect.
    pub verdict: FileDigest,
    /// What is decided.
    pub decision: Decision,
    /// Why. The sender reads it.
    pub reason: ReviewReason,
    /// When. A decision counts for the wait in which it was made: not for one that began later.
    pub decided_at: UtcTime,
}

impl DecisionStatement {
    /// The statement, ready to be signed with the key of this certificate.
    pub fn unsigned(&self, certificate: &Certificate) -> UnsignedJson {
        UnsignedJson::new(self, certificate, self.decided_at)
    }
}

/// A signed decision, parsed: what it says is nobody's word before [`SignedDecision::verify`].
#[derive(Debug)]
pub struct SignedDecision(SignedJson<DecisionStatement>);

impl SignedDecision {
    /// Parses a CMS signature with a statement inside.
    pub fn parse(bytes: &[u8]) -> Result<Self, SignatureDefect> {
        SignedJson::parse(bytes).map(Self)
    }

    /// What it says.
    pub const fn statement(&self) -> &DecisionStatement {
        &self.0.value
    }

    /// Who signed it, by a certificate that counts. Whether that person may decide is for others to say.
    pub fn verify(
        &self,
        context: &VerificationContext<'_>,
    ) -> Result<VerifiedSignature, SignatureFault> {
        verify(context, &self.0.signature, &self.0.digests)
    }
}
