//! Who may do what to the tables: sessions that `AssumeRole` gives, and what their policies allow.
//!
//! The account's own credential may do everything here, as roles are the template's and not this stack's. A session may do what its
//! policy allows, as in AWS: so whatever the functions do for an organisation is held to that by every test and by everybody who tries.
pub mod call;
pub mod policy;
mod sessions;
mod sts;

pub(crate) use sessions::{Sessions, layer};
pub(crate) use sts::router;

/// The role that the function `api` takes on here.
pub const TENANT_ROLE: &str = "arn:aws:iam::000000000000:role/sluice-tenant";
