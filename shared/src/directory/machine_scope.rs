use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Permission, PersonRole};
use crate::identifiers::{OrganisationId, text_form};

/// What a system may be let do: one permission each. The list is closed: what signs, decides or keeps people and organisations is a person's, and has no scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MachineScope {
    /// Read submissions and what was found in them.
    ReadSubmissions,
    /// Download the files and signatures that were sent.
    DownloadFiles,
    /// Send files that a person has signed.
    SendFiles,
    /// Read thresholds.
    ReadThresholds,
    /// Read quarantine events and held communications.
    ReadQuarantine,
    /// Read who did what.
    ReadActivity,
}

/// The text names no scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("names no scope")]
pub struct MachineScopeError;

impl MachineScope {
    /// All scopes.
    pub const ALL: [Self; 6] = [
        Self::ReadSubmissions,
        Self::DownloadFiles,
        Self::SendFiles,
        Self::ReadThresholds,
        Self::ReadQuarantine,
        Self::ReadActivity,
    ];

    /// What the identity provider calls this service, where it puts that before each scope (Cognito's resource server): `sluice/files.send`.
    pub const RESOURCE: &'static str = "sluice";

    /// Reads its name.
    pub fn parse(text: &str) -> Result<Self, MachineScopeError> {
        let named = Self::ALL.into_iter().find(|scope| scope.as_str() == text);
        named.ok_or(MachineScopeError)
    }

    /// Its name in tokens and in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ReadSubmissions => "submissions.read",
            Self::DownloadFiles => "files.download",
            Self::SendFiles => "files.send",
            Self::ReadThresholds => "thresholds.read",
            Self::ReadQuarantine => "quarantine.read",
            Self::ReadActivity => "activity.read",
        }
    }

    /// What it lets a system do, in words that begin a line.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::ReadSubmissions => "Read submissions",
            Self::DownloadFiles => "Download files that were sent",
            Self::SendFiles => "Send files that a person has signed",
            Self::ReadThresholds => "Read thresholds",
            Self::ReadQuarantine => "Read held communications",
            Self::ReadActivity => "Read the activity",
        }
    }

    /// What it lets a system do: the other way round is [`Permission::scope`].
    pub const fn permission(self) -> Permission {
        match self {
            Self::ReadSubmissions => Permission::ReadSubmissions,
            Self::DownloadFiles => Permission::DownloadFiles,
            Self::SendFiles => Permission::SendFiles,
            Self::ReadThresholds => Permission::ReadThresholds,
            Self::ReadQuarantine => Permission::ReadQuarantine,
            Self::ReadActivity => Permission::ReadActivity,
        }
    }

    /// Whether systems of an organisation can have it: what somebody of a User may do, and of the DCC what an operator may. No system reads with the rights
    /// of an auditor.
    pub fn is_for(self, organisation: &OrganisationId) -> bool {
        let roles = self.permission().roles().unwrap_or_default();
        if organisation.is_dcc() {
            roles.contains(&PersonRole::Operator)
        } else {
            roles.iter().any(|role| !role.is_dcc())
        }
    }
}

impl Permission {
    /// The scope by which a system has it; `None`: no system ever has.
    pub fn scope(self) -> Option<MachineScope> {
        let mut scopes = MachineScope::ALL.into_iter();
        scopes.find(|scope| scope.permission() == self)
    }
}

impl fmt::Display for MachineScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

text_form!(
    MachineScope,
    MachineScopeError,
    "What a system may be let do",
    "files.send",
    "^(submissions\\.read|files\\.download|files\\.send|thresholds\\.read|quarantine\\.read|activity\\.read)$"
);

/// The scopes that a system is registered for: at least one, each once, in one order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<MachineScope>", into = "Vec<MachineScope>")]
pub struct MachineScopes(Vec<MachineScope>);

/// Why a list of scopes gives none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("choose at least one thing that the system may do")]
pub struct NoScopes;

impl MachineScopes {
    /// These scopes.
    pub fn parse(scopes: &[MachineScope]) -> Result<Self, NoScopes> {
        let named = MachineScope::ALL.into_iter();
        let once: Vec<_> = named.filter(|scope| scopes.contains(scope)).collect();
        if once.is_empty() {
            Err(NoScopes)
        } else {
            Ok(Self(once))
        }
    }

    /// The scopes.
    pub fn as_slice(&self) -> &[MachineScope] {
        &self.0
    }

    /// Whether this one is among them.
    pub fn has(&self, scope: MachineScope) -> bool {
        self.0.contains(&scope)
    }

    /// In a sentence: `files.send, submissions.read`.
    pub fn in_words(&self) -> String {
        in_words(&self.0)
    }
}

/// Scopes in a sentence.
pub(crate) fn in_words(scopes: &[MachineScope]) -> String {
    let names: Vec<_> = scopes.iter().map(|scope| scope.as_str()).collect();
    names.join(", ")
}

impl TryFrom<Vec<MachineScope>> for MachineScopes {
    type Error = NoScopes;

    fn try_from(scopes: Vec<MachineScope>) -> Result<Self, Self::Error> {
        Self::parse(&scopes)
    }
}

impl From<MachineScopes> for Vec<MachineScope> {
    fn from(scopes: MachineScopes) -> Self {
        scopes.0
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for MachineScopes {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ArrayBuilder::new()
            .items(utoipa::openapi::Ref::from_schema_name("MachineScope"))
            .min_items(Some(1))
            .description(Some("Scopes, each once"))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for MachineScopes {
    fn schemas(
        schemas: &mut Vec<(
            String,
            utoipa::openapi::RefOr<utoipa::openapi::schema::Schema>,
        )>,
    ) {
        let scope = <MachineScope as utoipa::PartialSchema>::schema();
        schemas.push(("MachineScope".to_owned(), scope));
    }
}
