//! The rules of thresholds, quarantine, risk, submissions and the directory: a file for each.
#![allow(clippy::unwrap_used)]

mod api_json;
mod bound_verdicts;
mod british_summer_time;
mod calls;
mod changes_in_numbers;
mod deadlines;
mod delete_over_number;
mod directory_changes;
mod exit_check;
mod exit_findings_in_order;
mod growth;
mod held_pages;
mod make;
mod page_decisions;
mod permissions;
mod raises_by_another_period;
mod raises_in_steps;
mod refused_before;
mod registered_names;
mod release_account;
mod releases_in_parts;
mod risk_rules;
mod signing_order;
mod signing_time;
mod spreadsheet_cells;
mod statement_size;
mod story;
mod submission_states;
mod threshold_comparison;
mod threshold_lowered;
mod threshold_periods;
mod thresholds_in_force;
mod timeline;
mod verdict_differences;
mod warning_silenced;
