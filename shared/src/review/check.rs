//! Whether a signed decision counts. The service asks when it takes a decision, and `intake` before anything follows from it.

use time::Duration;

use super::DecisionStatement;
use crate::directory::{CertificateBar, Person};
use crate::identifiers::{FileDigest, SubmissionId};
use crate::instant::UtcTime;
use crate::signature::{DistinguishedName, VerifiedSignature};
use crate::submission::{SubmissionState, VoidDecision};

/// What there is to decide.
#[derive(Clone, Copy, Debug)]
pub struct Decidable<'a> {
    /// The submission.
    pub submission: SubmissionId,
    /// SHA-256 of what was sent.
    pub file_digest: FileDigest,
    /// Where it stands.
    pub state: &'a SubmissionState,
}

/// Why a decision does not count. Each is a sentence after "it does not count:".
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecisionFault {
    /// It names another submission.
    #[error("it is about submission {0}")]
    OtherSubmission(SubmissionId),
    /// It names another file.
    #[error("it is about another file than the one that was sent")]
    OtherFile,
    /// The person signs no decisions.
    #[error(
        "no certificate is registered for whoever decided; ask a DCC administrator to register it"
    )]
    NoSigner,
    /// Somebody else signed it.
    #[error(
        "it was signed as “{found}”, and whoever decided is registered to sign as “{registered}”"
    )]
    OtherSigner {
        /// Whom the certificate names.
        found: String,
        /// Whom it has to name.
        registered: String,
    },
    /// The certificate does not count for them.
    #[error(transparent)]
    Certificate(#[from] CertificateBar),
    /// The signature says another time than the statement.
    #[error(
        "it says that it was made {}, and was signed {}; sign the decision when you make it",
        made.in_words(),
        signed.in_words()
    )]
    SignedAtAnotherTime {
        /// When it was made.
        made: UtcTime,
        /// When it was signed.
        signed: UtcTime,
    },
    /// Its time has not come.
    #[error(
        "it says that it was made {}, which is later than now; set the computer's clock and decide again",
        .0.in_words()
    )]
    Ahead(UtcTime),
    /// There was nothing to decide yet.
    #[error("it says that it was made {}, before the submission began to wait", .0.in_words())]
    BeforeItWaited(UtcTime),
    /// It was made for an earlier wait.
    #[error(
        "it was made {}, and what it was about was found changed after that; look at the submission again, then decide",
        .0.in_words()
    )]
    BeforeItChanged(UtcTime),
}

/// Holds a decision, whose signature was verified, to whom it is by and what it is about. Clocks may differ by `ahead`.
///
/// Whether the person may decide at all is for [`crate::directory::may_review`] to say, and whether the verdict is still the one that
/// it names is looked at when it takes effect.
pub fn check_decision(
    statement: &DecisionStatement,
    signature: &VerifiedSignature,
    person: &Person,
    decidable: Decidable<'_>,
    now: UtcTime,
    ahead: Duration,
) -> Result<(), DecisionFault> {
    if statement.submission != decidable.submission {
        return Err(DecisionFault::OtherSubmission(statement.submission));
    }
    if statement.file_digest != decidable.file_digest {
        return Err(DecisionFault::OtherFile);
    }
    check_signer(signature, person)?;
    let (made, signed) = (statement.decided_at, signature.signing_time);
    if made.since(signed).abs() > ahead {
        return Err(DecisionFault::SignedAtAnotherTime { made, signed });
    }
    if made.since(now) > ahead {
        return Err(DecisionFault::Ahead(made));
    }
    if let SubmissionState::AwaitingReview { since, .. } = decidable.state
        && since.since(made) > ahead
    {
        return Err(DecisionFault::BeforeItWaited(made));
    }
    // A decision that became void is no decision again when what it was about comes true once more.
    let is_before = |void: &VoidDecision| {
        made <= void.void_since
            || (void.decision.decided_at == made && void.decision.reviewer == person.id)
    };
    if decidable.state.void().iter().any(is_before) {
        return Err(DecisionFault::BeforeItChanged(made));
    }
    Ok(())
}

fn check_signer(signature: &VerifiedSignature, person: &Person) -> Result<(), DecisionFault> {
    let registered = person.deciding_subject().ok_or(DecisionFault::NoSigner)?;
    let is_registered = DistinguishedName::parse(registered)
        .is_ok_and(|registered| registered.is_same_as(&signature.subject));
    if !is_registered {
        return Err(DecisionFault::OtherSigner {
            found: signature.subject.to_string(),
            registered: registered.to_owned(),
        });
    }
    person.certificates.check(signature.certificate.sha256())?;
    Ok(())
}
