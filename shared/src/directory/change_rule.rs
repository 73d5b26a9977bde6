//! The one rule of who may change the directory, and what a change needs. `api` and `review` ask it before they take a request, `intake` before
//! anything follows from one, and again when it is approved.

use super::change::ROLES_OF_ADMINISTRATORS;
use super::{
    ApprovalBar, ChangeBar, DirectoryChange, DirectoryEffect, GivenRoles, Organisation, Permission,
    Person, PersonRole, SignerSubject, user_ids_rule,
};
use crate::identifiers::{Eui64, OrganisationId, PersonId};
use crate::profile::PeopleRules;

/// The DCC administrators that have to remain.
const DCC_ADMINISTRATORS: usize = 2;

/// What is known when somebody asks for a change.
#[derive(Clone, Copy, Debug)]
pub struct KnownForChange<'a> {
    /// Who asks, as registered now.
    pub asker: &'a Person,
    /// The organisation in which something is to change.
    pub id: &'a OrganisationId,
    /// As it is registered; `None`: it is not.
    pub organisation: Option<&'a Organisation>,
    /// Its people.
    pub people: &'a [Person],
    /// Whether the person that the change names is registered anywhere.
    pub is_registered: bool,
    /// For a move: the people of the organisation to which it goes; `None`: there is no such organisation.
    pub destination: Option<&'a [Person]>,
    /// Those of the User IDs in the change that are another organisation's.
    pub taken: &'a [Eui64],
    /// How many changes the organisation's administrators made today.
    pub changes_today: usize,
    /// What the DCC allows.
    pub rules: &'a PeopleRules,
}

/// What a change needs before it is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Approval {
    /// Nothing more.
    NotNeeded,
    /// That of a second DCC administrator ([`may_approve`]).
    BySecondAdministrator,
}

/// A change that may be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PermittedChange {
    /// What it needs first.
    pub approval: Approval,
    /// What is written then, and nothing else.
    pub effect: DirectoryEffect,
}

/// Whether somebody may ask for a change, what it needs, and what it does.
///
/// An organisation's administrator keeps its people in the roles that the DCC allows. DCC administrators keep all of the directory; where that
/// gives somebody more than they had, another DCC administrator has to agree.
///
/// # Errors
/// In words for whoever asks.
pub fn permit_change(
    change: &DirectoryChange,
    known: &KnownForChange<'_>,
) -> Result<PermittedChange, ChangeBar> {
    let by_dcc = known.asker.may(Permission::KeepDirectory);
    let by_own =
        known.asker.may(Permission::KeepOwnPeople) && known.asker.organisation == *known.id;
    if !by_dcc && !by_own {
        return Err(ChangeBar::NotYours);
    }
    if !by_dcc && (change.person().is_none() || change.destination().is_some()) {
        return Err(ChangeBar::ForTheDcc);
    }
    if !by_dcc && known.changes_today >= known.rules.max_changes_a_day {
        return Err(ChangeBar::TooManyChanges(known.rules.max_changes_a_day));
    }
    let effect = effect_of(change, known, by_dcc)?;
    let approval = if by_dcc && gives_more(change, known, &effect) {
        Approval::BySecondAdministrator
    } else {
        Approval::NotNeeded
    };
    Ok(PermittedChange { approval, effect })
}

/// Whether somebody may approve or refuse what another asked for.
///
/// # Errors
/// They may not, and why.
pub fn may_approve(
    approver: &Person,
    asker: &PersonId,
    change: &DirectoryChange,
) -> Result<(), ApprovalBar> {
    if !approver.may(Permission::KeepDirectory) {
        Err(ApprovalBar::NotADccAdministrator)
    } else if approver.id == *asker {
        Err(ApprovalBar::OwnRequest)
    } else if change.person() == Some(&approver.id) {
        Err(ApprovalBar::AboutYourself)
    } else {
        Ok(())
    }
}

