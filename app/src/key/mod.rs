//! Signing keys in this browser.

mod pkcs12;
mod store;
pub mod webcrypto;

pub use pkcs12::Pkcs12Error;
pub use store::{KeptKey, load, remove, save};
