//! Anomaly Detection Thresholds: the windows they count in, what is in force when, and what a new statement changes.
//!
//! [`Statement`] is what one ADT File says of one User ID. [`UserThresholds`] is what came of all statements
//! accepted so far. [`compare`] sets one beside the other, before or after acceptance.

mod comparison;
mod signing_order;
mod statement;
mod succession;

pub use crate::period::{Period, PeriodError, Window};
pub use comparison::{
    Change, ComparedException, ComparedRow, ComparedThreshold, Comparison, ExceptionChange, compare,
};
pub use signing_order::check_signing_order;
pub use statement::{
    DeclaredException, DeclaredThreshold, Limits, Statement, StatementOrigin, ThresholdKey,
};
pub use succession::{
    ExceptionThreshold, HistoryEntry, InForce, NotNewer, StandingThreshold, UserThresholds,
};
