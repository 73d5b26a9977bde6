//! Rules of risk: what makes a lawful file wait for a second pair of eyes.
//!
//! Their settings are the profile's. Each rule is a file here, and reports at most once for each User ID (and service),
//! so that a file of any size has a short list of reasons; the comparison, the counts and the lists beside it say the
//! rest.
//!
//! No rule looks at one file alone: [`RaiseAccount`], [`Released`] and [`Refusal`] carry what was before, so that a
//! raise or a release in several steps counts as the whole that it is. All three are data that the service keeps; the
//! rules themselves are pure.

mod adt;
mod delete_over_number;
mod exception_dropped;
mod exit;
mod exit_seen;
mod fired;
mod first_statement;
mod growth;
mod held_to;
mod judged_at;
mod level;
mod over_number;
mod raise;
mod raise_account;
mod raises;
mod refused_before;
mod release_over_number;
mod release_over_threshold;
mod released;
mod rule;
mod threshold_dropped;
mod threshold_lowered;
mod warning_silenced;
pub(crate) mod wording;

pub use adt::{AdtCase, AdtRisks, adt_risks};
pub use exit::{ExitRisks, exit_risks};
pub use exit_seen::ExitSeen;
pub use fired::{Fact, RuleFired};
pub use growth::{Growth, GrowthError};
pub use judged_at::JudgedAt;
pub use level::RiskLevel;
pub use raise_account::{RaiseAccount, RaiseEntry};
pub use raises::RaiseSeen;
pub use refused_before::{Refusal, RefusedBefore, refused_before};
pub use released::{
    ExitCounts, ReleaseCounts, Released, ReleasedEntry, Releaser, Releases, releases,
};
pub use rule::RiskRule;
