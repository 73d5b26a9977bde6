//! The embedded stack: everything that Sluice runs on, in one process on loopback.
//!
//! - [`s3`], [`queue`] and the tables are engines that the functions reach through the AWS SDK alone;
//! - [`origin`] says who may speak with whom.

pub mod clock;
mod files;
mod html;
pub mod identity;
pub mod origin;
pub mod queue;
mod random;
pub mod s3;
pub mod demo;
pub mod pki;
