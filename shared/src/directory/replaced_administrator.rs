//! The way of last resort: a DCC administrator is put in the place of one who cannot act any more, by whoever has the rights of the account. It is
//! for a DCC whose administrators are fewer than two, since nobody is left then to approve another.

use super::first_administrators::dcc;
use super::{
    ChangeRecord, ChangeState, DirectoryChange, GivenRoles, NewAdministrator, Person, PersonRef,
    PersonRole, RegisteredBefore, RegisteredCertificates,
};
use crate::identifiers::{ChangeReason, ChangeRequestId, FileDigest, OrganisationId, PersonId};
use crate::instant::UtcTime;

/// Who stands in the record of what no person of the directory asked for.
const BY: (&str, &str) = (
    "account-administrator",
    "Account administrator, by sluice-admin",
);

/// Somebody in the place of a DCC administrator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplacedAdministrator {
    /// Whose place it is.
    pub lost: PersonId,
    /// Who comes there.
    pub new: NewAdministrator,
    /// Why. It stays with the change.
    pub reason: ChangeReason,
}

/// Why nobody is replaced.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotReplaced {
    /// The lost one is none.
    #[error("there is no DCC administrator with the sign-in {0}")]
    NoSuchAdministrator(PersonId),
    /// The new one is of the DCC already, or the lost one themselves.
    #[error("the new administrator's sign-in is registered already: make another one")]
    RegisteredAlready,
    /// Somebody else signs by that name.
    #[error("somebody else of the DCC signs with certificates of this subject: each has their own")]
    SubjectTaken,
}

/// What a replacement writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// Who goes.
    pub lost: Person,
    /// The keys of theirs that count no longer.
    pub stopped: Vec<FileDigest>,
    /// Who comes.
    pub new: Person,
    /// What is kept of it.
    pub records: [ChangeRecord; 2],
}

impl ReplacedAdministrator {
    /// Where: at the DCC.
    pub fn organisation() -> OrganisationId {
        dcc()
    }

    /// What becomes of the people of the DCC. `references`: two that nobody has.
    ///
    /// # Errors
    /// Nobody is replaced, and why.
    pub fn replacement(
        &self,
        people: &[Person],
        now: UtcTime,
        references: [ChangeRequestId; 2],
    ) -> Result<Replacement, NotReplaced> {
        let lost = people.iter().find(|person| person.id == self.lost);
        let lost = lost.filter(|person| person.is(PersonRole::DccAdmin));
        let lost = lost.ok_or_else(|| NotReplaced::NoSuchAdministrator(self.lost.clone()))?;
        if people.iter().any(|person| person.id == self.new.id) {
            return Err(NotReplaced::RegisteredAlready);
        }
        let is_taken = |other: &Person| {
            let theirs = other.signer_subject.as_deref();
            other.id != lost.id
                && theirs.is_some_and(|theirs| self.new.subject.is_registered_as(theirs))
        };
        if people.iter().any(is_taken) {
            return Err(NotReplaced::SubjectTaken);
        }
        let roles = GivenRoles::from(PersonRole::DccAdmin);
        let new = Person {
            id: self.new.id.clone(),
            name: self.new.name.to_string(),
            organisation: lost.organisation.clone(),
            roles: roles.as_slice().to_vec(),
            signer_subject: Some(self.new.subject.to_string()),
            certificates: RegisteredCertificates::default(),
        };
        let goes = DirectoryChange::Remove {
            person: lost.id.clone(),
            leaves_no_administrator: false,
        };
        let comes = DirectoryChange::Invite {
            person: self.new.id.clone(),
            name: self.new.name.clone(),
            roles,
            signer_subject: Some(self.new.subject.clone()),
        };
        let before = RegisteredBefore::find(&goes, None, (people, &[]));
        let [first, second] = references;
        let records = [
            self.record(first, lost, (goes, before), now),
            self.record(second, &new, (comes, None), now),
        ];
        let in_use = lost.certificates.iter().filter(|one| one.stopped.is_none());
        let mut stopped: Vec<_> = in_use.map(|one| one.identity.key).collect();
        stopped.sort_unstable();
        stopped.dedup();
        Ok(Replacement {
            lost: lost.clone(),
            stopped,
            new,
            records,
        })
    }

    fn record(
        &self,
        request: ChangeRequestId,
        about: &Person,
        (change, before): (DirectoryChange, Option<RegisteredBefore>),
        now: UtcTime,
    ) -> ChangeRecord {
        ChangeRecord {
            request,
            organisation: about.organisation.clone(),
            change,
            about: Some(PersonRef::from(about)),
            before,
            reason: self.reason.clone(),
            asked_by: PersonRef {
                id: PersonId::parse(BY.0).expect("it has the form of one"),
                name: BY.1.to_owned(),
            },
            asked_at: now,
            signed: None,
            certificate: None,
            state: ChangeState::Made {
                at: now,
                approved_by: None,
                approval: None,
            },
        }
    }
}
