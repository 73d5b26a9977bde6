//! A file that a reviewer refused comes again.

use serde::{Deserialize, Serialize};

use super::{RiskRule, RuleFired};
use crate::finding::RecordDefect;
use crate::identifiers::{FileDigest, PersonId, ReviewReason, SubmissionId};
use crate::instant::UtcTime;

/// A reviewer's refusal, as it is kept for the next time that the same bytes come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Refusal {
    /// The submission that was refused.
    pub submission: SubmissionId,
    /// SHA-256 of its CSV.
    pub file: FileDigest,
    /// SHA-256 of the signed attributes of its signature, DER.
    pub signed_attributes: FileDigest,
    /// When.
    pub refused_at: UtcTime,
    /// Who refused it.
    pub reviewer: PersonId,
    /// The reviewer's name.
    pub reviewer_name: String,
    /// Why.
    pub reason: ReviewReason,
}

/// What earlier refusals mean for a file that comes now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusedBefore<'a> {
    /// Nobody refused it.
    No,
    /// An ARO signed it again after the refusal: a new decision, which the next reviewer sees beside the refusal.
    SignedAnew(&'a Refusal),
    /// The very signature that was refused, or one from before the refusal: nobody decided anew.
    SameSignature(&'a Refusal),
}

/// Looks for a refusal of this file or this signature; of several, the latest counts.
///
/// Signing times are the signer's word, so one that is not after the refusal is taken for no new decision.
pub fn refused_before(
    file: FileDigest,
    signed_attributes: FileDigest,
    signing_time: UtcTime,
    refusals: &[Refusal],
) -> RefusedBefore<'_> {
    let same =
        |refusal: &&Refusal| refusal.file == file || refusal.signed_attributes == signed_attributes;
    let old_signature = |refusal: &&Refusal| {
        refusal.signed_attributes == signed_attributes || signing_time <= refusal.refused_at
    };
    let order = |refusal: &&Refusal| (refusal.refused_at, refusal.submission);
    let of_old = refusals.iter().filter(same).filter(old_signature);
    if let Some(refusal) = of_old.max_by_key(order) {
        return RefusedBefore::SameSignature(refusal);
    }
    let latest = refusals.iter().filter(same).max_by_key(order);
    latest.map_or(RefusedBefore::No, RefusedBefore::SignedAnew)
}

impl RefusedBefore<'_> {
    /// The rule that fires when it was signed anew.
    pub fn rule(&self) -> Option<RuleFired> {
        let Self::SignedAnew(refusal) = self else {
            return None;
        };
        let Refusal {
            submission,
            refused_at,
            reviewer_name,
            ..
        } = refusal;
        let message = format!(
            "{reviewer_name} refused the same file on {}, as submission {submission}. It has been signed again since.",
            refused_at.in_words()
        );
        let fired = RuleFired::new(RiskRule::RefusedBefore, message)
            .with("submission", submission)
            .with("refusedAt", refused_at);
        Some(fired.with("reviewer", reviewer_name))
    }

    /// What is wrong when it was not.
    pub fn defect(&self) -> Option<RecordDefect> {
        let Self::SameSignature(refusal) = self else {
            return None;
        };
        Some(RecordDefect::RefusedBefore {
            submission: refusal.submission,
            refused_at: refusal.refused_at,
        })
    }
}
