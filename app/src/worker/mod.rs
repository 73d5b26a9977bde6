//! Reading, checking and hashing files away from the page.
//!
//! The worker runs the same WebAssembly module as the page. Every [`Task`] has a [`TaskId`], which its progress and its answer carry: what
//! nobody waits for any more reaches nobody. The worker keeps the file that it read last, under the id of the task that read it, so
//! that the page can ask for its lines and for a verdict; whoever asks names the file that is meant.

mod arriving;
mod check;
mod client;
mod doing;
mod findings_file;
mod judge;
mod kept;
mod lines;
mod pieces;
mod reading_along;
mod serve;
mod signed;
mod waiting;

pub use check::{Checked, UNREADABLE};
pub use client::{Asked, WorkerError, ask, ask_for_text, end, stop, warm_up};
pub use judge::{Judged, Signed};
pub use serve::{answer, serve};
pub use waiting::TaskId;

use serde::{Deserialize, Serialize};
use sluice_shared::{
    files::{FileKind, Sender},
    instant::UtcTime,
    profile::Profile,
};

/// What the worker can be asked to do.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "task", rename_all = "kebab-case")]
pub enum Task {
    /// Read, check and hash the attached file (and detached signature). Answer: [`Checked`].
    Check {
        file_name: String,
        /// What people say that it is. Where its content or its name says something else, that counts.
        said_to_be: Option<FileKind>,
        sender: Sender,
        /// By whose limits it is read.
        profile: Box<Profile>,
        /// The time to check against.
        now: UtcTime,
    },
    /// Judge a file by what the service knows. Attached, as the service answered them: `GET /known/…` for the file's kind, and for an
    /// exit file the pages of its events, in their order. Answer: [`Judged`].
    Judge {
        /// The task that read it.
        file: TaskId,
        /// The service's profile. Where the file was read by another, it is read again.
        profile: Box<Profile>,
        /// The time by the service's clock.
        now: UtcTime,
    },
    /// Take the attached signature for a file, or take its signature away, and judge it as before. Answer: [`Signed`].
    Sign {
        /// The task that read it.
        file: TaskId,
        /// The time by the service's clock.
        now: UtcTime,
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
            Self::Judge { .. } => "judging a file",
            Self::Sign { .. } => "judging a file with its signature",
            Self::Lines { .. } => "finding lines of a file",
            Self::AllFindings { .. } => "writing all findings",
        }
    }
}
