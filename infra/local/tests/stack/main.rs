//! The embedded stack, seen from outside: the real SDKs and plain HTTP against a stack of its own for each test.
#![allow(clippy::unwrap_used, missing_docs)]

mod guard;
mod identity_age;
mod identity_certificates;
mod identity_flow;
mod identity_systems;
mod page_serving;
mod queue_dead_letters;
mod queue_mapping;
mod queue_redelivery;
mod queue_turns;
mod restart;
mod s3_cors;
mod s3_events;
mod s3_half_upload;
mod s3_presigned;
mod s3_versions;
mod samples;
mod support;
mod testing_controls;
mod way_of_a_file;
