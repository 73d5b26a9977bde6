use super::{
    Organisation, OrganisationDetails, Person, PersonRole, RegisteredCertificates, SignerSubject,
};
use crate::identifiers::{DisplayName, OrganisationId, PersonId};

/// Somebody who is to keep the directory, as a deployment begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAdministrator {
    /// The subject of the person's sign-in tokens.
    pub id: PersonId,
    /// The name to show.
    pub name: DisplayName,
    /// The subject of the certificates that the person signs with.
    pub subject: SignerSubject,
}

/// The two DCC administrators with whom a deployment begins. They are two people: each approves what the other asks for, and one who stood
/// there twice could approve their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstAdministrators([NewAdministrator; 2]);

/// Why two administrators are not two people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotTwoPeople {
    /// Both have the same sign-in.
    #[error("both administrators have the same sign-in: name two people")]
    SameSignIn,
    /// Both would sign with certificates of the same subject.
    #[error(
        "both administrators have the same certificate subject: each signs with a certificate of their own"
    )]
    SameSubject,
}

impl FirstAdministrators {
    /// Two administrators, if they are two people.
    pub fn parse(first: NewAdministrator, second: NewAdministrator) -> Result<Self, NotTwoPeople> {
        if first.id == second.id {
            return Err(NotTwoPeople::SameSignIn);
        }
        if first.subject.is_registered_as(second.subject.as_str()) {
            return Err(NotTwoPeople::SameSubject);
        }
        Ok(Self([first, second]))
    }

    /// The DCC's own organisation, without User IDs.
    pub fn organisation(&self) -> Organisation {
        Organisation {
            id: dcc(),
            name: "DCC".to_owned(),
            user_ids: Vec::new(),
            details: OrganisationDetails::default(),
        }
    }

    /// Both, as they are registered.
    pub fn people(&self) -> [Person; 2] {
        self.0.each_ref().map(|administrator| Person {
            id: administrator.id.clone(),
            name: administrator.name.to_string(),
            organisation: dcc(),
            roles: vec![PersonRole::DccAdmin],
            signer_subject: Some(administrator.subject.to_string()),
            certificates: RegisteredCertificates::default(),
        })
    }
}

pub(super) fn dcc() -> OrganisationId {
    OrganisationId::parse(OrganisationId::DCC).expect("the DCC's id has the form of one")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn administrator(id: &str, subject: &str) -> NewAdministrator {
        NewAdministrator {
            id: PersonId::parse(id).unwrap(),
            name: DisplayName::parse(id).unwrap(),
            subject: SignerSubject::parse(subject).unwrap(),
        }
    }

    #[test]
    fn a_deployment_begins_with_two_people() {
        let one = || administrator("one", "CN=Admin One,O=DCC,C=GB");
        let two = administrator("two", "CN=Admin Two,O=DCC,C=GB");
        let both = FirstAdministrators::parse(one(), two).unwrap();
        for person in both.people() {
            assert!(person.is(PersonRole::DccAdmin));
            assert!(person.administering_subject().is_some());
        }
        assert!(both.organisation().id.is_dcc());
    }

    #[test]
    fn one_person_is_not_two_under_another_sign_in_or_another_spelling() {
        let one = || administrator("one", "CN=Admin One,O=DCC,C=GB");
        let same_sign_in = administrator("one", "CN=Admin Two,O=DCC,C=GB");
        let same_subject = administrator("two", "CN=admin  ONE, O=DCC, C=GB");
        assert_eq!(
            FirstAdministrators::parse(one(), same_sign_in),
            Err(NotTwoPeople::SameSignIn)
        );
        let same_subject = FirstAdministrators::parse(one(), same_subject);
        assert_eq!(same_subject, Err(NotTwoPeople::SameSubject));
    }
}
