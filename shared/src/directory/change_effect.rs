//! What a change writes, if everything but its approval allows it.

use super::change::ROLES_OF_ADMINISTRATORS;
use super::{
    ChangeBar, DirectoryChange, DirectoryEffect, GivenRoles, KnownForChange, Organisation,
    OrganisationDetails, Person, PersonRole, RegisteredCertificates, SignerSubject, access_rule,
    keys_rule, machines_rule, user_ids_rule,
};
use crate::files::UserId;
use crate::identifiers::{DisplayName, OrganisationId, PersonId};

/// The DCC administrators that have to remain.
const DCC_ADMINISTRATORS: usize = 2;

/// What somebody is given: roles, and whom their certificates name.
#[derive(Clone, Copy)]
struct Given<'a> {
    person: &'a PersonId,
    roles: &'a GivenRoles,
    subject: Option<&'a SignerSubject>,
}

impl<'a> Given<'a> {
    fn new(
        person: &'a PersonId,
        roles: &'a GivenRoles,
        subject: Option<&'a SignerSubject>,
    ) -> Self {
        Self {
            person,
            roles,
            subject,
        }
    }
}

impl Given<'_> {
    /// Whether it can be given to anybody of an organisation, beside its other people.
    fn fits(self, organisation: &OrganisationId, people: &[Person]) -> Result<(), ChangeBar> {
        roles_fit(organisation, self.roles)?;
        signer_fits(self.roles, self.subject, people, self.person)
    }

    /// The person with it, and with nothing else.
    fn to(self, person: Person) -> Person {
        Person {
            roles: self.roles.as_slice().to_vec(),
            signer_subject: self.subject.map(SignerSubject::to_string),
            ..person
        }
    }
}

/// What a change writes; `by_dcc`: a DCC administrator asks for it.
///
/// # Errors
/// In words for whoever asks.
pub(super) fn effect_of(
    change: &DirectoryChange,
    known: &KnownForChange<'_>,
    by_dcc: bool,
) -> Result<DirectoryEffect, ChangeBar> {
    use DirectoryChange as C;
    match change {
        C::CreateOrganisation {
            name,
            user_ids,
            details,
        } => {
            if known.organisation.is_some() {
                return Err(ChangeBar::OrganisationExists(known.id.clone()));
            }
            organisation(known, name, user_ids, details)
        }
        C::ChangeOrganisation {
            name,
            user_ids,
            details,
        } => {
            registered(known)?;
            organisation(known, name, user_ids, details)
        }
        C::Invite {
            person,
            name,
            roles,
            signer_subject,
        } => {
            let given = Given::new(person, roles, signer_subject.as_ref());
            invited(known, given, name, by_dcc)
        }
        C::ChangeRoles {
            person,
            roles,
            signer_subject,
            leaves_no_administrator,
        } => {
            let given = Given::new(person, roles, signer_subject.as_ref());
            with_roles(known, given, by_dcc, *leaves_no_administrator)
        }
        C::Rename { person, name } => renamed(known, person, name),
        C::Move {
            person,
            to,
            roles,
            signer_subject,
            leaves_no_administrator,
        } => {
            let given = Given::new(person, roles, signer_subject.as_ref());
            moved(known, given, to, *leaves_no_administrator)
        }
        C::Remove {
            person,
            leaves_no_administrator,
        } => {
            let before = known.one_of(person)?;
            administrators_remain(known, before, &[], *leaves_no_administrator)?;
            Ok(DirectoryEffect::RemovePerson(before.id.clone()))
        }
        C::RegisterCertificate {
            person,
            certificate,
        } => keys_rule::registers(known, person, certificate),
        C::StopKey { person, key } => keys_rule::stops(known, person, *key),
        C::RegisterMachine {
            machine,
            name,
            scopes,
        } => machines_rule::registers(known, machine, name, scopes),
        C::StopMachine { machine } => machines_rule::stops(known, machine),
        C::ConfirmAccess { person, access } => access_rule::confirms(known, person, access),
    }
}

fn organisation(
    known: &KnownForChange<'_>,
    name: &DisplayName,
    user_ids: &[UserId],
    details: &OrganisationDetails,
) -> Result<DirectoryEffect, ChangeBar> {
    let changed = Organisation {
        id: known.id.clone(),
        name: name.to_string(),
        user_ids: user_ids.to_vec(),
        details: details.clone(),
    };
    if known.organisation == Some(&changed) {
        return Err(ChangeBar::NothingChanges);
    }
    user_ids_rule::check(known, user_ids, details)?;
    Ok(DirectoryEffect::PutOrganisation(changed))
}

