#![cfg_attr(
    feature = "openapi",
    expect(
        clippy::large_stack_arrays,
        reason = "the derived schema of this many variants, built once"
    )
)]

use serde::{Deserialize, Serialize};

use super::{
    Access, CertificateIdentity, GivenRoles, MachineScopes, OrganisationDetails, PersonRole,
    SignerSubject,
};
use crate::files::UserId;
use crate::identifiers::{ClientId, DisplayName, FileDigest, OrganisationId, PersonId};

/// A change of the directory, in one organisation. Whether it may be made is for [`super::permit_change`] to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
// The fields are renamed variant by variant: utoipa does not know `rename_all_fields`.
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum DirectoryChange {
    /// Somebody who can sign in becomes one of the organisation's people. A sign-in belongs to one organisation: whoever works for two has
    /// two.
    #[serde(rename_all = "camelCase")]
    Invite {
        /// The subject of their sign-in.
        person: PersonId,
        /// What they are called.
        name: DisplayName,
        /// What they may do.
        roles: GivenRoles,
        /// Whom their certificates name, if one of the roles signs.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        signer_subject: Option<SignerSubject>,
    },
    /// A person has these roles from now on, and no others.
    #[serde(rename_all = "camelCase")]
    ChangeRoles {
        /// Who.
        person: PersonId,
        /// What they may do.
        roles: GivenRoles,
        /// Whom their certificates name, if one of the roles signs.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        signer_subject: Option<SignerSubject>,
        /// Said for the organisation's last administrator: it has none then.
        #[serde(skip_serializing_if = "std::ops::Not::not", default)]
        leaves_no_administrator: bool,
    },
    /// A person is called something else, by marriage or after a slip. They remain who they are, with their history.
    Rename {
        /// Who.
        person: PersonId,
        /// What they are called from now on.
        name: DisplayName,
    },
    /// A person goes to another organisation, and has no part in this one any more.
    #[serde(rename_all = "camelCase")]
    Move {
        /// Who.
        person: PersonId,
        /// Where they go.
        to: OrganisationId,
        /// What they may do there.
        roles: GivenRoles,
        /// Whom their certificates name, if one of the roles signs.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        signer_subject: Option<SignerSubject>,
        /// Said for the organisation's last administrator: it has none then.
        #[serde(skip_serializing_if = "std::ops::Not::not", default)]
        leaves_no_administrator: bool,
    },
    /// A person is out, with the next request that they make.
    #[serde(rename_all = "camelCase")]
    Remove {
        /// Who.
        person: PersonId,
        /// Said for the organisation's last administrator: it has none then.
        #[serde(skip_serializing_if = "std::ops::Not::not", default)]
        leaves_no_administrator: bool,
    },
    /// A certificate of the person's own counts from now on. The request is signed with its key.
    RegisterCertificate {
        /// Whose it is: whoever asks.
        person: PersonId,
        /// Which.
        certificate: CertificateIdentity,
    },
    /// Nothing counts any more that is signed with a key, whenever it was signed.
    StopKey {
        /// Whose it is.
        person: PersonId,
        /// SHA-256 of the public key (`SubjectPublicKeyInfo`, DER).
        key: FileDigest,
    },
    /// Whoever keeps the organisation's people has looked over what a person may do, and they still need it. Nothing becomes different.
    ConfirmAccess {
        /// Who.
        person: PersonId,
        /// What was looked at. If it is something else by then, nothing is confirmed.
        access: Access,
    },
    /// A system of the organisation can sign in by client credentials.
    RegisterMachine {
        /// Its client id, as the identity provider gave it.
        machine: ClientId,
        /// What it is called.
        name: DisplayName,
        /// What it may be let do.
        scopes: MachineScopes,
    },
    /// A system may do nothing any more, with the next request that it makes, whatever tokens it has; for good.
    StopMachine {
        /// Which.
        machine: ClientId,
    },
    /// The organisation is registered.
    #[serde(rename_all = "camelCase")]
    CreateOrganisation {
        /// What it is called.
        name: DisplayName,
        /// Its User IDs.
        user_ids: Vec<UserId>,
        /// What else is known of it.
        #[serde(default)]
        details: OrganisationDetails,
    },
    /// The organisation is this from now on.
    #[serde(rename_all = "camelCase")]
    ChangeOrganisation {
        /// What it is called.
        name: DisplayName,
        /// Its User IDs.
        user_ids: Vec<UserId>,
        /// What else is known of it.
        #[serde(default)]
        details: OrganisationDetails,
    },
}

impl DirectoryChange {
    /// Whether it is about keys, which people keep for themselves.
    pub const fn is_of_keys(&self) -> bool {
        matches!(
            self,
            Self::RegisterCertificate { .. } | Self::StopKey { .. }
        )
    }

    /// Whether it says that all stays as it is.
    pub const fn is_confirmation(&self) -> bool {
        matches!(self, Self::ConfirmAccess { .. })
    }

    /// Whether it takes a key or a system away, which has to be quick.
    pub const fn is_stop(&self) -> bool {
        matches!(self, Self::StopKey { .. } | Self::StopMachine { .. })
    }

    /// The system that it is about.
    pub const fn machine(&self) -> Option<&ClientId> {
        match self {
            Self::RegisterMachine { machine, .. } | Self::StopMachine { machine } => Some(machine),
            _ => None,
        }
    }

    /// Whom it is about; nobody, for a change of the organisation itself or of its systems.
    pub const fn person(&self) -> Option<&PersonId> {
        match self {
            Self::Invite { person, .. }
            | Self::ChangeRoles { person, .. }
            | Self::Rename { person, .. }
            | Self::Move { person, .. }
            | Self::Remove { person, .. }
            | Self::RegisterCertificate { person, .. }
            | Self::StopKey { person, .. }
            | Self::ConfirmAccess { person, .. } => Some(person),
            Self::RegisterMachine { .. }
            | Self::StopMachine { .. }
            | Self::CreateOrganisation { .. }
            | Self::ChangeOrganisation { .. } => None,
        }
    }

    /// The other organisation that it concerns.
    pub const fn destination(&self) -> Option<&OrganisationId> {
        match self {
            Self::Move { to, .. } => Some(to),
            _ => None,
        }
    }

    /// The User IDs that the organisation has then, if it is about them.
    pub fn user_ids(&self) -> &[UserId] {
        match self {
            Self::CreateOrganisation { user_ids, .. }
            | Self::ChangeOrganisation { user_ids, .. } => user_ids,
            _ => &[],
        }
    }

    /// What is done, in two or three words: "Change roles".
    pub const fn title(&self) -> &'static str {
        match self {
            Self::Invite { .. } => "Invite",
            Self::ChangeRoles { .. } => "Change roles",
            Self::Rename { .. } => "Rename",
            Self::Move { .. } => "Move",
            Self::Remove { .. } => "Remove",
            Self::RegisterCertificate { .. } => "Register certificate",
            Self::StopKey { .. } => "Stop key",
            Self::ConfirmAccess { .. } => "Confirm access",
            Self::RegisterMachine { .. } => "Register system",
            Self::StopMachine { .. } => "Stop system",
            Self::CreateOrganisation { .. } => "Register organisation",
            Self::ChangeOrganisation { .. } => "Change organisation",
        }
    }
}

/// The roles that an organisation's administrator may give, if the profile does not allow fewer: none that signs.
pub const ROLES_OF_ADMINISTRATORS: [PersonRole; 3] = [
    PersonRole::Submitter,
    PersonRole::Viewer,
    PersonRole::OrganisationAdmin,
];
