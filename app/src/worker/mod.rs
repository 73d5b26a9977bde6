//! Reading, checking and hashing files away from the page.
//!
//! The worker runs the same WebAssembly module as the page. Every [`Task`] has a [`TaskId`], which its progress and its answer carry: what
//! nobody waits for any more reaches nobody. The worker keeps the file that it read last, under the id of the task that read it, so
//! that the page can ask for its lines and for a check against what is held; whoever asks names the file that is meant.

mod check;
mod client;
mod doing;
mod findings_file;
mod form;
mod held;
mod in_force;
mod lines;
mod reader;
mod serve;
mod signed;
mod waiting;

pub use check::{Checked, Content};
pub use client::{Asked, WorkerError, ask, ask_for_text, end, stop, warm_up};
pub use form::FileForm;
pub use held::HeldChecked;
pub use lines::Line;
pub use serve::{answer, serve};
pub use waiting::TaskId;

use serde::{Deserialize, Serialize};
use sluice_shared::{
    api::QuarantineEventView,
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
    },
    /// Check an ADT file beside what is in force, to tell `7.1` from a damaged `7.10`. Answer: its findings, in place of those before.
    InForce {
        /// The task that read it.
        file: TaskId,
        /// What is limited now.
        keys: Vec<(Eui64, SrvOrAll, Period)>,
    },
    /// Check an exit file against these events. The pages of their communications are attached, event by event, as the service
    /// answered them. Answer: [`HeldChecked`].
    Held {
        /// The task that read it.
        file: TaskId,
        /// The events that the service knows.
        events: Vec<QuarantineEventView>,
    },
    /// Lines of a file. Answer: `Vec<Line>`.
    Lines {
        /// The task that read it.
        file: TaskId,
        /// The line in the middle, from 1.
        line: u64,
        /// How many before and after it.
        around: u64,
    },
    /// Every finding about a file, however many there are, as CSV. Answer: text.
    AllFindings {
        /// The task that read it.
        file: TaskId,
    },
}

impl Task {
    /// What is being done, for whoever reads a report.
    fn doing(&self) -> &'static str {
        match self {
            Self::Check { .. } => "reading a file",
            Self::InForce { .. } => "comparing a file with what is in force",
            Self::Held { .. } => "comparing a file with what is held",
            Self::Lines { .. } => "finding lines of a file",
            Self::AllFindings { .. } => "writing all findings",
        }
    }
}
