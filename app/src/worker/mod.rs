//! Reading, checking and hashing files away from the page.
//!
//! The worker runs the same WebAssembly module as the page. It is asked one [`Task`] at a time and keeps the file that it
//! read last, so that the page can ask for its lines and for a check against what is held.

mod check;
mod client;
mod findings_file;
mod held;
mod lines;
mod reader;
mod serve;
mod signed;

pub use check::{Checked, Content};
pub use client::{Asked, WorkerError, ask, ask_for_text, stop, warm_up};
pub use held::HeldChecked;
pub use lines::Line;
pub use serve::{answer, serve};

use serde::{Deserialize, Serialize};
use sluice_shared::{
    api::{HeldPageView, QuarantineEventView},
    files::Sender,
    identifiers::{Eui64, SrvOrAll},
    instant::UtcTime,
    thresholds::Period,
};

/// What the worker can be asked to do.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "task", rename_all = "kebab-case")]
pub enum Task {
    /// Read, check and hash the attached file (and detached signature). Answer: [`Checked`].
    Check {
        /// The file's name.
        file_name: String,
        /// Who sends it.
        sender: Sender,
        /// The time to check against.
        now: UtcTime,
        /// What is in force, to tell `7.1` from a damaged `7.10`.
        in_force: Vec<(Eui64, SrvOrAll, Period)>,
    },
    /// Check the exit file that was read last against these events. Answer: [`HeldChecked`].
    Held {
        /// The events that the service knows, with all their pages.
        events: Vec<(QuarantineEventView, Vec<HeldPageView>)>,
    },
    /// Lines of the file that was read last. Answer: `Vec<Line>`.
    Lines {
        /// The line in the middle, from 1.
        line: u64,
        /// How many before and after it.
        around: u64,
    },
    /// Every finding about the file that was read last, however many there are, as CSV. Answer: text.
    AllFindings,
}
