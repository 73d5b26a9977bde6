//! Thresholds: periods, statements, what is in force.

mod period;

pub use period::{Period, PeriodError};
