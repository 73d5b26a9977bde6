use serde::{Deserialize, Serialize};

use super::Permission;
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
    /// For an ARO or a reviewer: the subject (RFC 4514) of the certificates that the person signs with.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub signer_subject: Option<String>,
}

impl Person {
    /// Whether any of the person's roles allows it.
    pub fn may(&self, permission: Permission) -> bool {
        permission.is_given_to(&self.roles)
    }

    /// Whether the person is DCC staff.
    pub fn is_dcc(&self) -> bool {
        self.roles.iter().any(|role| role.is_dcc())
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

    fn subject_as(&self, role: PersonRole) -> Option<&str> {
        let subject = self.signer_subject.as_deref();
        subject.filter(|_| self.roles.contains(&role))
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
}

impl Organisation {
    /// One of its User IDs, with the roles that it acts in.
    pub fn user_id(&self, id: Eui64) -> Option<&UserId> {
        self.user_ids.iter().find(|user| user.id == id)
    }
}
