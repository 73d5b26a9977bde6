use super::row::{RowFault, RowOfPerson, SubjectCell};
use super::{NAME, ROLES};
use crate::directory::{DirectoryChange, GivenRoles, Person, SignerSubject};

/// What a row changes about somebody who is there.
pub(super) fn differing(wanted: RowOfPerson, before: &Person) -> Vec<DirectoryChange> {
    let mut changes = Vec::new();
    if let Some(name) = wanted.name
        && name.as_str() != before.name
    {
        changes.push(DirectoryChange::Rename {
            person: before.id.clone(),
            name,
        });
    }
    let registered = before.signer_subject.as_deref();
    let of_other_subject = match &wanted.subject {
        SubjectCell::NoColumn => false,
        SubjectCell::Nobody => registered.is_some(),
        SubjectCell::Names(subject) => !registered.is_some_and(|one| subject.is_registered_as(one)),
    };
    let of_other_roles = wanted.roles.as_ref().is_some_and(|roles| {
        let mut counted: Vec<_> = before.roles_that_count().collect();
        counted.sort_unstable();
        let mut named = roles.as_slice().to_vec();
        named.sort_unstable();
        named != counted
    });
    if of_other_roles || of_other_subject {
        let kept: Vec<_> = before.roles_that_count().collect();
        let roles = wanted.roles.or_else(|| GivenRoles::parse(&kept).ok());
        // Somebody without any role that counts keeps none: the list says nothing of them.
        if let Some(roles) = roles {
            let signs = roles.as_slice().iter().any(|role| role.signs());
            let subject = match wanted.subject {
                SubjectCell::NoColumn => registered
                    .filter(|_| signs)
                    .and_then(|subject| SignerSubject::parse(subject).ok()),
                cell => cell.named(),
            };
            changes.push(DirectoryChange::ChangeRoles {
                person: before.id.clone(),
                roles,
                signer_subject: subject,
                leaves_no_administrator: false,
            });
        }
    }
    changes
}

/// A row about somebody who is not there yet.
pub(super) fn invitation(wanted: RowOfPerson) -> Result<Vec<DirectoryChange>, Vec<RowFault>> {
    match (wanted.name, wanted.roles) {
        (Some(name), Some(roles)) => Ok(vec![DirectoryChange::Invite {
            person: wanted.person,
            name,
            roles,
            signer_subject: wanted.subject.named(),
        }]),
        (name, roles) => {
            let missing = |heading: &'static str, is_missing: bool| {
                is_missing.then(|| RowFault {
                    heading: Some(heading),
                    words: format!(
                        "Nobody has this sign-in yet. To invite them, fill in “{heading}”."
                    ),
                })
            };
            let faults = [
                missing(NAME, name.is_none()),
                missing(ROLES, roles.is_none()),
            ];
            Err(faults.into_iter().flatten().collect())
        }
    }
}
