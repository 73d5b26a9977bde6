use serde::{Deserialize, Serialize};

use super::OrganisationView;
use crate::directory::{
    ChangeRecord, DirectoryChange, OrganisationDetails, Person, PersonRef, PersonRole,
    RegisteredCertificates,
};
use crate::identifiers::{ChangeReason, ChangeRequestId, FileDigest};
use crate::instant::UtcTime;

/// Answer of `GET /organisations/{organisation}/people`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrganisationPeople {
    /// The organisation.
    pub organisation: OrganisationView,
    /// What else is known of it.
    pub details: OrganisationDetails,
    /// Its people, by name.
    pub people: Vec<PersonView>,
    /// What was asked for and what became of it, latest first: the last 500.
    pub changes: Vec<ChangeRecord>,
    /// The roles that whoever asks may give without the approval of anybody else.
    pub may_give: Vec<PersonRole>,
}

/// A person, as those see them who keep people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PersonView {
    /// Who.
    pub person: PersonRef,
    /// What they are registered for.
    pub roles: Vec<PersonRole>,
    /// The subject (RFC 4514) that their certificates must carry.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub signer_subject: Option<String>,
    /// Those that the person registered.
    #[serde(skip_serializing_if = "RegisteredCertificates::is_empty", default)]
    pub certificates: RegisteredCertificates,
    /// Since when they belong here; absent for those of before changes were kept.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub since: Option<UtcTime>,
    /// When something about them changed last.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub changed_at: Option<UtcTime>,
}

impl PersonView {
    /// A person with what the changes of the organisation tell of them.
    pub fn new(person: &Person, changes: &[ChangeRecord]) -> Self {
        let about = |change: &&ChangeRecord| change.change.person() == Some(&person.id);
        let made = changes.iter().filter(about);
        let made: Vec<_> = made
            .filter_map(|change| Some((change.made_at()?, change)))
            .collect();
        let came = |change: &ChangeRecord| match &change.change {
            DirectoryChange::Invite { .. } => true,
            DirectoryChange::Move { to, .. } => *to == person.organisation,
            _ => false,
        };
        let arrivals = made.iter().filter(|(_, change)| came(change));
        Self {
            person: person.into(),
            roles: person.roles_that_count().collect(),
            signer_subject: person.signer_subject.clone(),
            certificates: person.certificates.clone(),
            since: arrivals.map(|(at, _)| *at).max(),
            changed_at: made.iter().map(|(at, _)| *at).max(),
        }
    }
}

/// Body of `POST /organisations/{organisation}/changes`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AskForChange {
    /// What is to change.
    pub change: DirectoryChange,
    /// Why.
    pub reason: ChangeReason,
}

/// Body of `POST /me/stopped-keys`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StopOwnKey {
    /// SHA-256 of the public key (`SubjectPublicKeyInfo`, DER).
    pub key: FileDigest,
    /// Why.
    pub reason: ChangeReason,
}

/// Answer of all that ask for a change, or answer to one: it was taken. What becomes of it stands in the list of changes in a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ChangeTaken {
    /// The reference of the change.
    pub request: ChangeRequestId,
}
