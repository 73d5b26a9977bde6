//! What a reviewer decides: a statement that the reviewer signs, and what makes it count.

mod check;
mod statement;

pub use check::{Decidable, DecisionFault, check_decision};
pub use statement::{DecisionStatement, SignedDecision};
