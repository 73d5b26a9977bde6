//! `infra/template.yaml` and the code, held to each other: what is deployed is what the functions were written for.
#![allow(clippy::unwrap_used, missing_docs)]

mod access_logs;
mod asvs;
mod checkov;
mod documents;
mod edge;
mod environment;
mod headers;
mod inbox;
mod policies;
mod resilience;
mod routes;
mod sam_template;
mod tables;
mod tenants;
mod who_writes_what;
