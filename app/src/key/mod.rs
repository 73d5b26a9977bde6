//! Signing keys in this browser: made here, or imported, never to be extracted.

mod authority;
mod decision;
mod installed;
mod pkcs12;
mod store;
mod times;
mod webcrypto;

pub use authority::{IssueError, ask as ask_authority};
pub(crate) use decision::sign_statement_here;
pub use decision::{Statement, sign_statement};
pub use installed::{
    InstalledKey, KeyError, KeyState, import, install, make, read_certificate, remove, sign, state,
};
pub(crate) use installed::{KeyFiles, make_here};
pub use pkcs12::Pkcs12Error;
pub use store::{KeptKey, KeyProgress, progress};
pub use times::Validity;
pub use webcrypto::CryptoError;
