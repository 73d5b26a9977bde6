//! What became of a submission, in words.

use crate::{
    api::{FileEffect, SubmissionDetail},
    components::{counted, grouped},
    sent::decided_words,
    session::use_session,
};
use sluice_shared::{
    api::UserEffect,
    submission::{StateName, SubmissionState, WouldBe},
};

/// What became of the submission, in a sentence with exact numbers.
pub fn outcome_words(detail: &SubmissionDetail) -> String {
    let summary = &detail.summary;
    match summary.state {
        StateName::AwaitingUpload => "The file has not arrived yet".into(),
        StateName::Received if summary.stopped.is_some() => {
            "The file has arrived and is not checked yet".into()
        }
        StateName::Received if summary.check_only => {
            "The file is being checked, without effect".into()
        }
        StateName::Received => "The file is being checked".into(),
        StateName::AwaitingReview if detail.progress.review().is_some() => {
            "A DCC reviewer has decided. The decision is about to take effect.".into()
        }
        StateName::AwaitingReview => {
            "The file passed every check. A DCC reviewer has to decide before it takes effect."
                .into()
        }
        StateName::Accepted => accepted(detail.effect.as_ref()),
        StateName::Rejected => {
            format!(
                "{} was rejected: {} to correct",
                whose(),
                counted(summary.errors, "error", "errors")
            )
        }
        StateName::Refused => format!(
            "{} was refused by a DCC reviewer: nothing in it takes effect",
            whose()
        ),
        StateName::Checked => checked(detail),
        StateName::Expired => "This submission expired: its file never arrived".into(),
    }
}

/// What the service would have done with a file that was not sent.
fn checked(detail: &SubmissionDetail) -> String {
    let SubmissionState::Checked { would_be, .. } = &detail.progress else {
        return "The file was checked only".into();
    };
    match would_be {
        WouldBe::Accepted => format!(
            "The file passed every check. Sent as things stood then, it would take effect without a review{}.",
            in_numbers(detail.effect.as_ref())
        ),
        WouldBe::AwaitingReview => format!(
            "The file passed every check. Sent as things stood then, it would wait for a DCC reviewer{}.",
            in_numbers(detail.effect.as_ref())
        ),
        WouldBe::Rejected => format!(
            "The service would reject the file: {} to correct.",
            counted(detail.summary.errors, "error", "errors")
        ),
    }
}

/// `: release 200 and delete 28; keep 12 held`, after what would become of the file.
fn in_numbers(effect: Option<&FileEffect>) -> String {
    match effect {
        Some(FileEffect::Adt { users, .. }) => format!(
            ": {}",
            threshold_changes(users).replacen("No change", "no change", 1)
        ),
        Some(FileEffect::ExitQuarantine {
            release,
            delete,
            left_held,
            ..
        }) => {
            let what = decided_words(*release, *delete).to_lowercase();
            match left_held {
                0 => format!(": {what}"),
                held => format!(": {what}; keep {} held", grouped(*held)),
            }
        }
        None => String::new(),
    }
}

/// Whose file it is, from where one sits.
fn whose() -> &'static str {
    if use_session().me().is_some_and(|me| me.dcc) {
        "The file"
    } else {
        "Your file"
    }
}

/// `2 changes to the thresholds of 1 User ID`: of those that change, not of all that the file states.
pub fn threshold_changes(users: &[UserEffect]) -> String {
    let changed: u64 = users.iter().map(|user| user.changed).sum();
    let of = users.iter().filter(|user| user.changed > 0).count();
    match changed {
        0 => format!(
            "No change to the thresholds of {}",
            counted(users.len() as u64, "User ID", "User IDs")
        ),
        _ => format!(
            "{} to the thresholds of {}",
            counted(changed, "change", "changes"),
            counted(of as u64, "User ID", "User IDs")
        ),
    }
}

/// `2 changes to the thresholds of 1 User ID are recorded.`
fn recorded(users: &[UserEffect]) -> String {
    let changed: u64 = users.iter().map(|user| user.changed).sum();
    match changed {
        0 => format!(
            "The thresholds of {} stay as they were.",
            counted(users.len() as u64, "User ID", "User IDs")
        ),
        1 => format!("{} is recorded.", threshold_changes(users)),
        _ => format!("{} are recorded.", threshold_changes(users)),
    }
}

fn accepted(effect: Option<&FileEffect>) -> String {
    match effect {
        Some(FileEffect::Adt { users, .. }) => recorded(users),
        Some(FileEffect::ExitQuarantine {
            release,
            delete,
            left_held,
            ..
        }) => {
            let done = match (release, delete) {
                (release, 0) => format!("{} released.", grouped(*release)),
                (0, delete) => format!("{} deleted.", grouped(*delete)),
                (release, delete) => format!(
                    "{} released and {} deleted.",
                    grouped(*release),
                    grouped(*delete)
                ),
            };
            match left_held {
                0 => done,
                held => format!("{done} {} kept held in the same events.", grouped(*held)),
            }
        }
        None => "The file took effect.".into(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use sluice_shared::identifiers::Eui64;

    fn user(changed: u64) -> UserEffect {
        UserEffect {
            user_id: Eui64::parse("90-B3-D5-1F-30-01-00-00").unwrap(),
            standing: 22,
            exceptions: 0,
            changed,
            big: 0,
        }
    }

    #[test]
    fn only_user_ids_with_changes_are_counted() {
        let told = |changed: &[u64]| {
            let users: Vec<UserEffect> = changed.iter().map(|changed| user(*changed)).collect();
            threshold_changes(&users)
        };
        assert_eq!(told(&[1, 0]), "1 change to the thresholds of 1 User ID");
        assert_eq!(told(&[1, 2]), "3 changes to the thresholds of 2 User IDs");
        assert_eq!(told(&[0, 0]), "No change to the thresholds of 2 User IDs");
    }

    #[test]
    fn what_an_accepted_file_did_is_a_sentence() {
        let told = |changed: &[u64]| {
            let users: Vec<UserEffect> = changed.iter().map(|changed| user(*changed)).collect();
            recorded(&users)
        };
        assert_eq!(
            told(&[1]),
            "1 change to the thresholds of 1 User ID is recorded."
        );
        assert_eq!(
            told(&[2, 0]),
            "2 changes to the thresholds of 1 User ID are recorded."
        );
        assert_eq!(
            told(&[0, 0]),
            "The thresholds of 2 User IDs stay as they were."
        );
    }
}
