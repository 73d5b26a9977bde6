use serde::{Deserialize, Serialize};
use sluice_shared::{
    api::{CertificateView, SignatureEvidence},
    identifiers::FileDigest,
    instant::UtcTime,
    signature::VerifiedSignature,
    verdict::Evidence,
};

/// What `intake` puts aside for a reviewer to look at.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KeptEvidence {
    /// Digest of the verdict that it belongs to: what is shown under another one would be accepted unseen.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub verdict: Option<FileDigest>,
    /// The verified signature and its path.
    pub signature: Option<SignatureEvidence>,
    /// The verdict's evidence, which its digest names.
    #[serde(flatten)]
    pub evidence: Evidence,
}

/// A verified signature, as people look at it; `verified_at` is the instant that it was held to.
pub(super) fn signature(verified: &VerifiedSignature, verified_at: UtcTime) -> SignatureEvidence {
    SignatureEvidence {
        algorithm: verified.algorithm.clone(),
        signing_time: verified.signing_time,
        verified_at,
        path: verified
            .chain
            .iter()
            .map(|certificate| CertificateView {
                subject: certificate.subject.to_string(),
                issuer: certificate.issuer.to_string(),
                serial: certificate.serial.clone(),
                not_before: certificate.not_before,
                not_after: certificate.not_after,
                sha256: certificate.sha256,
            })
            .collect(),
    }
}
