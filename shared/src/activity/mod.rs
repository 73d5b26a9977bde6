//! The record of activity: what people did, what they were refused, which of a User's data DCC staff read, and what the service made of it. What
//! is recorded, in which words, and what narrows a list of it.
//!
//! A record names things and people, and says nothing of what is in them: no threshold, no value of a file, no reason, no contact.

mod about;
mod act;
mod day;
mod file_format;
mod filter;
mod of_change;
mod of_route;
mod outcome;
mod record;
mod recorder;

pub use about::About;
pub use act::{Act, ActError};
pub use day::{Day, DayError};
pub use file_format::FileFormat;
pub use filter::ActivityFilter;
pub use of_change::act_of_change;
pub use of_route::{Answered, act_of_route, is_recorded};
pub use outcome::{ActivityOutcome, OutcomeName};
pub use record::ActivityRecord;
pub use recorder::Recorder;
