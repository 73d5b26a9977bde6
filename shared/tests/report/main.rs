//! The rules of the Report File: a file for each. Its fixtures are `testkit/report/`.
#![allow(clippy::unwrap_used)]

mod event_rows;
#[path = "../file_support/mod.rs"]
mod file_support;
mod held_since;
mod kinds;
mod make;
mod same_words;
mod services;
mod telling;
#[path = "../testkit_files/mod.rs"]
mod testkit_files;
