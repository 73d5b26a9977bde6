use std::fmt;

use serde::{Deserialize, Serialize};

/// A rule of risk. The order is the one in which they are reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RiskRule {
    /// A reviewer refused the same bytes before, and they come with a new signature.
    RefusedBefore,
    /// Nothing was ever in force for the User ID.
    FirstStatement,
    /// A quarantine threshold is raised to more than the profile's factor times the old one.
    RaiseOverFactor,
    /// A quarantine threshold is raised by less than that, but by more together with the raises that no reviewer saw.
    RaiseInSteps,
    /// A quarantine threshold is lowered to 0, or to less than the old one divided by the profile's factor.
    ThresholdLowered,
    /// A warning threshold that was below the quarantine threshold is not any more.
    WarningSilenced,
    /// A threshold that was in force is not named any more.
    ThresholdDropped,
    /// An exception with time left is not named any more, or for less time.
    ExceptionDropped,
    /// More communications of an SRV are released within a period than the quarantine threshold in force allows, by this
    /// file and those before it.
    ReleaseOverThreshold,
    /// More communications of an organisation are released within the profile's period than its number, by this file
    /// and those before it.
    ReleaseOverCap,
    /// More communications of an organisation are deleted within the profile's period than its number, by this file
    /// and those before it.
    DeleteOverNumber,
}

impl RiskRule {
    /// All rules, in the order in which they are reported.
    pub const ALL: [Self; 11] = [
        Self::RefusedBefore,
        Self::FirstStatement,
        Self::RaiseOverFactor,
        Self::RaiseInSteps,
        Self::ThresholdLowered,
        Self::WarningSilenced,
        Self::ThresholdDropped,
        Self::ExceptionDropped,
        Self::ReleaseOverThreshold,
        Self::ReleaseOverCap,
        Self::DeleteOverNumber,
    ];

    /// The rule's name in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RefusedBefore => "refused-before",
            Self::FirstStatement => "first-statement",
            Self::RaiseOverFactor => "raise-over-factor",
            Self::RaiseInSteps => "raise-in-steps",
            Self::ThresholdLowered => "threshold-lowered",
            Self::WarningSilenced => "warning-silenced",
            Self::ThresholdDropped => "threshold-dropped",
            Self::ExceptionDropped => "exception-dropped",
            Self::ReleaseOverThreshold => "release-over-threshold",
            Self::ReleaseOverCap => "release-over-cap",
            Self::DeleteOverNumber => "delete-over-number",
        }
    }

    /// What fired, without any value: the form for lists, notifications and logs.
    pub const fn title(self) -> &'static str {
        match self {
            Self::RefusedBefore => "A reviewer refused the same file before",
            Self::FirstStatement => "First thresholds of a User ID",
            Self::RaiseOverFactor => "A quarantine threshold is raised by a large factor",
            Self::RaiseInSteps => "A quarantine threshold is raised by a large factor, in steps",
            Self::ThresholdLowered => {
                "A quarantine threshold is lowered to nothing or by a large factor"
            }
            Self::WarningSilenced => {
                "A warning threshold is raised to the quarantine threshold, so nobody is warned before"
            }
            Self::ThresholdDropped => "A threshold is dropped",
            Self::ExceptionDropped => "An exception is dropped",
            Self::ReleaseOverThreshold => {
                "More is released within a period than the quarantine threshold allows"
            }
            Self::ReleaseOverCap => "A large number of communications is released within a period",
            Self::DeleteOverNumber => "A large number of communications is deleted within a period",
        }
    }
}

impl fmt::Display for RiskRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
