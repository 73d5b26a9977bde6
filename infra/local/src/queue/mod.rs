//! The queue: at least once, with visibility, receive counts and dead letters, on disk.

mod message;
mod protocol;
mod store;

pub use message::{Message, Received};
pub use protocol::router;
pub(crate) use protocol::system_attributes;
pub use store::{Queue, Settings};

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// The account that queue addresses name.
pub const ACCOUNT: &str = "000000000000";

/// The queues of one stack, by name.
#[derive(Debug, Clone)]
pub struct Queues(Arc<BTreeMap<String, Queue>>);

impl Queues {
    /// Opens the queue `name` and the queue of its dead letters, `NAME-dead`.
    pub fn open(folder: &Path, name: &str, settings: Settings) -> io::Result<Self> {
        let dead_name = format!("{name}-dead");
        let dead = Queue::open(&folder.join(&dead_name), &dead_name, settings, None)?;
        let main = Queue::open(&folder.join(name), name, settings, Some(dead.clone()))?;
        Ok(Self(Arc::new([(name.to_owned(), main), (dead_name, dead)].into())))
    }

    /// The queue of this name.
    pub fn get(&self, name: &str) -> Option<&Queue> {
        self.0.get(name)
    }

    /// Names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The queue whose dead letters `dead` takes.
    pub fn source_of(&self, dead: &Queue) -> Option<&Queue> {
        self.0.values().find(|queue| queue.dead_letters().is_some_and(|target| target.name() == dead.name()))
    }
}
