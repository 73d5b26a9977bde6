//! Who confirms whose access: that somebody still needs what they have. It gives nothing to anybody, and so needs no second administrator.

use super::{Access, ChangeBar, DirectoryEffect, KnownForChange, Permission, Person, PersonRole};
use crate::identifiers::{OrganisationId, PersonId};

/// Whether `asker` may confirm the access of `about`, one of an organisation's people: its administrators may, and nobody for themselves. The
/// DCC's administrators do it for the DCC, and for whomever no other administrator of their organisation can: its only administrator, or all
/// people of one that has none.
///
/// # Errors
/// In words for whoever asks.
pub fn may_confirm(
    asker: &Person,
    organisation: &OrganisationId,
    people: &[Person],
    about: &Person,
) -> Result<(), ChangeBar> {
    let by_own = asker.may(Permission::KeepOwnPeople) && asker.organisation == *organisation;
    let by_dcc = asker.may(Permission::KeepDirectory);
    if !by_own && !by_dcc {
        return Err(ChangeBar::NotYours);
    }
    if asker.id == about.id {
        return Err(ChangeBar::OwnAccess);
    }
    let role = PersonRole::OrganisationAdmin;
    let mut others = people.iter().filter(|other| other.id != about.id);
    let somebody_there_can = others.any(|other| other.is(role));
    if by_own || organisation.is_dcc() || !somebody_there_can {
        Ok(())
    } else {
        Err(ChangeBar::ForTheirAdministrator)
    }
}

/// What is confirmed is what was shown: whoever was given something meanwhile was not looked at.
pub(super) fn confirms(
    known: &KnownForChange<'_>,
    person: &PersonId,
    access: &Access,
) -> Result<DirectoryEffect, ChangeBar> {
    let before = known.one_of(person)?;
    may_confirm(known.asker, known.id, known.people, before)?;
    if Access::of(before) != *access {
        return Err(ChangeBar::AccessChanged);
    }
    // Once a day is enough, and keeps the list of changes from growing without end.
    if known.confirmed_today == Some(access) {
        return Err(ChangeBar::ConfirmedToday);
    }
    Ok(DirectoryEffect::ConfirmAccess)
}
