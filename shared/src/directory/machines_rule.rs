//! Who registers systems, and who stops them.

use super::machine::MOST_MACHINES;
use super::{
    ChangeBar, DirectoryEffect, KnownForChange, Machine, MachineScopes, Permission, PersonRef,
    StoppedMachine,
};
use crate::identifiers::{ClientId, DisplayName};

/// A DCC administrator registers a system, which another one approves. A client id that anybody or anything was ever registered by stands for them for good.
pub(super) fn registers(
    known: &KnownForChange<'_>,
    machine: &ClientId,
    name: &DisplayName,
    scopes: &MachineScopes,
) -> Result<DirectoryEffect, ChangeBar> {
    let organisation = known.organisation;
    let organisation = organisation.ok_or_else(|| ChangeBar::NoOrganisation(known.id.clone()))?;
    if known.is_registered {
        return Err(ChangeBar::ClientIdUsed);
    }
    if known.machines.len() >= MOST_MACHINES {
        return Err(ChangeBar::TooManyMachines);
    }
    let mut others = scopes.as_slice().iter();
    if let Some(scope) = others.find(|scope| !scope.is_for(&organisation.id)) {
        return Err(ChangeBar::OtherOrganisationsScope(*scope));
    }
    Ok(DirectoryEffect::RegisterMachine(Machine {
        id: machine.clone(),
        name: name.clone(),
        organisation: organisation.id.clone(),
        scopes: scopes.clone(),
        registered_at: known.now,
        registered_by: PersonRef::from(known.asker),
        stopped: None,
    }))
}

/// A system is stopped by an administrator of its organisation, and by the DCC; at once, and for good.
pub(super) fn stops(
    known: &KnownForChange<'_>,
    machine: &ClientId,
) -> Result<DirectoryEffect, ChangeBar> {
    let asker = known.asker;
    let is_own = asker.organisation == *known.id && asker.may(Permission::KeepOwnPeople);
    if !is_own && !asker.may(Permission::KeepDirectory) {
        return Err(ChangeBar::NotYours);
    }
    let mut machines = known.machines.iter();
    let before = machines.find(|one| one.id == *machine);
    let before = before.ok_or(ChangeBar::NoSuchMachine)?;
    if before.stopped.is_some() {
        return Err(ChangeBar::NothingChanges);
    }
    Ok(DirectoryEffect::StopMachine(Machine {
        stopped: Some(StoppedMachine {
            at: known.now,
            by: PersonRef::from(asker),
        }),
        ..before.clone()
    }))
}
