//! The demo PKI: made once at first start, in `pki/` of the state folder. Nothing of it is trusted anywhere else.
//!
//! `root.pem` signs `issuing.pem`, which signs people. `crls.pem` holds one list of each. `people/` has a certificate
//! with its chain, and the key, of each ARO: for signing outside of the page. `faults/` (only with test controls on)
//! has certificates that must be refused, one reason each.

mod authority;
mod fault;
mod faults;
mod signer;
mod subject;

pub use authority::{Authority, Error, Issued};
pub use fault::Fault;
pub use faults::{faulty_certificates, open_with_faults};
pub use signer::Signer;
