//! The one rule of who may change the directory, and what a change needs. `api` and `review` ask it before they take a request, `intake` before
//! anything follows from one, and again when it is approved.

use super::change_effect::{added, effect_of, is_another_signer, leaves_no_administrator};
use super::{
    Access, ApprovalBar, CertificateIdentity, ChangeBar, DirectoryChange, DirectoryEffect, Machine,
    Organisation, Permission, Person, PersonRole,
};
use crate::identifiers::{Eui64, OrganisationId, PersonId};
use crate::instant::UtcTime;
use crate::profile::PeopleRules;

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
    /// Whether people were in it before, of whom none may be left.
    pub had_people: bool,
    /// Its systems, stopped ones and all, where the change is about one.
    pub machines: &'a [Machine],
    /// Whether the person that the change names is registered anywhere; whether anybody or anything ever was by the client id of a system.
    pub is_registered: bool,
    /// For a move: the people of the organisation to which it goes; `None`: there is no such organisation.
    pub destination: Option<&'a [Person]>,
    /// Those of the User IDs in the change that are another organisation's.
    pub taken: &'a [Eui64],
    /// How many changes the organisation's administrators made today.
    pub changes_today: usize,
    /// What of the access of the person that the change names was confirmed today, if anything was.
    pub confirmed_today: Option<&'a Access>,
    /// The certificate by which the request was signed, where whoever asks showed that they have its key.
    pub signed_with: Option<&'a CertificateIdentity>,
    /// Whether the key of a certificate that is to be registered was stopped, whoever had it then; false, where that cannot be read.
    pub is_stopped: bool,
    /// The time.
    pub now: UtcTime,
    /// What the DCC allows.
    pub rules: &'a PeopleRules,
}

impl<'a> KnownForChange<'a> {
    /// One of the organisation's people.
    pub(super) fn one_of(&self, id: &PersonId) -> Result<&'a Person, ChangeBar> {
        let person = self.people.iter().find(|person| person.id == *id);
        person.ok_or(ChangeBar::NobodyHere)
    }
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
    // Each has a rule of its own of who may ask.
    if change.is_of_keys() || change.is_confirmation() || change.is_stop() {
        return Ok(PermittedChange {
            approval: Approval::NotNeeded,
            effect: effect_of(change, known, false)?,
        });
    }
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

/// Whether somebody could do more after what a DCC administrator does, or people would be misled about who does it. The first administrator of an
/// organisation in which nobody ever was could not be invited otherwise than by the DCC, and finds nothing there.
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
            let is_empty = known.people.is_empty() && !known.had_people;
            let is_first = is_empty && !known.id.is_dcc();
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
        DirectoryChange::Rename { .. }
        | DirectoryChange::RegisterCertificate { .. }
        | DirectoryChange::StopKey { .. }
        | DirectoryChange::StopMachine { .. }
        | DirectoryChange::ConfirmAccess { .. } => false,
        // Whoever leaves an organisation without an administrator may choose its next one.
        DirectoryChange::Remove { .. } => {
            before.is_none_or(|before| leaves_no_administrator(known, before, &[]))
        }
        DirectoryChange::Move { .. }
        | DirectoryChange::RegisterMachine { .. }
        | DirectoryChange::CreateOrganisation { .. } => true,
        DirectoryChange::ChangeOrganisation { .. } => match (effect, known.organisation) {
            (DirectoryEffect::PutOrganisation(after), Some(before)) => {
                after.name != before.name
                    || after.user_ids != before.user_ids
                    || after.details.allocated != before.details.allocated
            }
            _ => true,
        },
    }
}
