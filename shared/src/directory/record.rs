use serde::{Deserialize, Serialize};
use time::Duration;

use super::{DirectoryChange, PersonRef, RegisteredBefore};
use crate::identifiers::{ChangeReason, ChangeRequestId, FileDigest, OrganisationId};
use crate::instant::UtcTime;
use crate::profile::PeopleRules;

/// A change that was asked for, and what became of it: what waits, and what was, with who, when and why. It is never changed once it is settled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ChangeRecord {
    /// Its reference.
    pub request: ChangeRequestId,
    /// The organisation in which something changes.
    pub organisation: OrganisationId,
    /// What.
    pub change: DirectoryChange,
    /// Whom it is about, as they were called then.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub about: Option<PersonRef>,
    /// What it is about, as it was registered when this was taken up; absent: it was not there. A change that waits is made of this, or not at all.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub before: Option<RegisteredBefore>,
    /// Why.
    pub reason: ChangeReason,
    /// Who asked.
    pub asked_by: PersonRef,
    /// When.
    pub asked_at: UtcTime,
    /// SHA-256 of the request in the signature of a DCC administrator; absent, if an organisation's administrator asked, who signs nothing.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub signed: Option<FileDigest>,
    /// SHA-256 of the certificate by which it was signed. What waits is made only while that counts.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub certificate: Option<FileDigest>,
    /// Where it stands.
    pub state: ChangeState,
}

/// Where a change stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
// The fields are renamed variant by variant: utoipa does not know `rename_all_fields`.
#[serde(tag = "name", rename_all = "kebab-case")]
pub enum ChangeState {
    /// It waits for a second DCC administrator.
    AwaitingApproval {
        /// Since when.
        since: UtcTime,
    },
    /// It was made.
    #[serde(rename_all = "camelCase")]
    Made {
        /// When.
        at: UtcTime,
        /// Who approved it, where that was needed.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        approved_by: Option<PersonRef>,
        /// Why.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        approval: Option<ChangeReason>,
    },
    /// It was not made, and will not be.
    Refused {
        /// When.
        at: UtcTime,
        /// Who refused it; absent: a rule did.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        by: Option<PersonRef>,
        /// Why.
        why: String,
    },
}

impl ChangeRecord {
    /// Whether it waits for a second administrator.
    pub const fn awaits_approval(&self) -> bool {
        matches!(self.state, ChangeState::AwaitingApproval { .. })
    }

    /// Whether it has waited for longer than a change may: then it has to be asked for again.
    pub fn has_waited_too_long(&self, now: UtcTime, rules: &PeopleRules) -> bool {
        let longest = Duration::days(i64::from(rules.approval_days));
        matches!(self.state, ChangeState::AwaitingApproval { since } if now.since(since) > longest)
    }

    /// Whether it takes one of the places that an organisation's administrators have for changes on the day (UTC) of `now`: what the DCC signs does
    /// not, nor does a key or a system that is stopped, nor what leaves all as it is.
    pub fn takes_a_place_on_the_day_of(&self, now: UtcTime) -> bool {
        let takes_none =
            self.change.is_of_keys() || self.change.is_confirmation() || self.change.is_stop();
        let made_then = self.made_at().is_some_and(|at| at.is_on_the_day_of(now));
        made_then && self.signed.is_none() && !takes_none
    }

    /// When it was made, if it was.
    pub const fn made_at(&self) -> Option<UtcTime> {
        match self.state {
            ChangeState::Made { at, .. } => Some(at),
            _ => None,
        }
    }
}
