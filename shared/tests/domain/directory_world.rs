//! Two organisations of Users and the DCC, their people, and what somebody asks to change about them.

use sluice_shared::api::PersonRef;
use sluice_shared::directory::RegisteredBefore;
pub(super) use sluice_shared::directory::{
    Access, Approval, ApprovalBar, CertificateIdentity, ChangeBar, ChangeRecord, ChangeState,
    DirectoryChange, DirectoryEffect, GivenRoles, KnownForChange, Machine, Organisation,
    OrganisationDetails, Person, PersonRole, RegisteredCertificates, SignerSubject, may_approve,
    permit_change,
};
pub(super) use sluice_shared::files::UserId;
use sluice_shared::identifiers::{ChangeReason, ChangeRequestId};
pub(super) use sluice_shared::identifiers::{
    DisplayName, Eui64, OrganisationId, PersonId, UserRole,
};
pub(super) use sluice_shared::instant::UtcTime;
pub(super) use sluice_shared::profile::{PeopleRules, Profile};

pub(super) use PersonRole as R;

pub(super) const DCC: &str = "dcc";
pub(super) const LARGE: &str = "large-supplier";
pub(super) const NETWORK: &str = "network-operator";

pub(super) fn organisation_id(id: &str) -> OrganisationId {
    OrganisationId::parse(id).unwrap()
}

pub(super) fn id(text: &str) -> PersonId {
    PersonId::parse(text).unwrap()
}

pub(super) fn name(text: &str) -> DisplayName {
    DisplayName::parse(text).unwrap()
}

pub(super) fn subject(text: &str) -> SignerSubject {
    SignerSubject::parse(text).unwrap()
}

pub(super) fn roles(roles: &[R]) -> GivenRoles {
    GivenRoles::parse(roles).unwrap()
}

pub(super) fn person(text: &str, home: &str, roles: &[R]) -> Person {
    let signs = roles.iter().any(|role| role.signs());
    Person {
        id: id(text),
        name: text.to_owned(),
        organisation: organisation_id(home),
        roles: roles.to_vec(),
        signer_subject: signs.then(|| format!("CN={text},C=GB")),
        certificates: RegisteredCertificates::default(),
    }
}

pub(super) fn organisation(id: &str) -> Organisation {
    let user_ids = match id {
        DCC => Vec::new(),
        _ => vec![user_id(1)],
    };
    Organisation {
        id: organisation_id(id),
        name: id.to_owned(),
        user_ids,
        details: OrganisationDetails::default(),
    }
}

pub(super) fn user_id(number: u64) -> UserId {
    UserId {
        id: Eui64::new(0x90b3_d51f_3000_0000 + number),
        roles: vec![UserRole::ImportSupplier],
    }
}

/// Two organisations of Users with two administrators each, and the DCC with three.
pub(super) fn people(organisation: &str) -> Vec<Person> {
    let ours =
        |text: &str, roles: &[R]| person(&format!("{organisation}-{text}"), organisation, roles);
    if organisation == DCC {
        vec![
            ours("admin-1", &[R::DccAdmin]),
            ours("admin-2", &[R::DccAdmin]),
            ours("admin-3", &[R::DccAdmin]),
            ours("reviewer", &[R::Reviewer]),
            ours("operator", &[R::Operator]),
        ]
    } else {
        vec![
            ours("admin-1", &[R::OrganisationAdmin]),
            ours("admin-2", &[R::OrganisationAdmin]),
            ours("aro", &[R::Aro, R::Submitter]),
            ours("submitter", &[R::Submitter]),
        ]
    }
}

/// What is known of an organisation.
pub(super) struct World {
    pub(super) id: OrganisationId,
    pub(super) organisation: Option<Organisation>,
    pub(super) people: Vec<Person>,
    pub(super) had_people: bool,
    pub(super) destination: Option<Vec<Person>>,
    pub(super) machines: Vec<Machine>,
    pub(super) is_registered: bool,
    pub(super) taken: Vec<Eui64>,
    pub(super) changes_today: usize,
    pub(super) confirmed_today: Option<Access>,
    pub(super) signed_with: Option<CertificateIdentity>,
    pub(super) is_stopped: bool,
    pub(super) now: UtcTime,
    pub(super) rules: PeopleRules,
}

