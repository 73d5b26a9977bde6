use super::StateName;
use crate::files::FileKind;

/// Whether a new request for a file that an organisation sent before means that earlier submission, and starts no other.
///
/// `signed_anew`: whether it comes with another signature. What is only to be checked is nobody's earlier submission.
pub const fn is_same_submission(earlier: StateName, kind: FileKind, signed_anew: bool) -> bool {
    match earlier {
        // Being checked or reviewed: signing it again changes nothing.
        StateName::Received | StateName::AwaitingReview => true,
        // Another signature may be the right one at last; and thresholds may be put back by the same file, signed again.
        StateName::AwaitingUpload => !signed_anew,
        StateName::Accepted => !signed_anew || matches!(kind, FileKind::ExitQuarantine),
        // It failed: this is another try.
        StateName::Rejected | StateName::Refused | StateName::Checked | StateName::Expired => false,
    }
}
