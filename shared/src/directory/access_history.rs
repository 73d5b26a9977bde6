//! What the changes that are kept tell of somebody's access: who gave which role and when, and who confirmed it last. What was before changes were
//! kept, nothing tells.

use serde::{Deserialize, Serialize};

use super::{
    Access, ChangeRecord, ChangeState, DirectoryChange, GivenRoles, Person, PersonRef, PersonRole,
    RegisteredBefore,
};
use crate::identifiers::PersonId;
use crate::instant::UtcTime;

/// A role that somebody has, with how they came by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct HeldRole {
    /// Which.
    pub role: PersonRole,
    /// How they came by it; absent where no change is kept that gave it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub given: Option<RoleGiven>,
}

/// How somebody came by a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RoleGiven {
    /// When.
    pub at: UtcTime,
    /// Who asked for it.
    pub by: PersonRef,
    /// Who approved it, where that was needed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub approved_by: Option<PersonRef>,
}

/// That somebody's access was confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Confirmation {
    /// When.
    pub at: UtcTime,
    /// By whom.
    pub by: PersonRef,
}

/// What the changes of an organisation tell of one of its people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessHistory<'a> {
    person: &'a Person,
    /// Those made about them, oldest first.
    made: Vec<(UtcTime, &'a ChangeRecord)>,
}

impl<'a> AccessHistory<'a> {
    /// Reads the changes.
    pub fn of(person: &'a Person, changes: &'a [ChangeRecord]) -> Self {
        Self {
            person,
            made: made_about(&person.id, changes),
        }
    }

    /// Each of the person's roles, with the last change that gave it.
    pub fn roles(&self) -> Vec<HeldRole> {
        let roles = self.person.roles_that_count();
        roles
            .map(|role| HeldRole {
                role,
                given: self.given(role),
            })
            .collect()
    }

    fn given(&self, role: PersonRole) -> Option<RoleGiven> {
        let latest = self.made.iter().rev().find(|(_, change)| {
            let had = roles_before(change).contains(&role);
            let has = roles_after(change).map_or(had, |roles| roles.has(role));
            had != has
        });
        let (at, change) = latest?;
        // The last change took it away: it came back in a way that is not recorded.
        roles_after(change).filter(|roles| roles.has(role))?;
        let approved_by = match &change.state {
            ChangeState::Made { approved_by, .. } => approved_by.clone(),
            _ => None,
        };
        Some(RoleGiven {
            at: *at,
            by: change.asked_by.clone(),
            approved_by,
        })
    }

    /// When all that the person may do was confirmed last.
    pub fn confirmed(&self) -> Option<Confirmation> {
        let mut confirmed = self.made.iter().rev();
        let confirmed = confirmed.find(|(_, change)| change.change.is_confirmation());
        confirmed.map(|(at, change)| Confirmation {
            at: *at,
            by: change.asked_by.clone(),
        })
    }

    /// When somebody last answered for all that the person may do: by confirming it, or by giving them these roles and no others.
    pub fn looked_at(&self) -> Option<UtcTime> {
        let mut made = self.made.iter().rev();
        let looked = made
            .find(|(_, change)| change.change.is_confirmation() || roles_after(change).is_some());
        looked.map(|(at, _)| *at)
    }

    /// Since when they belong here.
    pub fn since(&self) -> Option<UtcTime> {
        let came = |change: &ChangeRecord| match &change.change {
            DirectoryChange::Invite { .. } => true,
            DirectoryChange::Move { to, .. } => *to == self.person.organisation,
            _ => false,
        };
        let mut arrivals = self.made.iter().rev();
        let last = arrivals.find(|(_, change)| came(change));
        last.map(|(at, _)| *at)
    }

    /// When something about them changed last. That it was confirmed changes nothing.
    pub fn changed_at(&self) -> Option<UtcTime> {
        let mut made = self.made.iter().rev();
        let last = made.find(|(_, change)| !change.change.is_confirmation());
        last.map(|(at, _)| *at)
    }
}

/// What of somebody's access was confirmed on the day (UTC) of `now`, if it was.
pub fn confirmed_on_the_day_of<'a>(
    now: UtcTime,
    person: &PersonId,
    changes: &'a [ChangeRecord],
) -> Option<&'a Access> {
    let made = made_about(person, changes);
    made.into_iter().rev().find_map(|(at, change)| {
        let confirmed = match &change.change {
            DirectoryChange::ConfirmAccess { access, .. } => Some(access),
            _ => None,
        };
        confirmed.filter(|_| at.is_on_the_day_of(now))
    })
}

fn made_about<'a>(
    person: &PersonId,
    changes: &'a [ChangeRecord],
) -> Vec<(UtcTime, &'a ChangeRecord)> {
    let about = changes
        .iter()
        .filter(|change| change.change.person() == Some(person));
    let mut made: Vec<_> = about
        .filter_map(|change| Some((change.made_at()?, change)))
        .collect();
    made.sort_by_key(|(at, _)| *at);
    made
}

fn roles_before(change: &ChangeRecord) -> &[PersonRole] {
    match &change.before {
        Some(RegisteredBefore::Person { roles, .. }) => roles,
        _ => &[],
    }
}

/// The roles that a change gives, and no others; `None` for one that leaves them as they are.
fn roles_after(change: &ChangeRecord) -> Option<&GivenRoles> {
    match &change.change {
        DirectoryChange::Invite { roles, .. }
        | DirectoryChange::ChangeRoles { roles, .. }
        | DirectoryChange::Move { roles, .. } => Some(roles),
        _ => None,
    }
}
