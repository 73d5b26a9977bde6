//! What both measuring programs need: quarantine events of any size, files about them, signatures, and figures in `cargo xtask figures`'
//! form.
//!
//! `sluice-functions-figures` measures the functions as they are deployed, each as a process of its own; `sluice-load` measures a running
//! stack from outside.

mod event;
mod figure;
mod submission;
mod times;

pub use event::{HeldEvent, NETWORK, Owner, SUPPLIER};
pub use figure::{Aim, Figure, grouped};
pub use submission::SignedFile;
pub use times::Times;

/// Why a measuring program stops. It says so to a person, who starts it again.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;
