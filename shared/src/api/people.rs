use serde::{Deserialize, Serialize};

use super::OrganisationView;
use crate::directory::{
    Access, AccessHistory, ChangeRecord, Confirmation, DirectoryChange, HeldRole, Machine,
    OrganisationDetails, Person, PersonRef, PersonRole, RegisteredCertificates, is_dormant,
    is_review_overdue, may_confirm,
};
use crate::identifiers::{ChangeReason, ChangeRequestId, FileDigest};
use crate::instant::UtcTime;
use crate::profile::PeopleRules;

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
    /// Its systems, by name.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub machines: Vec<MachineView>,
    /// What was asked for and what became of it, latest first: the last 500.
    pub changes: Vec<ChangeRecord>,
    /// The roles that whoever asks may give without the approval of anybody else.
    pub may_give: Vec<PersonRole>,
    /// The day (UTC) since when it is noted on which day each person was here last, by its first instant; absent before the first of them was.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub noted_since: Option<UtcTime>,
}

/// A system, as those see it who keep people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct MachineView {
    /// Which, as it is registered.
    pub machine: Machine,
    /// The day (UTC) on which it was here last, by its first instant; absent for one that was not seen since that is noted.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub last_used: Option<UtcTime>,
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
    /// Each of their roles, with how they came by it as far as changes are kept.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub held: Vec<HeldRole>,
    /// When all that they may do was confirmed last, and by whom.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub confirmed: Option<Confirmation>,
    /// Whether nobody has answered for what they may do for longer than the service's `review-days`: by confirming it, or by giving it.
    #[serde(default)]
    pub review_overdue: bool,
    /// The day (UTC) on which they were here last, by its first instant; absent for who was not seen since that is noted.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub last_here: Option<UtcTime>,
    /// Whether they have not been here for longer than the service's `dormant-days`.
    #[serde(default)]
    pub dormant: bool,
    /// Whether whoever asks may confirm it.
    #[serde(default)]
    pub may_confirm: bool,
}

/// What is known of a person's presence and of whoever asks, beside the changes that are kept.
#[derive(Clone, Copy, Debug)]
pub struct SeenBy<'a> {
    /// Who asks.
    pub asker: &'a Person,
    /// The people of the organisation.
    pub people: &'a [Person],
    /// Since when it is noted who is here.
    pub noted_since: Option<UtcTime>,
    /// The time.
    pub now: UtcTime,
    /// What the DCC allows.
    pub rules: &'a PeopleRules,
}

impl PersonView {
    /// A person with what the changes of the organisation tell of them.
    pub fn new(
        person: &Person,
        changes: &[ChangeRecord],
        last_here: Option<UtcTime>,
        by: SeenBy<'_>,
    ) -> Self {
        let history = AccessHistory::of(person, changes);
        let since = history.since();
        let (now, rules) = (by.now, by.rules);
        let confirmable = may_confirm(by.asker, &person.organisation, by.people, person);
        Self {
            person: person.into(),
            roles: person.roles_that_count().collect(),
            signer_subject: person.signer_subject.clone(),
            certificates: person.certificates.clone(),
            since,
            changed_at: history.changed_at(),
            held: history.roles(),
            confirmed: history.confirmed(),
            review_overdue: is_review_overdue(history.looked_at(), now, rules),
            last_here,
            dormant: is_dormant(last_here, since, by.noted_since, now, rules),
            may_confirm: confirmable.is_ok(),
        }
    }

    /// What they may do, as it is shown and confirmed.
    pub fn access(&self) -> Access {
        let roles = self.roles.iter().copied();
        Access::new(roles, self.signer_subject.as_deref(), &self.certificates)
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