fn effect_of(
    change: &DirectoryChange,
    known: &KnownForChange<'_>,
    by_dcc: bool,
) -> Result<DirectoryEffect, ChangeBar> {
    match change {
        DirectoryChange::CreateOrganisation {
            name,
            user_ids,
            details,
        } => {
            if known.organisation.is_some() {
                return Err(ChangeBar::OrganisationExists(known.id.clone()));
            }
            user_ids_rule::check(known, user_ids, details)?;
            Ok(DirectoryEffect::PutOrganisation(Organisation {
                id: known.id.clone(),
                name: name.to_string(),
                user_ids: user_ids.clone(),
                details: details.clone(),
            }))
        }
        DirectoryChange::ChangeOrganisation {
            name,
            user_ids,
            details,
        } => {
            let changed = Organisation {
                id: known.id.clone(),
                name: name.to_string(),
                user_ids: user_ids.clone(),
                details: details.clone(),
            };
            if *registered(known)? == changed {
                return Err(ChangeBar::NothingChanges);
            }
            user_ids_rule::check(known, user_ids, details)?;
            Ok(DirectoryEffect::PutOrganisation(changed))
        }
        DirectoryChange::Invite {
            person,
            name,
            roles,
            signer_subject,
        } => {
            registered(known)?;
            if known.is_registered {
                return Err(ChangeBar::RegisteredAlready);
            }
            if known.people.len() >= known.rules.max_people {
                return Err(ChangeBar::TooManyPeople(known.rules.max_people));
            }
            roles_fit(known.id, roles)?;
            signer_fits(roles, signer_subject.as_ref(), known.people, person)?;
            given_by_administrator(known, by_dcc, None, roles, signer_subject.as_ref())?;
            Ok(DirectoryEffect::PutPerson(Person {
                id: person.clone(),
                name: name.to_string(),
                organisation: known.id.clone(),
                roles: roles.as_slice().to_vec(),
                signer_subject: signer_subject.as_ref().map(SignerSubject::to_string),
            }))
        }
        DirectoryChange::ChangeRoles {
            person,
            roles,
            signer_subject,
            leaves_no_administrator,
        } => {
            let before = one_of(known, person)?;
            roles_fit(known.id, roles)?;
            signer_fits(roles, signer_subject.as_ref(), known.people, person)?;
            given_by_administrator(known, by_dcc, Some(before), roles, signer_subject.as_ref())?;
            let after = Person {
                roles: roles.as_slice().to_vec(),
                signer_subject: signer_subject.as_ref().map(SignerSubject::to_string),
                ..before.clone()
            };
            if same_roles(before, roles) && !is_another_signer(before, signer_subject.as_ref()) {
                return Err(ChangeBar::NothingChanges);
            }
            administrators_remain(known, before, roles.as_slice(), *leaves_no_administrator)?;
            Ok(DirectoryEffect::PutPerson(after))
        }
        DirectoryChange::Rename { person, name } => {
            let before = one_of(known, person)?;
            if before.name == name.as_str() {
                return Err(ChangeBar::NothingChanges);
            }
            Ok(DirectoryEffect::PutPerson(Person {
                name: name.to_string(),
                ..before.clone()
            }))
        }
        DirectoryChange::Move {
            person,
            to,
            roles,
            signer_subject,
            leaves_no_administrator,
        } => {
            let before = one_of(known, person)?;
            if to == known.id {
                return Err(ChangeBar::SameOrganisation);
            }
            let there = known
                .destination
                .ok_or_else(|| ChangeBar::NoOrganisation(to.clone()))?;
            if there.len() >= known.rules.max_people {
                return Err(ChangeBar::TooManyPeople(known.rules.max_people));
            }
            roles_fit(to, roles)?;
            signer_fits(roles, signer_subject.as_ref(), there, person)?;
            administrators_remain(known, before, &[], *leaves_no_administrator)?;
            Ok(DirectoryEffect::MovePerson(Person {
                organisation: to.clone(),
                roles: roles.as_slice().to_vec(),
                signer_subject: signer_subject.as_ref().map(SignerSubject::to_string),
                ..before.clone()
            }))
        }
        DirectoryChange::Remove {
            person,
            leaves_no_administrator,
        } => {
            let before = one_of(known, person)?;
            administrators_remain(known, before, &[], *leaves_no_administrator)?;
            Ok(DirectoryEffect::RemovePerson(before.id.clone()))
        }
    }
}

/// Whether somebody could do more after what a DCC administrator does. The first administrator of an organisation in which nobody is yet could
/// not be invited otherwise than by the DCC, and finds nothing there.
fn gives_more(
    change: &DirectoryChange,
    known: &KnownForChange<'_>,
    effect: &DirectoryEffect,
) -> bool {
    let before = change
        .person()
        .and_then(|id| known.people.iter().find(|one| one.id == *id));
    match change {
        DirectoryChange::Invite { roles, .. } => {
            let is_first = known.people.is_empty() && !known.id.is_dcc();
            !(is_first && roles.as_slice() == [PersonRole::OrganisationAdmin])
        }
        DirectoryChange::ChangeRoles {
            roles,
            signer_subject,
            ..
        } => {
            let Some(before) = before else { return true };
            added(Some(before), roles).next().is_some()
                || (signer_subject.is_some() && is_another_signer(before, signer_subject.as_ref()))
                || leaves_no_administrator(known, before, roles.as_slice())
        }
        DirectoryChange::Rename { .. } => false,
        // Whoever leaves an organisation without an administrator may choose its next one.
        DirectoryChange::Remove { .. } => {
            before.is_none_or(|before| leaves_no_administrator(known, before, &[]))
        }
        DirectoryChange::Move { .. } | DirectoryChange::CreateOrganisation { .. } => true,
        DirectoryChange::ChangeOrganisation { .. } => match (effect, known.organisation) {
            (DirectoryEffect::PutOrganisation(after), Some(before)) => {
                after.user_ids != before.user_ids
                    || after.details.allocated != before.details.allocated
            }
            _ => true,
        },
    }
}

