//! Sluice's page: a client-side app in which Users check, sign and send their files, and DCC staff decide about risky ones.
//!
//! One WebAssembly module serves twice: in the window it is the page; in a worker it reads, checks and hashes files, so that
//! the page never stalls.
//!
//! Views are written with the element functions of `leptos::html` (`div().class("…").child(…)`), not with `view!`: that macro
//! turns static markup into `innerHTML`, which our Content-Security-Policy refuses (`require-trusted-types-for 'script'`).
#![allow(
    missing_docs,
    reason = "only this crate's own `main` calls it: a comment stands where it says what a name does not"
)]
#![allow(
    clippy::wildcard_imports,
    clippy::large_types_passed_by_value,
    reason = "leptos is used through its prelude, and components own what they are given"
)]

pub mod address;
pub mod api;
pub mod app;
pub mod browser;
pub mod components;
pub mod config;
pub mod decide;
pub mod frame;
pub mod keep;
pub mod key;
pub mod parts;
pub mod routes;
pub mod send;
pub mod sent;
pub mod service;
pub mod session;
pub mod stopped;
pub mod worker;
