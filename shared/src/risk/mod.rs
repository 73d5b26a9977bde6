//! Rules of risk: what makes a lawful file wait for a second pair of eyes.
//!
//! Their settings are the profile's. Each rule reports at most once for each User ID (and service), so that a file
//! of any size has a short list of reasons; the comparison and the counts beside it say the rest.

mod adt;
mod exit;
mod rule;

pub use adt::adt_risks;
pub use exit::exit_risks;
pub use rule::{Fact, RiskRule, RuleFired};