fn registered<'a>(known: &KnownForChange<'a>) -> Result<&'a Organisation, ChangeBar> {
    known
        .organisation
        .ok_or_else(|| ChangeBar::NoOrganisation(known.id.clone()))
}

fn one_of<'a>(known: &KnownForChange<'a>, id: &PersonId) -> Result<&'a Person, ChangeBar> {
    let person = known.people.iter().find(|person| person.id == *id);
    person.ok_or(ChangeBar::NobodyHere)
}

fn roles_fit(organisation: &OrganisationId, roles: &GivenRoles) -> Result<(), ChangeBar> {
    let other = |role: &&PersonRole| role.is_dcc() != organisation.is_dcc();
    match roles.as_slice().iter().find(other) {
        Some(role) => Err(ChangeBar::OtherOrganisationsRole(*role)),
        None => Ok(()),
    }
}

fn signer_fits(
    roles: &GivenRoles,
    subject: Option<&SignerSubject>,
    people: &[Person],
    id: &PersonId,
) -> Result<(), ChangeBar> {
    let signs = roles.as_slice().iter().find(|role| role.signs());
    match (signs, subject) {
        (None, None) => Ok(()),
        (None, Some(_)) => Err(ChangeBar::SubjectForNothing),
        (Some(role), None) => Err(ChangeBar::SubjectMissing(*role)),
        (Some(_), Some(subject)) => {
            let is_taken = |other: &Person| {
                let theirs = other.signer_subject.as_deref();
                other.id != *id && theirs.is_some_and(|theirs| subject.is_registered_as(theirs))
            };
            if people.iter().any(is_taken) {
                Err(ChangeBar::SubjectTaken)
            } else {
                Ok(())
            }
        }
    }
}

/// What an organisation's administrator gives: roles that the DCC allows, and nobody's signature.
fn given_by_administrator(
    known: &KnownForChange<'_>,
    by_dcc: bool,
    before: Option<&Person>,
    roles: &GivenRoles,
    subject: Option<&SignerSubject>,
) -> Result<(), ChangeBar> {
    if by_dcc {
        return Ok(());
    }
    let gives = |role: &PersonRole| {
        ROLES_OF_ADMINISTRATORS.contains(role) && known.rules.roles_by_administrators.contains(role)
    };
    if let Some(role) = added(before, roles).find(|role| !gives(role)) {
        return Err(ChangeBar::RoleForTheDcc(role));
    }
    match (before, subject) {
        (Some(before), Some(_)) if is_another_signer(before, subject) => {
            Err(ChangeBar::SubjectForTheDcc)
        }
        (None, Some(_)) => Err(ChangeBar::SubjectForTheDcc),
        _ => Ok(()),
    }
}

fn added<'a>(
    before: Option<&'a Person>,
    roles: &'a GivenRoles,
) -> impl Iterator<Item = PersonRole> + 'a {
    let roles = roles.as_slice().iter().copied();
    roles.filter(move |role| !before.is_some_and(|before| before.is(*role)))
}

fn same_roles(before: &Person, roles: &GivenRoles) -> bool {
    GivenRoles::parse(&before.roles).is_ok_and(|before| before == *roles)
}

fn is_another_signer(before: &Person, subject: Option<&SignerSubject>) -> bool {
    match (before.signer_subject.as_deref(), subject) {
        (Some(before), Some(after)) => !after.is_registered_as(before),
        (before, after) => before.is_some() != after.is_some(),
    }
}

fn administrator(organisation: &OrganisationId) -> PersonRole {
    if organisation.is_dcc() {
        PersonRole::DccAdmin
    } else {
        PersonRole::OrganisationAdmin
    }
}

/// How many administrators the organisation has when this person has these roles; `None`: the person is none now, or still one then.
fn administrators_left(
    known: &KnownForChange<'_>,
    before: &Person,
    after: &[PersonRole],
) -> Option<usize> {
    let role = administrator(known.id);
    if !before.is(role) || after.contains(&role) {
        return None;
    }
    let others = known.people.iter().filter(|other| other.id != before.id);
    Some(others.filter(|other| other.is(role)).count())
}

fn leaves_no_administrator(
    known: &KnownForChange<'_>,
    before: &Person,
    after: &[PersonRole],
) -> bool {
    administrators_left(known, before, after) == Some(0)
}

fn administrators_remain(
    known: &KnownForChange<'_>,
    before: &Person,
    after: &[PersonRole],
    is_meant: bool,
) -> Result<(), ChangeBar> {
    match administrators_left(known, before, after) {
        Some(left) if known.id.is_dcc() && left < DCC_ADMINISTRATORS => {
            Err(ChangeBar::TwoDccAdministratorsRemain)
        }
        Some(0) if !is_meant => Err(ChangeBar::LastAdministrator),
        _ => Ok(()),
    }
}
