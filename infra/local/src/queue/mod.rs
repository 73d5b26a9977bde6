//! The queue: at least once, with visibility, receive counts and dead letters, on disk.

mod message;
mod protocol;
mod store;

pub use message::{Message, Received};
pub use protocol::router;
pub(crate) use protocol::system_attributes;
pub use store::{Extras, Queue, Settings};

use std::io;
use std::path::Path;

use crate::account::{DECISIONS_QUEUE, QUEUE, REQUESTS_QUEUE};

/// The queues of one stack: three that work, and the one of their dead letters, `sluice-intake-dead`.
#[derive(Debug, Clone)]
pub struct Queues {
    /// Where storage and `intake` itself send.
    pub intake: Queue,
    /// Where `review` sends.
    pub decisions: Queue,
    /// Where `api` and `review` send changes of the directory.
    pub requests: Queue,
    /// Where those go that were received too often.
    pub dead: Queue,
}

impl Queues {
    /// Opens all of them in `folder`.
    pub fn open(folder: &Path, settings: Settings) -> io::Result<Self> {
        let open = |name: &str, dead| Queue::open(&folder.join(name), name, settings, dead);
        let dead = open(&format!("{QUEUE}-dead"), None)?;
        Ok(Self {
            intake: open(QUEUE, Some(dead.clone()))?,
            decisions: open(DECISIONS_QUEUE, Some(dead.clone()))?,
            requests: open(REQUESTS_QUEUE, Some(dead.clone()))?,
            dead,
        })
    }

    /// Each of them.
    pub fn all(&self) -> [&Queue; 4] {
        let [intake, decisions, requests] = self.working();
        [intake, decisions, requests, &self.dead]
    }

    /// Those that feed `intake`.
    pub fn working(&self) -> [&Queue; 3] {
        [&self.intake, &self.decisions, &self.requests]
    }

    /// The queue of this name.
    pub fn get(&self, name: &str) -> Option<&Queue> {
        self.all().into_iter().find(|queue| queue.name() == name)
    }

    /// Every dead letter goes back to the queue that it came from.
    pub fn redrive(&self) -> io::Result<()> {
        self.working()
            .into_iter()
            .try_for_each(|queue| self.dead.give_back_to(queue).map(drop))
    }
}
