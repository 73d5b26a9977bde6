//! Signing keys in this browser: made here, or imported, never to be extracted.

mod authority;
mod installed;
mod pkcs12;
mod store;
mod webcrypto;

pub use authority::{IssueError, ask as ask_authority};
pub use installed::{
    InstalledKey, KeyError, KeyState, Validity, import, install, installed, make, remove, sign,
    state,
};
pub use pkcs12::Pkcs12Error;
pub use store::KeptKey;
pub use webcrypto::CryptoError;
