//! What the service knows that a verdict rests on: one serialisable type for each kind of file.
//!
//! `intake` loads it from the tables, the page asks for it (`GET /known/…`); both hand it to [`judge`](super::judge).

use serde::{Deserialize, Serialize};

use crate::directory::{PersonRef, RegisteredCertificates};
use crate::files::Sender;
use crate::identifiers::{Eui64, Srv, SrvOrAll};
use crate::quarantine::HeldEvent;
use crate::risk::{RaiseAccount, Refusal, Released, Releaser};
use crate::signature::DistinguishedName;
use crate::thresholds::UserThresholds;

/// What a verdict on either kind of file rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct KnownSender {
    /// The organisation and its User IDs.
    #[serde(flatten)]
    pub sender: Sender,
    /// Its Authorised Responsible Officers.
    pub signers: Vec<RegisteredSigner>,
    /// What reviewers refused before of the very bytes of the file, oldest first.
    pub refusals: Vec<Refusal>,
    /// Counts changes of the organisation and its people, from 0.
    #[serde(default)]
    pub version: u64,
}

/// An Authorised Responsible Officer of the sending organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RegisteredSigner {
    /// Who it is.
    pub person: PersonRef,
    /// The subject (RFC 4514) of the certificates that the person signs with.
    pub subject: String,
    /// Those that the person registered.
    #[serde(skip_serializing_if = "RegisteredCertificates::is_empty", default)]
    pub certificates: RegisteredCertificates,
}

/// The thresholds of a User ID, with the account that raises are held to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct KnownThresholds {
    /// What stands now and later, and the exceptions.
    pub thresholds: UserThresholds,
    /// What was raised since a reviewer last saw it.
    pub raises: RaiseAccount,
    /// Counts accepted statements, from 1: what a change has to name that rests on them.
    pub version: u64,
}

/// What the verdict on an ADT File rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct KnownForAdt {
    /// Who sends.
    pub sender: KnownSender,
    /// The User IDs of the sender that have thresholds.
    pub users: Vec<KnownThresholds>,
}

/// What the verdict on an Exit Quarantine File rests on, beside what is held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct KnownAccounts {
    /// Who sends.
    pub sender: KnownSender,
    /// The thresholds of the User IDs that the file's events are of.
    pub users: Vec<KnownThresholds>,
    /// What those User IDs and the organisation released and deleted lately; who is not here did neither.
    pub accounts: Vec<KnownReleases>,
}

/// What the verdict on an Exit Quarantine File rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KnownForExit {
    /// Thresholds and accounts.
    pub accounts: KnownAccounts,
    /// The events that the file names, as far as they are the sender's, each with all its pages.
    pub events: Vec<HeldEvent>,
}

/// What somebody released and deleted lately.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct KnownReleases {
    /// Whose account it is.
    pub releaser: Releaser,
    /// What is in it.
    pub released: Released,
    /// Counts changes, from 1; absent before the first: what a change of it has to name.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub version: Option<u64>,
}

/// What is known, of the file's kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Known {
    /// For an ADT File.
    Adt(KnownForAdt),
    /// For an Exit Quarantine File.
    ExitQuarantine(Box<KnownForExit>),
}

impl Known {
    /// Who sends.
    pub const fn sender(&self) -> &KnownSender {
        match self {
            Self::Adt(known) => &known.sender,
            Self::ExitQuarantine(known) => &known.accounts.sender,
        }
    }
}

impl KnownSender {
    /// The Authorised Responsible Officer whose certificates carry this subject: the same text, or else the one whose name is the same
    /// name as RFC 5280 compares them. Nobody, where that fits several.
    pub fn signer(&self, subject: &str) -> Option<&RegisteredSigner> {
        let exact = self.signers.iter().find(|signer| signer.subject == subject);
        exact.or_else(|| {
            let name = DistinguishedName::parse(subject).ok()?;
            let mut same = self
                .signers
                .iter()
                .filter(|signer| signer.name().is_some_and(|other| other.is_same_as(&name)));
            same.next().filter(|_| same.next().is_none())
        })
    }

    /// As what somebody is registered whose name has the parts of this subject in another order.
    pub fn registered_in_other_order(&self, subject: &str) -> Option<&str> {
        let name = DistinguishedName::parse(subject).ok()?;
        let mut signers = self.signers.iter();
        let signer = signers.find(|signer| {
            let other = signer.name();
            other.is_some_and(|other| other.has_parts_in_other_order(&name))
        });
        signer.map(|signer| signer.subject.as_str())
    }
}

impl RegisteredSigner {
    fn name(&self) -> Option<DistinguishedName> {
        DistinguishedName::parse(&self.subject).ok()
    }
}

impl KnownForAdt {
    /// The thresholds of a User ID, if it has any.
    pub fn user(&self, user_id: Eui64) -> Option<&KnownThresholds> {
        self.users
            .iter()
            .find(|known| known.thresholds.user_id == user_id)
    }

    /// Whether a service has a standing threshold, in any period.
    pub fn has_standing(&self, user_id: Eui64, srv: Srv) -> bool {
        self.user(user_id).is_some_and(|known| {
            let standing = &known.thresholds.standing;
            standing.iter().any(|row| row.key.srv == SrvOrAll::One(srv))
        })
    }
}

impl KnownAccounts {
    /// The account of a releaser, if it has one.
    pub fn account(&self, releaser: &Releaser) -> Option<&KnownReleases> {
        self.accounts
            .iter()
            .find(|account| account.releaser == *releaser)
    }
}
