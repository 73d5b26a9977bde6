use std::fmt;

use serde::{Deserialize, Serialize};

use super::RiskRule;
use crate::thresholds::ThresholdKey;

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
