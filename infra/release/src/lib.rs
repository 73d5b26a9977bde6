//! Releases of the page. Whoever can change what browsers load can have people sign what they did not mean, so a release is a list of the
//! page's bytes, signed away from where the page is served, and anybody can hold an address to it.

mod list;
mod policy;
mod served;
mod verify;

pub use list::{ListError, list_page};
pub use policy::{DEPLOYMENTS_OWN, POLICY, directives};
pub use served::{NotServed, Served};
pub use verify::{Difference, Released, SIGNED_LIST, VerifyError, verify_page};
