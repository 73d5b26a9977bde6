//! Whether a reviewer's signed decision counts: `review` asks before it takes one, `intake` before anything follows from it.
use sluice_shared::{
    directory::{Person, ReviewBar},
    finding::{Describe, SignatureDefect},
    identifiers::PersonId,
    review::{Decidable, DecisionFault, SignedDecision, check_decision},
    signature::{SignatureFault, TrustFault, VerificationContext, VerifiedSignature},
};
use time::Duration;

use crate::{Backend, stores::SubmissionRecord};

/// Why a decision does not count, or why that cannot be told.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotCounted {
    /// Its signature does not hold. A sentence, and what to do.
    #[error("its signature does not hold. {} {}", .0.message(), .0.remedy())]
    Signature(SignatureDefect),
    /// It is about something else, or by somebody else.
    #[error("{0}.")]
    Fault(#[from] DecisionFault),
    /// The directory knows nobody by this id.
    #[error("nobody is called {0}.")]
    Nobody(PersonId),
    /// This person may not decide it.
    #[error("{0} may not decide it: {1}.")]
    Barred(PersonId, ReviewBar),
    /// The service's own trust data are at fault.
    #[error(transparent)]
    Trust(TrustFault),
}

/// Verifies a decision by `person` on a submission: certificates in force when it was made, by the lists that are trusted now.
pub(crate) fn verify_decision(
    backend: &Backend,
    record: &SubmissionRecord,
    person: &Person,
    signed: &SignedDecision,
) -> Result<VerifiedSignature, NotCounted> {
    let (now, rules) = (backend.now(), &backend.settings.profile.signing);
    let context = VerificationContext {
        anchors: &backend.anchors,
        crls: &backend.crls,
        purposes: &rules.accepted_key_purposes,
        // What is decided in time may be verified late, when a list of ours is mended; it is not older than the wait.
        at: signed.statement().decided_at,
        now,
    };
    let verified = signed.verify(&context).map_err(|fault| match fault {
        SignatureFault::Sender(defect) => NotCounted::Signature(defect),
        SignatureFault::Service(fault) => NotCounted::Trust(fault),
    })?;
    let decidable = Decidable {
        submission: record.id,
        file_digest: record.sha256,
        state: &record.state,
    };
    let ahead = Duration::minutes(i64::from(rules.max_ahead_minutes));
    check_decision(signed.statement(), &verified, person, decidable, now, ahead)?;
    Ok(verified)
}
