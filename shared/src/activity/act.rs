use std::fmt;

use crate::identifiers::text_form;

/// The text names no act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("names no act")]
pub struct ActError;

/// Each act with its name in JSON and its words for people.
macro_rules! acts {
    ($($(#[doc = $doc:literal])* $act:ident = $name:literal, $words:literal;)*) => {
        /// What somebody did, or wanted to do; what the service did with it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Act { $($(#[doc = $doc])* $act,)* }

        impl Act {
            /// All acts, in the order in which people choose among them.
            pub const ALL: &'static [Self] = &[$(Self::$act),*];

            /// Its name in JSON and in addresses.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$act => $name),* }
            }

            /// What was done, in words that begin a line.
            pub const fn in_words(self) -> &'static str {
                match self { $(Self::$act => $words),* }
            }
        }
    };
}

acts! {
    /// Announced a file.
    StartSubmission = "start-submission", "Started a submission";
    /// Asked for an address to upload a file to.
    AskForUpload = "ask-for-upload", "Asked for an address to upload to";
    /// Had a file checked against what is known here.
    PrepareSubmission = "prepare-submission", "Prepared a file";
    /// Read the list of submissions.
    ListSubmissions = "list-submissions", "Read the list of submissions";
    /// Read a submission, what was found in it, or what it changes.
    ReadSubmission = "read-submission", "Read a submission";
    /// Fetched the file that was sent, or its signature.
    DownloadFile = "download-file", "Downloaded a file or its signature";
    /// Read the thresholds of several User IDs.
    ListThresholds = "list-thresholds", "Read the list of thresholds";
    /// Read the thresholds of a User ID, or their history.
    ReadThresholds = "read-thresholds", "Read thresholds of a User ID";
    /// Read the list of quarantine events.
    ListQuarantine = "list-quarantine", "Read the list of quarantine events";
    /// Read a quarantine event, or the communications that it holds.
    ReadQuarantine = "read-quarantine", "Read a quarantine event";
    /// Read what waits for a reviewer.
    ListReviews = "list-reviews", "Read the review queue";
    /// Read the evidence for a decision.
    ReadReview = "read-review", "Read the evidence of a review";
    /// Took a submission in hand, took it over, or gave it back.
    AssignReview = "assign-review", "Took a review in hand, or gave it back";
    /// Asked the sender of a submission.
    AskQuestion = "ask-question", "Asked the sender about a submission";
    /// Answered a reviewer.
    AnswerQuestion = "answer-question", "Answered a question of the DCC";
    /// Read what reviewers decided.
    ListDecisions = "list-decisions", "Read the decisions of reviewers";
    /// Decided a submission.
    DecideReview = "decide-review", "Decided a review";
    /// Read who there is in an organisation.
    ReadPeople = "read-people", "Read the people of an organisation";
    /// Asked for a change of the directory.
    AskForChange = "ask-for-change", "Asked for a change of the directory";
    /// Read the changes that wait for a second administrator.
    ListChanges = "list-changes", "Read the changes that wait for approval";
    /// Approved or refused a change.
    AnswerChange = "answer-change", "Answered a change of the directory";
    /// Asked for a certificate to be registered.
    RegisterCertificate = "register-certificate", "Asked to register a certificate";
    /// Asked for a key to be stopped.
    StopKey = "stop-key", "Asked to stop a key";
    /// Read a record of activity.
    ReadActivity = "read-activity", "Read the activity";
    /// Read something that has no act of its own.
    ReadElse = "read-else", "Read something else";
    /// Changed something that has no act of its own.
    ChangeElse = "change-else", "Changed something else";
    /// A file took effect.
    FileAccepted = "file-accepted", "The file was accepted";
    /// A file is at fault.
    FileRejected = "file-rejected", "The file was rejected";
    /// A file waits for a reviewer.
    FileAwaitsReview = "file-awaits-review", "The file waits for a reviewer";
    /// A file that was sent to be checked only was checked.
    FileChecked = "file-checked", "The file was checked, without effect";
    /// A reviewer's refusal took effect.
    FileRefused = "file-refused", "The file was refused by a reviewer";
    /// A reviewer's decision was verified and counts.
    DecisionCounted = "decision-counted", "The decision of a reviewer counts";
    /// A reviewer's decision is void.
    DecisionVoid = "decision-void", "The decision of a reviewer is void";
    /// A change of the directory waits for a second administrator.
    ChangeAwaitsApproval = "change-awaits-approval", "The change waits for approval";
    /// A change of the directory was made.
    ChangeMade = "change-made", "The change was made";
    /// A change of the directory was refused.
    ChangeRefused = "change-refused", "The change was refused";
    /// A certificate counts from now on.
    CertificateRegistered = "certificate-registered", "The certificate was registered";
    /// A system can sign in from now on.
    SystemRegistered = "system-registered", "The system was registered";
    /// A system may do nothing any more.
    SystemStopped = "system-stopped", "The system was stopped";
    /// A key counts no longer.
    KeyStopped = "key-stopped", "The key was stopped";
}

impl Act {
    /// Reads its name.
    pub fn parse(text: &str) -> Result<Self, ActError> {
        let named = Self::ALL.iter().find(|act| act.as_str() == text);
        named.copied().ok_or(ActError)
    }
}

impl fmt::Display for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

text_form!(
    Act,
    ActError,
    "What was done, or wanted",
    "start-submission",
    "^[a-z]+(-[a-z]+)*$"
);

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_act_has_a_name_and_words_of_its_own() {
        for act in Act::ALL {
            assert_eq!(Act::parse(act.as_str()).unwrap(), *act);
            let alike = Act::ALL
                .iter()
                .filter(|other| other.in_words() == act.in_words());
            assert_eq!(alike.count(), 1, "{act}");
        }
        assert!(Act::parse("anything").is_err());
    }
}
