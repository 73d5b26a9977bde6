//! Sluice's page: a client-side app in which Users check, sign and send their files.

pub mod keep;
pub mod key;
