//! Rules of risk: what makes a lawful file wait for a second pair of eyes.

mod rule;

pub use rule::{Fact, RiskRule, RuleFired};
