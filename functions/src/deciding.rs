//! Whether a reviewer's signed decision counts: `review` asks before it takes one, `intake` before anything follows from it.
use sluice_shared::{
    api::PersonRef,
    directory::{Person, PersonRole, ReviewBar, may_review},
    finding::{Describe, SignatureDefect},
    identifiers::PersonId,
    review::{Decidable, DecisionFault, DecisionStatement, SignedDecision, check_decision},
    signature::{SignatureFault, TrustFault, VerificationContext, VerifiedSignature},
    submission::{Decision, ReviewDecision, SubmissionEvent, transition},
};
use time::Duration;

use crate::{
    Backend,
    stores::{StoreError, SubmissionRecord, TakenDecision},
};

/// Why a decision does not count, or why that cannot be told.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotCounted {
    /// Its signature does not hold. A sentence, and what to do.
    #[error("its signature does not hold. {} {}", .0.message(), .0.remedy())]
    Signature(SignatureDefect),
    /// It is about something else, or by somebody else.
    #[error("{0}.")]
    Fault(#[from] DecisionFault),
    /// It refuses what the reviewer did not have on the screen.
    #[error("it is about another verdict than the last one.")]
    OtherVerdict,
    /// What was put down cannot be read.
    #[error("it cannot be read.")]
    Unreadable,
    /// The directory knows nobody by this id.
    #[error("nobody is called {0}.")]
    Nobody(PersonId),
    /// This person may not decide it.
    #[error("{0} may not decide it: {1}.")]
    Barred(PersonId, ReviewBar),
    /// It was made by somebody of the DCC who is no reviewer any more. It is kept as one that is void.
    #[error("{by} may not decide it: {bar}.", by = .made.reviewer.id)]
    NoReviewerNow {
        /// The decision, whose signature holds.
        made: Box<CountedDecision>,
        /// Why it does not count.
        bar: ReviewBar,
    },
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

/// Whoever decided a submission, as the directory knows them now, with what keeps them from deciding it; `None`: it knows nobody by this id.
pub(crate) async fn reviewer_now(
    backend: &Backend,
    record: &SubmissionRecord,
    id: &PersonId,
) -> Result<Option<(Person, Option<ReviewBar>)>, StoreError> {
    let Some(person) = backend.directory.person(id).await? else {
        return Ok(None);
    };
    let signer = record.signer.as_ref().map(|signer| &signer.id);
    let bar = may_review(&person, &record.organisation, &record.senders(), signer).err();
    Ok(Some((person, bar)))
}

/// What makes a decision that was taken count: everything that can be told of it, and as whom the directory knows its reviewer.
pub(crate) async fn verify_taken(
    backend: &Backend,
    record: &SubmissionRecord,
    taken: &TakenDecision,
) -> Result<Result<CountedDecision, NotCounted>, StoreError> {
    let Some(reviewer) = &taken.reviewer else {
        return Ok(Err(NotCounted::Unreadable));
    };
    let most = backend.settings.profile.signing.max_signature_bytes;
    if taken.signed.len() > most {
        return Ok(Err(NotCounted::Unreadable));
    }
    let parsed = match SignedDecision::parse(&taken.signed) {
        Ok(parsed) => parsed,
        Err(defect) => return Ok(Err(NotCounted::Signature(defect))),
    };
    let Some((person, bar)) = reviewer_now(backend, record, &reviewer.id).await? else {
        return Ok(Err(NotCounted::Nobody(reviewer.id.clone())));
    };
    let person = match bar {
        None => person,
        Some(ReviewBar::NotAReviewer) if person.is_dcc() => as_reviewer(person),
        Some(bar) => return Ok(Err(NotCounted::Barred(person.id, bar))),
    };
    let statement = parsed.statement();
    let last = record.judged.as_ref().map(|judged| judged.verdict);
    if statement.decision == Decision::Refuse && last != Some(statement.verdict) {
        return Ok(Err(NotCounted::OtherVerdict));
    }
    let verified = verify_decision(backend, record, &person, &parsed);
    let made = verified.map(|signature| CountedDecision::new(&person, statement, signature));
    Ok(match (bar, made) {
        (None, made) => made,
        (Some(bar), Ok(made)) => Err(NotCounted::NoReviewerNow {
            made: Box::new(made),
            bar,
        }),
        (Some(bar), Err(_)) => Err(NotCounted::Barred(person.id, bar)),
    })
}

/// Somebody who decided, as they were when they were a reviewer: what they signed then is theirs.
fn as_reviewer(person: Person) -> Person {
    Person {
        roles: vec![PersonRole::Reviewer],
        ..person
    }
}

/// A decision that counts.
#[derive(Debug)]
pub(crate) struct CountedDecision {
    /// Who decided, as the directory calls them.
    pub(crate) reviewer: PersonRef,
    /// What.
    pub(crate) decision: ReviewDecision,
    /// How it was signed.
    pub(crate) signature: VerifiedSignature,
}

impl CountedDecision {
    /// What `person` decided by a statement whose signature was verified.
    pub(crate) fn new(
        person: &Person,
        statement: &DecisionStatement,
        signature: VerifiedSignature,
    ) -> Self {
        Self {
            reviewer: PersonRef::from(person),
            decision: ReviewDecision {
                reviewer: person.id.clone(),
                decision: statement.decision,
                reason: statement.reason.clone(),
                decided_at: statement.decided_at,
                verdict: statement.verdict,
            },
            signature,
        }
    }

    /// The submission as it is with this decision; as it was where it waits for none.
    pub(crate) fn on(self, mut record: SubmissionRecord) -> SubmissionRecord {
        let event = SubmissionEvent::Reviewed(self.decision);
        if let Ok(decided) = transition(&record.state, &event) {
            record.state = decided;
            record.reviewer = Some(self.reviewer);
        }
        record
    }
}
