use std::fmt;

use serde::{Deserialize, Serialize};

use crate::files::Action;
use crate::identifiers::{
    Eui64, OrganisationId, QuarantineEventRef, RequestId, Srv, SubmissionId, text_form,
};
use crate::instant::UtcTime;

/// Why communications are held; the names of the DCC Alerts that tell a User (DUIS).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Breach {
    /// More communications in a period than the User's own quarantine threshold.
    UserThreshold,
    /// More communications of all Users together than the DCC's threshold.
    DccThreshold,
    /// A value inside the communication is outside the DCC's limits.
    AttributeLimits,
}

/// Why a text is not a breach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not one of ADUserThresholdBreach, ADDCCThresholdBreach, ADAttributeLimitsBreach")]
pub struct BreachError;

impl Breach {
    /// All breaches.
    pub const ALL: [Self; 3] = [
        Self::UserThreshold,
        Self::DccThreshold,
        Self::AttributeLimits,
    ];

    /// Reads the name of the DCC Alert.
    pub fn parse(text: &str) -> Result<Self, BreachError> {
        Self::ALL
            .into_iter()
            .find(|breach| breach.as_str() == text)
            .ok_or(BreachError)
    }

    /// The name of the DCC Alert.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UserThreshold => "ADUserThresholdBreach",
            Self::DccThreshold => "ADDCCThresholdBreach",
            Self::AttributeLimits => "ADAttributeLimitsBreach",
        }
    }

    /// What happened, in a sentence.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::UserThreshold => {
                "More communications were sent in a period than your quarantine threshold allows"
            }
            Self::DccThreshold => {
                "All Users together sent more communications in a period than the DCC's threshold"
            }
            Self::AttributeLimits => "A value inside the communication is outside the DCC's limits",
        }
    }
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

text_form!(
    Breach,
    BreachError,
    "Why communications are held",
    "ADUserThresholdBreach",
    "^(ADUserThresholdBreach|ADDCCThresholdBreach|ADAttributeLimitsBreach)$"
);

/// One communication in quarantine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct HeldCommunication {
    /// Its Request ID. The originator is the User ID of the event.
    #[serde(rename = "requestId")]
    pub request: RequestId,
    /// What it asks for.
    pub srv: Srv,
    /// Since when it is held.
    pub quarantined_at: UtcTime,
}

/// Where a communication of a quarantine event stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum HeldState {
    /// In quarantine, not decided.
    Held,
    /// Decided: it is processed.
    Release,
    /// Decided: it is deleted.
    Delete,
}

impl From<Action> for HeldState {
    fn from(action: Action) -> Self {
        match action {
            Action::Release => Self::Release,
            Action::Delete => Self::Delete,
        }
    }
}

/// How many communications stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// Still held.
    pub held: u64,
    /// Decided to be released.
    pub release: u64,
    /// Decided to be deleted.
    pub delete: u64,
}

impl Counts {
    /// All communications, decided or not.
    pub const fn total(&self) -> u64 {
        self.held + self.release + self.delete
    }

    /// One more communication in this state.
    pub const fn add(&mut self, state: HeldState) {
        match state {
            HeldState::Held => self.held += 1,
            HeldState::Release => self.release += 1,
            HeldState::Delete => self.delete += 1,
        }
    }

    /// Both together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            held: self.held + other.held,
            release: self.release + other.release,
            delete: self.delete + other.delete,
        }
    }

    /// Moves communications from held to decided, as far as there are any held.
    #[must_use]
    pub const fn decided(self, release: u64, delete: u64) -> Self {
        Self {
            held: self.held.saturating_sub(release + delete),
            release: self.release + release,
            delete: self.delete + delete,
        }
    }
}

/// The counts of one service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SrvCounts {
    /// The service.
    pub srv: Srv,
    /// Its counts.
    #[serde(flatten)]
    pub counts: Counts,
}

/// One breach of a User ID and the communications that it put into quarantine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct QuarantineEvent {
    /// The reference that groups them.
    pub reference: QuarantineEventRef,
    /// Whose communications: the originator of every one.
    pub user_id: Eui64,
    /// Whose User ID that is.
    pub organisation: OrganisationId,
    /// Why they are held.
    pub breach: Breach,
    /// When the first was held; deadlines run from here.
    pub quarantined_at: UtcTime,
    /// How many pages hold the communications, numbered from 0.
    pub pages: u32,
    /// How many stand where.
    pub counts: Counts,
    /// The same by service, in order of service.
    pub by_srv: Vec<SrvCounts>,
    /// The submission whose decisions are being recorded at this moment.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub deciding_for: Option<SubmissionId>,
}
