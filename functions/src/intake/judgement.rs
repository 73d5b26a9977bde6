//! A verdict on a submission, and the state that follows from it.
use sluice_shared::{
    identifiers::QuarantineEventRef,
    instant::UtcTime,
    signature::VerifiedSignature,
    submission::{SubmissionEvent, SubmissionState, transition},
    verdict::{Basis, Verdict},
};

use super::IntakeError;
use crate::stores::SubmissionRecord;

/// A verdict with what is recorded beside it.
pub(super) struct Judgement<'a> {
    pub(super) verdict: Verdict,
    /// What the verdict rests on.
    pub(super) basis: Basis,
    /// The signature, if that holds.
    pub(super) verified: Option<&'a VerifiedSignature>,
    /// What the signature was held to.
    pub(super) received_at: UtcTime,
    /// Events that are locked for the submission.
    pub(super) locked: Vec<QuarantineEventRef>,
    /// The instant at which it was judged: what takes effect does so from here on.
    pub(super) at: UtcTime,
}

/// The state after an event that has to be possible.
pub(super) fn next_state(
    record: &SubmissionRecord,
    event: &SubmissionEvent,
) -> Result<SubmissionState, IntakeError> {
    transition(&record.state, event)
        .map_err(|wrong| IntakeError::Unexpected(format!("{}: {wrong}", record.id)))
}
