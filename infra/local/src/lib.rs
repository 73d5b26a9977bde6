//! The embedded stack: everything that Sluice runs on, in one process on loopback.
//!
//! - [`stack`] starts and stops the whole: tests start it on free ports in a temporary folder;
//! - [`s3`], [`queue`] and the tables are engines that the functions reach through the AWS SDK alone;
//! - [`identity`] signs people in, [`pki`] makes the demonstration's certificates;
//! - [`page`] serves what a browser loads;
//! - [`demo`] is the story that a first start tells.

pub mod access;
pub mod account;
pub mod arguments;
pub mod aws;
pub mod clock;
pub mod demo;
mod files;
mod folder;
pub mod functions;
mod guard;
mod html;
pub mod identity;
pub mod local_services;
pub mod mapping;
pub mod options;
pub mod origin;
pub mod other_issuer;
pub mod page;
pub mod pki;
pub mod ports;
pub mod program;
pub mod queue;
mod random;
pub mod s3;
pub mod stack;
mod start_error;
mod tables;
mod testing;
mod urls;
pub mod welcome;
