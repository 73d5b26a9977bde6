//! Finding what the build needs on this machine, and installing what is missing where we may.

pub(crate) mod apt;
pub(crate) mod chromium;
pub(crate) mod firefox;
pub(crate) mod localstack;
pub(crate) mod node;
pub(crate) mod npm;
pub(crate) mod python;
pub(crate) mod wasm_target;
