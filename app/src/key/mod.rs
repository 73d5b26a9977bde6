//! Signing keys in this browser: made here, or imported, never to be extracted.

mod authority;
mod decision;
mod installed;
mod pkcs12;
mod store;
mod times;
mod webcrypto;

pub use authority::{IssueError, ask as ask_authority};
pub use decision::sign_decision;
pub(crate) use decision::sign_decision_here;
pub(crate) use installed::KeyFiles;
pub use installed::{InstalledKey, KeyError, KeyState, import, install, make, remove, sign, state};
pub use pkcs12::Pkcs12Error;
pub use store::{KeptKey, KeyProgress, certificate_times, progress};
pub use times::{CertificateTimes, Validity};
pub use webcrypto::CryptoError;
