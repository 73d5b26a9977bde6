//! A reviewer's decision becomes part of the submission: only what the reviewer signed, as whom the directory knows.
use sha2::{Digest, Sha256};
use sluice_shared::{
    api::{DecisionSignature, PersonRef, SignerView},
    directory::may_review,
    identifiers::FileDigest,
    review::SignedDecision,
    signature::{TrustFault, VerifiedSignature},
    submission::{ReviewDecision, SubmissionEvent},
};

use super::{IntakeError, judgement::next_state};
use crate::{
    Backend,
    deciding::{NotCounted, verify_decision},
    stores::{SubmissionRecord, TakenDecision, Transaction},
};

/// What became of a decision that was taken.
pub(super) enum TakenUp {
    /// It counts: the submission with it, as recorded.
    Decided(Box<SubmissionRecord>),
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
    match verified(backend, &record, taken).await? {
        Ok((reviewer, decision, signature)) => {
            let mut decided = record;
            decided.state = next_state(&decided, &SubmissionEvent::Reviewed(decision))?;
            decided.decision_signature = Some(signature);
            decided.reviewer = Some(reviewer);
            let mut transaction = Transaction::new("record a decision");
            backend.submissions.put(&mut transaction, &decided)?;
            backend
                .submissions
                .put_decision(&mut transaction, &decided.id, &taken.signed);
            transaction.commit().await?;
            decided.version += 1;
            Ok(TakenUp::Decided(Box::new(decided)))
        }
        Err(NotCounted::Trust(fault)) => Ok(TakenUp::Fault(fault)),
        Err(why) => {
            let (id, number) = (record.id, record.next_decision());
            let mut dropped = record;
            dropped.decisions_dropped += 1;
            backend.submissions.update(dropped).await?;
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

async fn verified(
    backend: &Backend,
    record: &SubmissionRecord,
    taken: &TakenDecision,
) -> Result<Result<(PersonRef, ReviewDecision, DecisionSignature), NotCounted>, IntakeError> {
    let signed = match SignedDecision::parse(&taken.signed) {
        Ok(signed) => signed,
        Err(defect) => return Ok(Err(NotCounted::Signature(defect))),
    };
    let id = &taken.reviewer.id;
    let Some(person) = backend.directory.person(id).await? else {
        return Ok(Err(NotCounted::Nobody(id.clone())));
    };
    let signer = record.signer.as_ref().map(|signer| &signer.id);
    if let Err(bar) = may_review(&person, &record.organisation, &record.senders(), signer) {
        return Ok(Err(NotCounted::Barred(id.clone(), bar)));
    }
    Ok(
        verify_decision(backend, record, &person, &signed).map(|verified| {
            let statement = signed.statement();
            let decision = ReviewDecision {
                reviewer: person.id.clone(),
                decision: statement.decision,
                reason: statement.reason.clone(),
                decided_at: statement.decided_at,
                verdict: statement.verdict,
            };
            let signature = signature(&taken.signed, &verified);
            (PersonRef::from(&person), decision, signature)
        }),
    )
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
