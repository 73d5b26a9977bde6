//! The functions against real engines: one file for each rule, each test with a stack of its own.
//!
//! The engines run as `sluice-local` runs them, or are those of a running `LocalStack` that `SLUICE_ENGINES=http://127.0.0.1:4566`
//! names; every test runs on both. The tests call the router and `intake` themselves, so that they can stop in
//! between, deliver a message twice, or end the process at any step.
//!
//! `sluice-local` depends on these functions, and here they depend on it: cargo allows that for tests, each of which is a crate of its
//! own. The price: any `cargo test -p sluice-functions` builds the stack first.
#![allow(clippy::unwrap_used, missing_docs)]

mod access_review;
mod activity;
mod adt_accepted;
mod asked_again;
mod batch;
mod bound_reviews;
mod budgets;
mod changed_while_waiting;
mod changes;
mod check_only;
mod cloud_faults;
mod corrections;
mod crash;
mod cursors;
mod directory_changes;
mod edge;
mod exit_decided;
mod first_start;
mod forged_announcements;
mod forged_directory_changes;
mod forged_reviews;
mod fresh_sign_in;
mod idempotency;
mod keys;
mod logged_values;
mod logs;
mod machines;
mod merged_lists;
mod metrics;
mod moved_person;
mod needs;
mod one_verdict;
mod other_issuers;
mod permissions;
mod presigned_headers;
mod profile;
mod queues_apart;
mod raises;
mod receipts_by_kms;
mod refused_before;
mod rejected;
mod releases;
mod replay;
mod restore;
mod review;
mod review_assignment;
mod review_history;
mod review_questions;
mod review_together;
mod reviewer_who_left;
mod sent_files;
mod service_trust;
mod signed_decisions;
mod stopped_keys;
mod superseded;
mod support;
mod taken_in;
mod tenants_apart;
mod threshold_history;
mod tokens;
mod turns;
mod units;
mod unreadable_requests;
mod uploads;
mod waiting_decisions;
mod watched;
mod ways_back;
mod who_sent;
