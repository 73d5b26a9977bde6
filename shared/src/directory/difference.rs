//! What a change makes of what was before, one line each, for whoever approves it and for whoever looks at it years later.

use super::{
    Access, ChangeRecord, DirectoryChange, GivenRoles, OrganisationDetails, PersonRole,
    RegisteredBefore, SignerSubject,
};
use crate::files::UserId;
use crate::identifiers::OrganisationId;

/// One thing that becomes another by a change. An empty text: there was nothing, or there is nothing then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeDifference {
    /// What: "Roles", "User ID 90-B3-D5-1F-30-01-00-00".
    pub what: String,
    /// As it was when the change was taken up.
    pub before: String,
    /// As it is once the change is made.
    pub after: String,
}

impl ChangeDifference {
    /// `None`, where nothing becomes of it.
    fn new(what: impl Into<String>, before: String, after: String) -> Option<Self> {
        (before != after).then(|| Self {
            what: what.into(),
            before,
            after,
        })
    }

    /// Whether it is shown as it stands, to the letter: a name or an identifier, and no words.
    pub fn is_verbatim(&self) -> bool {
        ["Name", "Client ID", "Scopes", "Organisation"].contains(&self.what.as_str())
    }
}

/// All that a change makes different; of a person who is removed, what they lose.
pub fn differences(record: &ChangeRecord) -> Vec<ChangeDifference> {
    differences_by(&record.change, &record.organisation, record.before.as_ref())
}

/// The same of a change that nobody has asked for yet, in an organisation, of what was there before.
pub fn differences_by(
    change: &DirectoryChange,
    organisation: &OrganisationId,
    before: Option<&RegisteredBefore>,
) -> Vec<ChangeDifference> {
    use DirectoryChange as C;
    let found = match change {
        C::Invite {
            name,
            roles,
            signer_subject,
            ..
        } => {
            let mut found = vec![ChangeDifference::new(
                "Name",
                String::new(),
                name.to_string(),
            )];
            found.extend(given(before, Some((roles, signer_subject.as_ref()))));
            found
        }
        C::ChangeRoles {
            roles,
            signer_subject,
            ..
        } => given(before, Some((roles, signer_subject.as_ref()))).into(),
        C::Rename { name, .. } => {
            vec![ChangeDifference::new(
                "Name",
                name_of(before),
                name.to_string(),
            )]
        }
        C::Move {
            to,
            roles,
            signer_subject,
            ..
        } => {
            let (from, to) = (organisation.to_string(), to.to_string());
            let mut found = vec![ChangeDifference::new("Organisation", from, to)];
            found.extend(given(before, Some((roles, signer_subject.as_ref()))));
            found
        }
        C::Remove { .. } => given(before, None).into(),
        C::RegisterCertificate { certificate, .. } => vec![ChangeDifference::new(
            "Certificate",
            String::new(),
            format!(
                "serial number {} of {}, in force until {}, key {}",
                certificate.serial,
                certificate.issuer,
                certificate.not_after.in_words(),
                certificate.key.beginning()
            ),
        )],
        C::StopKey { key, .. } => vec![ChangeDifference::new(
            format!("Key {}", key.beginning()),
            "in use".to_owned(),
            "stopped".to_owned(),
        )],
        C::RegisterMachine {
            machine,
            name,
            scopes,
        } => vec![
            ChangeDifference::new("Name", String::new(), name.to_string()),
            ChangeDifference::new("Client ID", String::new(), machine.to_string()),
            ChangeDifference::new("Scopes", String::new(), scopes.in_words()),
        ],
        C::StopMachine { machine } => vec![ChangeDifference::new(
            format!("System {machine}"),
            "in use".to_owned(),
            "stopped".to_owned(),
        )],
        C::ConfirmAccess { access, .. } => vec![ChangeDifference::new(
            "Still needed",
            String::new(),
            confirmed(access),
        )],
        C::CreateOrganisation {
            name,
            user_ids,
            details,
        }
        | C::ChangeOrganisation {
            name,
            user_ids,
            details,
        } => of_organisation(before, name.to_string(), user_ids, details),
    };
    found.into_iter().flatten().collect()
}

fn name_of(before: Option<&RegisteredBefore>) -> String {
    match before {
        Some(
            RegisteredBefore::Person { name, .. }
            | RegisteredBefore::Machine { name, .. }
            | RegisteredBefore::Organisation { name, .. },
        ) => name.clone(),
        None => String::new(),
    }
}

/// What a person has, and is given.
fn given(
    before: Option<&RegisteredBefore>,
    after: Option<(&GivenRoles, Option<&SignerSubject>)>,
) -> [Option<ChangeDifference>; 2] {
    let (roles, subject) = match before {
        Some(RegisteredBefore::Person {
            roles,
            signer_subject,
            ..
        }) => (roles.as_slice(), signer_subject.clone()),
        _ => (&[][..], None),
    };
    let given_roles = after.map_or(&[][..], |(roles, _)| roles.as_slice());
    let given_subject = after.and_then(|(_, subject)| subject.map(ToString::to_string));
    [
        ChangeDifference::new("Roles", in_words(roles), in_words(given_roles)),
        ChangeDifference::new(
            "Certificates name",
            subject.unwrap_or_default(),
            given_subject.unwrap_or_default(),
        ),
    ]
}

/// In one order, so that the same roles are the same words.
fn in_words(roles: &[PersonRole]) -> String {
    let mut roles = roles.to_vec();
    roles.sort_unstable();
    let roles: Vec<_> = roles.iter().map(|role| role.in_words()).collect();
    roles.join(", ")
}

fn confirmed(access: &Access) -> String {
    let roles = in_words(&access.roles);
    match access.certificates.len() {
        0 => roles,
        1 => format!("{roles}, 1 certificate"),
        number => format!("{roles}, {number} certificates"),
    }
}

fn of_organisation(
    before: Option<&RegisteredBefore>,
    name: String,
    user_ids: &[UserId],
    details: &OrganisationDetails,
) -> Vec<Option<ChangeDifference>> {
    let nothing = OrganisationDetails::default();
    let (had, known) = match before {
        Some(RegisteredBefore::Organisation {
            user_ids, details, ..
        }) => (user_ids.as_slice(), details),
        _ => (&[][..], &nothing),
    };
    let mut found = vec![ChangeDifference::new("Name", name_of(before), name)];
    let added = user_ids
        .iter()
        .filter(|after| !had.iter().any(|before| before.id == after.id));
    for user_id in had.iter().chain(added) {
        let roles_in = |list: &[UserId]| {
            let one = list.iter().find(|one| one.id == user_id.id);
            one.map_or_else(String::new, roles_of)
        };
        let what = format!("User ID {}", user_id.id);
        found.push(ChangeDifference::new(
            what,
            roles_in(had),
            roles_in(user_ids),
        ));
    }
    let texts = |details: &OrganisationDetails| {
        [
            details
                .category
                .map(|category| category.in_words().to_owned()),
            details.allocated.map(|range| range.to_string()),
            details.contact.as_ref().map(ToString::to_string),
        ]
        .map(Option::unwrap_or_default)
    };
    let whats = ["Party Category", "Allocated EUI-64s", "Contact"];
    let pairs = texts(known).into_iter().zip(texts(details));
    for (what, (before, after)) in whats.into_iter().zip(pairs) {
        found.push(ChangeDifference::new(what, before, after));
    }
    found
}

fn roles_of(user_id: &UserId) -> String {
    let mut roles = user_id.roles.clone();
    roles.sort_unstable();
    let roles: Vec<_> = roles.iter().map(ToString::to_string).collect();
    roles.join(", ")
}