impl World {
    pub(super) fn of(id: &str) -> Self {
        Self {
            id: organisation_id(id),
            organisation: Some(organisation(id)),
            people: people(id),
            had_people: false,
            destination: Some(people(NETWORK)),
            machines: Vec::new(),
            is_registered: false,
            taken: Vec::new(),
            changes_today: 0,
            confirmed_today: None,
            signed_with: None,
            is_stopped: false,
            now: UtcTime::parse("2026-11-30T12:00:00Z").unwrap(),
            rules: Profile::standard().people.clone(),
        }
    }

    pub(super) fn asks(
        &self,
        asker: &Person,
        change: &DirectoryChange,
    ) -> Result<(Approval, DirectoryEffect), ChangeBar> {
        let known = KnownForChange {
            asker,
            id: &self.id,
            organisation: self.organisation.as_ref(),
            people: &self.people,
            had_people: self.had_people,
            machines: &self.machines,
            is_registered: self.is_registered,
            destination: self.destination.as_deref(),
            taken: &self.taken,
            signed_with: self.signed_with.as_ref(),
            is_stopped: self.is_stopped,
            now: self.now,
            changes_today: self.changes_today,
            confirmed_today: self.confirmed_today.as_ref(),
            rules: &self.rules,
        };
        permit_change(change, &known).map(|permitted| (permitted.approval, permitted.effect))
    }

    pub(super) fn needs(
        &self,
        asker: &Person,
        change: &DirectoryChange,
    ) -> Result<Approval, ChangeBar> {
        self.asks(asker, change).map(|(approval, _)| approval)
    }
}

pub(super) fn invite(given: &[R]) -> DirectoryChange {
    let signs = given.iter().any(|role| role.signs());
    DirectoryChange::Invite {
        person: id("new"),
        name: name("New, Person"),
        roles: roles(given),
        signer_subject: signs.then(|| subject("CN=New Person,C=GB")),
    }
}

pub(super) fn gives(who: &str, given: &[R]) -> DirectoryChange {
    let signs = given.iter().any(|role| role.signs());
    DirectoryChange::ChangeRoles {
        person: id(who),
        roles: roles(given),
        signer_subject: signs.then(|| subject(&format!("CN={who},C=GB"))),
        leaves_no_administrator: false,
    }
}

pub(super) fn remove(who: &str) -> DirectoryChange {
    DirectoryChange::Remove {
        person: id(who),
        leaves_no_administrator: false,
    }
}

pub(super) fn rename(who: &str) -> DirectoryChange {
    DirectoryChange::Rename {
        person: id(who),
        name: name("Another Name"),
    }
}

pub(super) fn moves(who: &str, to: &str, given: &[R]) -> DirectoryChange {
    let signs = given.iter().any(|role| role.signs());
    DirectoryChange::Move {
        person: id(who),
        to: organisation_id(to),
        roles: roles(given),
        signer_subject: signs.then(|| subject("CN=Moved,C=GB")),
        leaves_no_administrator: false,
    }
}

/// Where the organisation is told, and nothing else.
pub(super) fn changes_contact(id: &str) -> DirectoryChange {
    let Organisation { user_ids, .. } = organisation(id);
    DirectoryChange::ChangeOrganisation {
        name: name(id),
        user_ids,
        details: OrganisationDetails {
            contact: Some("contact@example.com".parse().unwrap()),
            ..OrganisationDetails::default()
        },
    }
}

pub(super) fn changes_organisation(label: &str, user_ids: &[u64]) -> DirectoryChange {
    DirectoryChange::ChangeOrganisation {
        name: name(label),
        user_ids: user_ids.iter().map(|number| user_id(*number)).collect(),
        details: OrganisationDetails::default(),
    }
}

/// A change of an organisation as it is recorded, plainly asked for by somebody of the DCC and waiting.
pub(super) fn recorded(place: &str, change: &DirectoryChange) -> ChangeRecord {
    let (organisation, people) = (organisation(place), people(place));
    let at = UtcTime::parse("2026-11-30T12:00:00Z").unwrap();
    ChangeRecord {
        request: ChangeRequestId::from_random([7; 10]),
        organisation: organisation_id(place),
        about: None,
        before: RegisteredBefore::find(change, Some(&organisation), (&people, &[])),
        change: change.clone(),
        reason: ChangeReason::parse("As agreed.").unwrap(),
        asked_by: PersonRef {
            id: id("dcc-admin-1"),
            name: "One".to_owned(),
        },
        asked_at: at,
        signed: None,
        certificate: None,
        state: ChangeState::AwaitingApproval { since: at },
    }
}
