//! The queue: at least once, with visibility, receive counts and dead letters, on disk.

mod message;
mod protocol;
mod store;

pub use message::{Message, Received};
pub use protocol::router;
pub(crate) use protocol::system_attributes;
pub use store::{Queue, Settings};

use std::io;
use std::path::Path;

/// The queues of one stack: one that works, and the one of its dead letters, `NAME-dead`.
#[derive(Debug, Clone)]
pub struct Queues {
    /// Where messages are sent.
    pub main: Queue,
    /// Where those go that were received too often.
    pub dead: Queue,
}

impl Queues {
    /// Opens both in `folder`.
    pub fn open(folder: &Path, name: &str, settings: Settings) -> io::Result<Self> {
        let dead_name = format!("{name}-dead");
        let dead = Queue::open(&folder.join(&dead_name), &dead_name, settings, None)?;
        let main = Queue::open(&folder.join(name), name, settings, Some(dead.clone()))?;
        Ok(Self { main, dead })
    }

    /// The queue of this name.
    pub fn get(&self, name: &str) -> Option<&Queue> {
        [&self.main, &self.dead]
            .into_iter()
            .find(|queue| queue.name() == name)
    }
}
