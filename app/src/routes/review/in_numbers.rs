//! What a decision does, in numbers.

use crate::{
    components::{counted, keep_held},
    sent::decided_words,
};
use sluice_shared::{
    api::{FileEffect, ReviewEvidence, SubmissionChanges},
    submission::Decision,
};

/// What the decision does, in numbers.
pub(super) fn in_numbers(shown: &ReviewEvidence, decision: Decision) -> String {
    if decision == Decision::Refuse {
        "Nothing in it takes effect. The sender may correct it and send it again.".to_owned()
    } else if let Some(FileEffect::ExitQuarantine {
        release,
        delete,
        left_held,
        ..
    }) = &shown.submission.effect
    {
        format!(
            "{}.{} This cannot be undone.",
            decided_words(*release, *delete),
            keep_held(*left_held),
        )
    } else {
        let all = SubmissionChanges::from(&shown.evidence);
        let changes = all.in_numbers(("is", "are"));
        if changes.is_empty() {
            return "No threshold changes.".to_owned();
        }
        let users = all.users_changed();
        format!(
            "For {}: {}. This takes effect at once, or on the day that the file gives.",
            counted(users, "User ID", "User IDs"),
            changes.join(", ")
        )
    }
}
