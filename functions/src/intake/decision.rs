//! A reviewer's decision becomes part of the submission: only what the reviewer signed, as whom the directory knows.
use sha2::{Digest, Sha256};
use sluice_shared::{
    activity::Act,
    api::{DecisionSignature, SignerView},
    identifiers::FileDigest,
    signature::{TrustFault, VerifiedSignature},
    submission::SubmissionEvent,
};

use super::{IntakeError, activity, judgement::next_state, reviewer::put_void};
use crate::{
    Backend,
    deciding::{NotCounted, verify_taken},
    stores::{SubmissionRecord, TakenDecision, Transaction},
};

/// What became of a decision that was taken.
pub(super) enum TakenUp {
    /// It counts: the submission with it, as recorded.
    Decided(Box<SubmissionRecord>),
    /// It was made by somebody who is no reviewer any more: it is recorded as void, and the submission waits for another one.
    Void,
    /// The service's own trust data are at fault; nothing is recorded.
    Fault(TrustFault),
}

/// Records a decision on the submission that it is about. One that counts for nothing is dropped: the submission waits for another one,
/// and the message ends as a dead letter, since nobody of ours makes such a decision.
pub(super) async fn take_up(
    backend: &Backend,
    record: SubmissionRecord,
    taken: &TakenDecision,
) -> Result<TakenUp, IntakeError> {
    match verify_taken(backend, &record, taken).await? {
        Ok(counted) => {
            let mut decided = record;
            let signature = signature(&taken.signed, &counted.signature);
            decided.state = next_state(&decided, &SubmissionEvent::Reviewed(counted.decision))?;
            decided.decision_signature = Some(signature);
            decided.reviewer = Some(counted.reviewer);
            let mut transaction = Transaction::new("record a decision");
            backend.submissions.put(&mut transaction, &decided)?;
            backend
                .submissions
                .put_decision(&mut transaction, &decided, &taken.signed);
            activity::of_submission(backend, &mut transaction, &decided, Act::DecisionCounted)?;
            transaction.commit().await?;
            decided.version += 1;
            Ok(TakenUp::Decided(Box::new(decided)))
        }
        Err(NotCounted::NoReviewerNow { made, bar }) => {
            let mut decided = record;
            decided.state = next_state(&decided, &SubmissionEvent::Reviewed(made.decision))?;
            decided.reviewer = Some(made.reviewer);
            put_void(backend, decided, bar).await?;
            Ok(TakenUp::Void)
        }
        Err(NotCounted::Trust(fault)) => Ok(TakenUp::Fault(fault)),
        Err(why) => {
            let (id, number) = (record.id, record.next_decision());
            let mut dropped = record;
            dropped.decisions_dropped += 1;
            let mut transaction = Transaction::new("drop a decision");
            backend.submissions.put(&mut transaction, &dropped)?;
            activity::of_submission(backend, &mut transaction, &dropped, Act::DecisionVoid)?;
            transaction.commit().await?;
            Err(dropped_decision(&id, number, &why.to_string()))
        }
    }
}

/// Says which decision counted for nothing.
pub(super) fn dropped_decision(id: &impl std::fmt::Display, number: u32, why: &str) -> IntakeError {
    IntakeError::Decision(format!(
        "decision {number} on {id} counts for nothing: {why}"
    ))
}

fn signature(signed: &[u8], verified: &VerifiedSignature) -> DecisionSignature {
    DecisionSignature {
        sha256: FileDigest::new(Sha256::digest(signed).into()),
        signer: SignerView {
            subject: verified.subject.to_string(),
            certificate_sha256: verified.certificate.sha256(),
            signing_time: verified.signing_time,
        },
    }
}