fn invited(
    known: &KnownForChange<'_>,
    given: Given<'_>,
    name: &DisplayName,
    by_dcc: bool,
) -> Result<DirectoryEffect, ChangeBar> {
    registered(known)?;
    if known.is_registered {
        return Err(ChangeBar::RegisteredAlready);
    }
    has_room(known, known.people)?;
    given.fits(known.id, known.people)?;
    given_by_administrator(known, by_dcc, None, given)?;
    Ok(DirectoryEffect::PutPerson(given.to(Person {
        id: given.person.clone(),
        name: name.to_string(),
        organisation: known.id.clone(),
        roles: Vec::new(),
        signer_subject: None,
        certificates: RegisteredCertificates::default(),
    })))
}

fn with_roles(
    known: &KnownForChange<'_>,
    given: Given<'_>,
    by_dcc: bool,
    is_meant: bool,
) -> Result<DirectoryEffect, ChangeBar> {
    let before = known.one_of(given.person)?;
    given.fits(known.id, known.people)?;
    given_by_administrator(known, by_dcc, Some(before), given)?;
    if same_roles(before, given.roles) && !is_another_signer(before, given.subject) {
        return Err(ChangeBar::NothingChanges);
    }
    administrators_remain(known, before, given.roles.as_slice(), is_meant)?;
    Ok(DirectoryEffect::PutPerson(given.to(before.clone())))
}

fn renamed(
    known: &KnownForChange<'_>,
    person: &PersonId,
    name: &DisplayName,
) -> Result<DirectoryEffect, ChangeBar> {
    let before = known.one_of(person)?;
    if before.name == name.as_str() {
        return Err(ChangeBar::NothingChanges);
    }
    Ok(DirectoryEffect::PutPerson(Person {
        name: name.to_string(),
        ..before.clone()
    }))
}

fn moved(
    known: &KnownForChange<'_>,
    given: Given<'_>,
    to: &OrganisationId,
    is_meant: bool,
) -> Result<DirectoryEffect, ChangeBar> {
    let before = known.one_of(given.person)?;
    if to == known.id {
        return Err(ChangeBar::SameOrganisation);
    }
    let there = known
        .destination
        .ok_or_else(|| ChangeBar::NoOrganisation(to.clone()))?;
    has_room(known, there)?;
    given.fits(to, there)?;
    administrators_remain(known, before, &[], is_meant)?;
    Ok(DirectoryEffect::MovePerson(given.to(Person {
        organisation: to.clone(),
        ..before.clone()
    })))
}

fn has_room(known: &KnownForChange<'_>, people: &[Person]) -> Result<(), ChangeBar> {
    let most = known.rules.max_people;
    if people.len() < most {
        Ok(())
    } else {
        Err(ChangeBar::TooManyPeople(most))
    }
}

fn registered<'a>(known: &KnownForChange<'a>) -> Result<&'a Organisation, ChangeBar> {
    known
        .organisation
        .ok_or_else(|| ChangeBar::NoOrganisation(known.id.clone()))
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
    given: Given<'_>,
) -> Result<(), ChangeBar> {
    if by_dcc {
        return Ok(());
    }
    let allows = |role: &PersonRole| {
        ROLES_OF_ADMINISTRATORS.contains(role) && known.rules.roles_by_administrators.contains(role)
    };
    if let Some(role) = added(before, given.roles).find(|role| !allows(role)) {
        return Err(ChangeBar::RoleForTheDcc(role));
    }
    match (before, given.subject) {
        (Some(before), Some(_)) if is_another_signer(before, given.subject) => {
            Err(ChangeBar::SubjectForTheDcc)
        }
        (None, Some(_)) => Err(ChangeBar::SubjectForTheDcc),
        _ => Ok(()),
    }
}

pub(super) fn added<'a>(
    before: Option<&'a Person>,
    roles: &'a GivenRoles,
) -> impl Iterator<Item = PersonRole> + 'a {
    let roles = roles.as_slice().iter().copied();
    roles.filter(move |role| !before.is_some_and(|before| before.is(*role)))
}

fn same_roles(before: &Person, roles: &GivenRoles) -> bool {
    GivenRoles::parse(&before.roles).is_ok_and(|before| before == *roles)
}

pub(super) fn is_another_signer(before: &Person, subject: Option<&SignerSubject>) -> bool {
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

pub(super) fn leaves_no_administrator(
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
