use serde::{Deserialize, Serialize};

use super::{OrganisationDetails, Permission, RegisteredCertificates};
use crate::files::UserId;
use crate::identifiers::{Eui64, OrganisationId, PersonId};

/// What a person is registered for. The first four are for a User's people, the others for DCC staff.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PersonRole {
    /// Sends files.
    Submitter,
    /// Authorised Responsible Officer: signs files.
    Aro,
    /// Reads only.
    Viewer,
    /// Keeps the organisation's people.
    OrganisationAdmin,
    /// DCC: decides risky submissions.
    Reviewer,
    /// DCC: watches quarantine and deadlines.
    Operator,
    /// DCC: reads everything.
    Auditor,
    /// DCC: keeps organisations and people.
    DccAdmin,
}

impl PersonRole {
    /// All roles.
    pub const ALL: [Self; 8] = [
        Self::Submitter,
        Self::Aro,
        Self::Viewer,
        Self::OrganisationAdmin,
        Self::Reviewer,
        Self::Operator,
        Self::Auditor,
        Self::DccAdmin,
    ];

    /// Whether the role belongs to DCC staff, who see every organisation.
    pub const fn is_dcc(self) -> bool {
        matches!(
            self,
            Self::Reviewer | Self::Operator | Self::Auditor | Self::DccAdmin
        )
    }

    /// Whether whoever has it signs, by certificates whose subject is registered with the person: files, decisions, or changes of the directory.
    pub const fn signs(self) -> bool {
        matches!(self, Self::Aro | Self::Reviewer | Self::DccAdmin)
    }

    /// The role in a sentence.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Submitter => "submitter",
            Self::Aro => "Authorised Responsible Officer",
            Self::Viewer => "viewer",
            Self::OrganisationAdmin => "organisation administrator",
            Self::Reviewer => "DCC reviewer",
            Self::Operator => "DCC operator",
            Self::Auditor => "DCC auditor",
            Self::DccAdmin => "DCC administrator",
        }
    }
}

/// A registered person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    /// The subject of the person's sign-in tokens.
    pub id: PersonId,
    /// The name to show.
    pub name: String,
    /// Where the person belongs.
    pub organisation: OrganisationId,
    /// What the person is registered for.
    pub roles: Vec<PersonRole>,
    /// For an ARO, a reviewer or a DCC administrator: the subject (RFC 4514) of the certificates that the person signs with.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub signer_subject: Option<String>,
    /// Those of these certificates that the person registered: by them alone they sign.
    #[serde(skip_serializing_if = "RegisteredCertificates::is_empty", default)]
    pub certificates: RegisteredCertificates,
}

impl Person {
    /// Those of the person's roles that count: roles of DCC staff for people of the DCC, the others for people of Users. What else is
    /// registered by mistake gives nobody anything.
    pub fn roles_that_count(&self) -> impl Iterator<Item = PersonRole> {
        let of_dcc = self.organisation.is_dcc();
        let roles = self.roles.iter().copied();
        roles.filter(move |role| role.is_dcc() == of_dcc)
    }

    /// Whether the person acts in a role.
    pub fn is(&self, role: PersonRole) -> bool {
        self.roles_that_count().any(|counts| counts == role)
    }

    /// Whether any of the person's roles allows it.
    pub fn may(&self, permission: Permission) -> bool {
        let roles: Vec<_> = self.roles_that_count().collect();
        permission.is_given_to(&roles)
    }

    /// Whether the person is DCC staff.
    pub fn is_dcc(&self) -> bool {
        self.roles_that_count().any(PersonRole::is_dcc)
    }

    /// Whether the person may see what belongs to an organisation: its own people may, and DCC staff.
    pub fn sees(&self, organisation: &OrganisationId) -> bool {
        self.organisation == *organisation || self.is_dcc()
    }

    /// The subject of the certificates that the person signs files with; `None` for who is not an ARO.
    pub fn signing_subject(&self) -> Option<&str> {
        self.subject_as(PersonRole::Aro)
    }

    /// The subject of the certificates that the person signs decisions with; `None` for who is not a reviewer.
    pub fn deciding_subject(&self) -> Option<&str> {
        self.subject_as(PersonRole::Reviewer)
    }

    /// The subject of the certificates that the person signs changes of the directory with; `None` for who is not a DCC administrator.
    pub fn administering_subject(&self) -> Option<&str> {
        self.subject_as(PersonRole::DccAdmin)
    }

    fn subject_as(&self, role: PersonRole) -> Option<&str> {
        let subject = self.signer_subject.as_deref();
        subject.filter(|_| self.is(role))
    }
}

/// A User's organisation, or the DCC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Organisation {
    /// Its short name in keys and addresses.
    pub id: OrganisationId,
    /// The name to show.
    pub name: String,
    /// Its User IDs; the DCC has none.
    pub user_ids: Vec<UserId>,
    /// What else is known of it.
    #[serde(default)]
    pub details: OrganisationDetails,
}

impl Organisation {
    /// One of its User IDs, with the roles that it acts in.
    pub fn user_id(&self, id: Eui64) -> Option<&UserId> {
        self.user_ids.iter().find(|user| user.id == id)
    }
}
