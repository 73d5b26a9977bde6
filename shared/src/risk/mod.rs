//! Rules of risk: what makes a lawful file wait for a second pair of eyes.
//!
//! Their settings are the profile's. Each rule reports at most once for each User ID (and service), so that a file
//! of any size has a short list of reasons; the comparison and the counts beside it say the rest.
//!
//! No rule looks at one file alone: [`Released`] and [`LowestLately`](crate::thresholds::LowestLately) carry what
//! earlier files did, so that a release or a raise in several steps counts as the whole that it is.

mod adt;
mod exit;
mod released;
mod rule;
mod steps;

pub use adt::adt_risks;
pub use exit::exit_risks;
pub use released::{ReleaseCounts, Released, ReleasedWindow, Releaser, Releases, releases};
pub use rule::{Fact, RiskRule, RuleFired};
