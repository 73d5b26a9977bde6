//! What tests and the load driver share: a typed client of the API, and folders that go away.
//!
//! A crate of its own, since the client needs `reqwest` and the stack does not: in `sluice-local` whoever starts a stack would wait for
//! it. It depends on `sluice-shared` alone, so that it is built beside `sluice-functions` and not after it. What signs files is
//! `sluice_local::pki::Signer`: the stack signs its samples with it.

mod announcement;
mod client;
mod client_error;
mod connection;
mod test_folder;

pub use announcement::{announcement, detached};
pub use client::{Client, put_file};
pub use client_error::ClientError;
pub use test_folder::TestFolder;
