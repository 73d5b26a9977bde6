//! How high a risk is: the one rank by which reviewers see what waits.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::RiskRule;
use crate::profile::ReviewRules;

/// How high the risk is of what rules stopped; which rule means which level says the profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RiskLevel {
    /// Also that of what no rule stops any more.
    Low,
    /// Between the two.
    Medium,
    /// Also that of a rule of which the profile says nothing.
    High,
}

impl RiskLevel {
    /// All levels, the highest first.
    pub const ALL: [Self; 3] = [Self::High, Self::Medium, Self::Low];

    /// That of what these rules stopped: the highest of them.
    pub fn of_rules(fired: &[RiskRule], rules: &ReviewRules) -> Self {
        let levels = fired.iter().map(|rule| Self::of_rule(*rule, rules));
        levels.max().unwrap_or(Self::Low)
    }

    /// That of one rule. One in both lists is of the higher.
    pub fn of_rule(rule: RiskRule, rules: &ReviewRules) -> Self {
        if rules.medium.contains(&rule) {
            Self::Medium
        } else if rules.low.contains(&rule) {
            Self::Low
        } else {
            Self::High
        }
    }

    /// Its name in JSON and in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }

    /// In words that stand alone.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Low => "Low risk",
            Self::Medium => "Medium risk",
            Self::High => "High risk",
        }
    }

    /// Reads its name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.as_str() == text)
    }
}

impl fmt::Display for RiskLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Profile;

    #[test]
    fn the_highest_rule_counts_and_what_the_profile_does_not_name_is_high() {
        let rules = &Profile::standard().review;
        let level = |fired: &[RiskRule]| RiskLevel::of_rules(fired, rules);
        assert_eq!(level(&[]), RiskLevel::Low);
        assert_eq!(level(&[RiskRule::WarningSilenced]), RiskLevel::Low);
        assert_eq!(
            level(&[RiskRule::WarningSilenced, RiskRule::FirstStatement]),
            RiskLevel::Medium
        );
        assert_eq!(
            level(&[RiskRule::RaiseOverFactor, RiskRule::FirstStatement]),
            RiskLevel::High
        );
        let none = ReviewRules {
            medium: Vec::new(),
            low: Vec::new(),
            ..rules.clone()
        };
        for rule in RiskRule::ALL {
            assert_eq!(RiskLevel::of_rule(rule, &none), RiskLevel::High, "{rule}");
        }
        let both = ReviewRules {
            medium: RiskRule::ALL.to_vec(),
            low: RiskRule::ALL.to_vec(),
            ..rules.clone()
        };
        assert_eq!(
            RiskLevel::of_rule(RiskRule::FirstStatement, &both),
            RiskLevel::Medium
        );
        assert!(RiskLevel::High > RiskLevel::Medium && RiskLevel::Medium > RiskLevel::Low);
    }
}
