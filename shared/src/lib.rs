//! The domain of Sluice: identifiers, files, thresholds, signatures and submissions.
//!
//! Nothing here does I/O, reads a clock or draws a random number: time, random bytes and keys are parameters. The page
//! and the functions run the same code, so they cannot disagree about a file.

pub mod activity;
pub mod api;
mod base64;
pub mod directory;
pub mod files;
pub mod finding;
pub mod identifiers;
pub mod instant;
pub mod json;
pub mod people_file;
mod period;
pub mod profile;
pub mod quarantine;
pub mod review;
pub mod risk;
pub mod services;
pub mod signature;
pub mod spreadsheet;
pub mod submission;
pub mod thresholds;
mod uk_time;
pub mod verdict;
