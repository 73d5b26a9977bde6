use serde::{Deserialize, Serialize};

use super::{Person, PersonRole};
use crate::identifiers::{OrganisationId, PersonId};

/// What a route needs of whoever asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Permission {
    /// Nothing: the answer says nothing about anybody.
    Anyone,
    /// To be a registered person.
    SignedIn,
    /// To read submissions and their findings, of one's own organisation or, for DCC staff, of all.
    ReadSubmissions,
    /// To download the files and signatures that were sent, of one's own organisation or, for DCC reviewers and auditors, of all.
    DownloadFiles,
    /// To start, upload and replace submissions.
    SendFiles,
    /// To answer what reviewers ask about one's own organisation's submissions.
    AnswerQuestions,
    /// To read thresholds and their history.
    ReadThresholds,
    /// To read quarantine events and held communications.
    ReadQuarantine,
    /// To read the review queue and its evidence.
    ReadReviews,
    /// To accept or refuse a submission.
    DecideReviews,
    /// To read the people of an organisation and what became of changes: of one's own or, for DCC administrators and auditors, of all.
    ReadPeople,
    /// To ask for changes of one's own organisation's people.
    KeepOwnPeople,
    /// To register certificates of one's own, and to stop keys of one's own.
    KeepOwnKeys,
    /// To ask for any change of the directory, and to approve or refuse what others ask for.
    KeepDirectory,
    /// To read who did what: of one's own organisation or, for DCC operators, auditors and administrators, of all.
    ReadActivity,
}

impl Permission {
    /// All permissions.
    pub const ALL: [Self; 15] = [
        Self::Anyone,
        Self::SignedIn,
        Self::ReadSubmissions,
        Self::DownloadFiles,
        Self::SendFiles,
        Self::AnswerQuestions,
        Self::ReadThresholds,
        Self::ReadQuarantine,
        Self::ReadReviews,
        Self::DecideReviews,
        Self::ReadPeople,
        Self::KeepOwnPeople,
        Self::KeepOwnKeys,
        Self::KeepDirectory,
        Self::ReadActivity,
    ];

    /// The roles that have it; `None` where the roles do not matter.
    pub const fn roles(self) -> Option<&'static [PersonRole]> {
        use PersonRole as R;
        match self {
            Self::Anyone | Self::SignedIn => None,
            Self::ReadSubmissions | Self::ReadThresholds | Self::ReadQuarantine => Some(&[
                R::Submitter,
                R::Aro,
                R::Viewer,
                R::OrganisationAdmin,
                R::Reviewer,
                R::Operator,
                R::Auditor,
                R::DccAdmin,
            ]),
            Self::DownloadFiles => Some(&[
                R::Submitter,
                R::Aro,
                R::Viewer,
                R::OrganisationAdmin,
                R::Reviewer,
                R::Auditor,
            ]),
            Self::SendFiles | Self::AnswerQuestions => Some(&[R::Submitter, R::Aro]),
            Self::ReadReviews => Some(&[R::Reviewer, R::Operator, R::Auditor]),
            Self::DecideReviews => Some(&[R::Reviewer]),
            Self::ReadPeople => Some(&[R::OrganisationAdmin, R::Auditor, R::DccAdmin]),
            Self::KeepOwnPeople => Some(&[R::OrganisationAdmin]),
            Self::KeepOwnKeys => Some(&[R::Aro, R::Reviewer, R::DccAdmin]),
            Self::KeepDirectory => Some(&[R::DccAdmin]),
            Self::ReadActivity => {
                Some(&[R::OrganisationAdmin, R::Operator, R::Auditor, R::DccAdmin])
            }
        }
    }

    /// Whether somebody with these roles has it.
    pub fn is_given_to(self, roles: &[PersonRole]) -> bool {
        self.roles()
            .is_none_or(|needed| roles.iter().any(|role| needed.contains(role)))
    }
}

/// Why a person may not decide a certain submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ReviewBar {
    /// The person is not a reviewer.
    #[error("you are not registered as a DCC reviewer")]
    NotAReviewer,
    /// It is of the person's own organisation.
    #[error("it was sent by your own organisation; another reviewer has to decide it")]
    OwnOrganisation,
    /// The person started it, or asked for an address to upload it to.
    #[error("you sent it, or could have; another reviewer has to decide it")]
    OwnUpload,
    /// The person signed it.
    #[error("you signed it yourself; another reviewer has to decide it")]
    OwnSignature,
}

impl ReviewBar {
    /// Why somebody called `name`, who has decided, may decide it no more: a sentence for others.
    #[must_use]
    pub fn said_of(self, name: &str) -> String {
        match self {
            Self::NotAReviewer => format!("{name} is not registered as a DCC reviewer."),
            Self::OwnOrganisation => {
                format!("{name} belongs to the organisation that sent it.")
            }
            Self::OwnUpload => format!("{name} sent it, or could have."),
            Self::OwnSignature => format!("{name} signed it."),
        }
    }
}

/// Whether a person may decide a submission: never one's own organisation's, one's own upload or signature. `senders`: all who
/// could have uploaded it.
pub fn may_review(
    person: &Person,
    organisation: &OrganisationId,
    senders: &[&PersonId],
    signer: Option<&PersonId>,
) -> Result<(), ReviewBar> {
    if !person.may(Permission::DecideReviews) {
        Err(ReviewBar::NotAReviewer)
    } else if senders.contains(&&person.id) {
        Err(ReviewBar::OwnUpload)
    } else if Some(&person.id) == signer {
        Err(ReviewBar::OwnSignature)
    } else if person.organisation == *organisation {
        Err(ReviewBar::OwnOrganisation)
    } else {
        Ok(())
    }
}
