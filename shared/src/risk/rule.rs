use std::fmt;

use serde::{Deserialize, Serialize};

use crate::thresholds::ThresholdKey;

/// A rule of risk. The order is the one in which they are reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RiskRule {
    /// Nothing was ever in force for the User ID.
    FirstStatement,
    /// A quarantine threshold is raised to more than the profile's factor times the old one.
    RaiseOverFactor,
    /// A quarantine threshold is raised by less than that, but together with raises before it by more.
    RaiseInSteps,
    /// A threshold that was in force is not named any more.
    ThresholdDropped,
    /// An exception with time left is not named any more, or for less time.
    ExceptionDropped,
    /// More communications of an SRV are released in one period than the quarantine threshold in force allows, by this
    /// file and those before it.
    ReleaseOverThreshold,
    /// More communications of an organisation are released in the profile's period than its number, by this file and
    /// those before it.
    ReleaseOverCap,
}

impl RiskRule {
    /// All rules, in the order in which they are reported.
    pub const ALL: [Self; 7] = [
        Self::FirstStatement,
        Self::RaiseOverFactor,
        Self::RaiseInSteps,
        Self::ThresholdDropped,
        Self::ExceptionDropped,
        Self::ReleaseOverThreshold,
        Self::ReleaseOverCap,
    ];

    /// The rule's name in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RaiseOverFactor => "raise-over-factor",
            Self::RaiseInSteps => "raise-in-steps",
            Self::ThresholdDropped => "threshold-dropped",
            Self::ExceptionDropped => "exception-dropped",
            Self::FirstStatement => "first-statement",
            Self::ReleaseOverThreshold => "release-over-threshold",
            Self::ReleaseOverCap => "release-over-cap",
        }
    }

    /// What fired, without any value: the form for lists, notifications and logs.
    pub const fn title(self) -> &'static str {
        match self {
            Self::RaiseOverFactor => "A quarantine threshold is raised by a large factor",
            Self::RaiseInSteps => "A quarantine threshold is raised by a large factor, in steps",
            Self::ThresholdDropped => "A threshold is dropped",
            Self::ExceptionDropped => "An exception is dropped",
            Self::FirstStatement => "First thresholds of a User ID",
            Self::ReleaseOverThreshold => {
                "More is released in one period than the quarantine threshold allows"
            }
            Self::ReleaseOverCap => "A large number of communications is released in one period",
        }
    }
}

impl fmt::Display for RiskRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// One thing that a rule saw, by name: `srv` `7.2`, `old` `200`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Fact {
    /// What it is, in camelCase.
    pub name: String,
    /// Its value, as files write it.
    pub value: String,
}

/// A rule that fired, with what it saw.
///
/// The message and the facts hold threshold values: for the organisation itself and DCC staff, never for a
/// notification or a log. There, [`RiskRule::title`] says what fired.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RuleFired {
    /// Which rule.
    pub rule: RiskRule,
    /// What it saw, in a sentence.
    pub message: String,
    /// The same, for machines.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub facts: Vec<Fact>,
}

impl RuleFired {
    pub(super) const fn new(rule: RiskRule, message: String) -> Self {
        Self {
            rule,
            message,
            facts: Vec::new(),
        }
    }

    #[must_use]
    pub(super) fn with(mut self, name: &str, value: impl fmt::Display) -> Self {
        self.facts.push(Fact {
            name: name.to_owned(),
            value: value.to_string(),
        });
        self
    }

    #[must_use]
    pub(super) fn with_key(self, key: &ThresholdKey) -> Self {
        self.with("srv", key.srv).with("period", key.period)
    }

    /// The value of one of its facts.
    pub fn fact(&self, name: &str) -> Option<&str> {
        self.facts
            .iter()
            .find(|fact| fact.name == name)
            .map(|fact| fact.value.as_str())
    }
}
