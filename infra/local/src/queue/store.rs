//! One queue: messages in memory over one file each. Layout and reasons: `infra/decisions/`, "A queue of our own".

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::Value;
use tokio::sync::Notify;
use tokio::time::Instant;

use super::message::{Message, Received};
use crate::account::{ACCOUNT, REGION};
use crate::clock;
use crate::files;
use crate::random;

/// How a queue behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// How long a received message stays hidden when its receiver does not say.
    pub visibility: Duration,
    /// After so many receipts without a deletion a message goes to the dead letters.
    pub max_receives: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            visibility: Duration::from_secs(30),
            max_receives: 5,
        }
    }
}

/// A handle on a queue; clones share it.
#[derive(Debug, Clone)]
pub struct Queue(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    name: String,
    folder: PathBuf,
    settings: Settings,
    dead_letters: Option<Queue>,
    state: Mutex<State>,
    /// Wakes receivers that wait: something was sent or came back.
    changed: Notify,
}

#[derive(Debug, Default)]
struct State {
    messages: BTreeMap<u64, Entry>,
    next_sequence: u64,
}

#[derive(Debug)]
struct Entry {
    message: Message,
    /// Hidden until then; what is in the past is free to receive.
    visible_at: Instant,
    /// The latest receipt's handle.
    handle: Option<String>,
}

/// How many messages a queue holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Free to receive.
    pub visible: usize,
    /// Received, not deleted, not back yet.
    pub in_flight: usize,
}

impl Queue {
    /// Reads what `folder` holds. What was in flight when the last process ended is free again: its receiver is gone.
    pub fn open(
        folder: &Path,
        name: &str,
        settings: Settings,
        dead_letters: Option<Queue>,
    ) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let mut state = State::default();
        let now = Instant::now();
        for path in files::with_extension(folder, "json")? {
            let message: Message = files::read_json(&path)?;
            state.next_sequence = state.next_sequence.max(message.sequence + 1);
            state.messages.insert(
                message.sequence,
                Entry {
                    message,
                    visible_at: now,
                    handle: None,
                },
            );
        }
        Ok(Self(Arc::new(Shared {
            name: name.to_owned(),
            folder: folder.to_owned(),
            settings,
            dead_letters,
            state: Mutex::new(state),
            changed: Notify::new(),
        })))
    }

    /// The queue's name.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// Its Amazon resource name.
    pub fn arn(&self) -> String {
        format!("arn:aws:sqs:{}:{}:{}", REGION, ACCOUNT, self.name())
    }

    /// How it behaves.
    pub fn settings(&self) -> Settings {
        self.0.settings
    }

    /// Where messages go that were received too often.
    pub fn dead_letters(&self) -> Option<&Queue> {
        self.0.dead_letters.as_ref()
    }

    /// Sends at once. Gives the message's id.
    pub fn send(&self, body: String) -> io::Result<String> {
        self.send_with(body, Extras::default())
    }

    /// Sends with what may be said beside the body.
    pub fn send_with(&self, body: String, extras: Extras) -> io::Result<String> {
        let Extras {
            attributes,
            group,
            delay,
        } = extras;
        let mut state = self.lock();
        let message = Message {
            id: random::hex::<16>(),
            body,
            attributes,
            sent: clock::now_millis(),
            first_received: None,
            receive_count: 0,
            sequence: state.next_sequence,
            group,
            dead_in: None,
        };
        let id = message.id.clone();
        self.insert(&mut state, message, delay)?;
        Ok(id)
    }

    /// Up to `max` messages, hidden for `visibility`; waits up to `wait` for the first one.
    pub async fn receive(
        &self,
        max: usize,
        visibility: Duration,
        wait: Duration,
    ) -> io::Result<Vec<Received>> {
        let deadline = Instant::now() + wait;
        loop {
            // Registered before looking, so that what is sent in between is not missed.
            let changed = self.0.changed.notified();
            let received = self.take(max, visibility)?;
            if !received.is_empty() || Instant::now() >= deadline {
                return Ok(received);
            }
            let next = self
                .next_visible()
                .map_or(deadline, |next| next.min(deadline));
            let _ = tokio::time::timeout_at(next, changed).await;
        }
    }

    /// Deletes the message of this receipt. False: the handle is void; the message may have been received anew.
    pub fn delete(&self, handle: &str) -> io::Result<bool> {
        let mut state = self.lock();
        let Some(sequence) = state.find(handle) else {
            return Ok(false);
        };
        fs::remove_file(self.file(sequence))?;
        state.messages.remove(&sequence);
        Ok(true)
    }

    /// The message of this receipt comes back after `visibility` from now. False: the handle is void.
    pub fn change_visibility(&self, handle: &str, visibility: Duration) -> bool {
        let mut state = self.lock();
        let Some(sequence) = state.find(handle) else {
            return false;
        };
        if let Some(entry) = state.messages.get_mut(&sequence) {
            entry.visible_at = Instant::now() + visibility;
        }
        drop(state);
        self.0.changed.notify_waiters();
        true
    }

    /// Deletes every message.
    pub fn purge(&self) -> io::Result<()> {
        let mut state = self.lock();
        while let Some((sequence, _)) = state.messages.pop_first() {
            fs::remove_file(self.file(sequence))?;
        }
        Ok(())
    }

    /// Moves every free message that came from `target` back there, counted as never received. Gives how many.
    pub fn give_back_to(&self, target: &Queue) -> io::Result<usize> {
        let moved = {
            let state = self.lock();
            let now = Instant::now();
            let free = state
                .messages
                .values()
                .filter(|entry| entry.visible_at <= now)
                .filter(|entry| {
                    let dead_in = entry.message.dead_in.as_deref();
                    dead_in.is_none_or(|name| name == target.name())
                });
            free.map(|entry| entry.message.clone()).collect::<Vec<_>>()
        };
        for message in &moved {
            self.hand_over(message.clone(), target, true)?;
        }
        Ok(moved.len())
    }

    /// How many messages there are.
    pub fn counts(&self) -> Counts {
        let state = self.lock();
        let now = Instant::now();
        let visible = state
            .messages
            .values()
            .filter(|entry| entry.visible_at <= now)
            .count();
        Counts {
            visible,
            in_flight: state.messages.len() - visible,
        }
    }

    fn take(&self, max: usize, visibility: Duration) -> io::Result<Vec<Received>> {
        let mut received = Vec::new();
        let mut dead = Vec::new();
        {
            let mut state = self.lock();
            let now = Instant::now();
            let mut seen = HashSet::new();
            while received.len() < max {
                let Some(entry) = state.next_in_turn(now, &seen) else {
                    break;
                };
                seen.insert(entry.message.sequence);
                if self.0.dead_letters.is_some()
                    && entry.message.receive_count >= self.0.settings.max_receives
                {
                    dead.push(entry.message.clone());
                    continue;
                }
                entry.message.receive_count += 1;
                entry
                    .message
                    .first_received
                    .get_or_insert_with(clock::now_millis);
                files::write_json(&self.file(entry.message.sequence), &entry.message)?;
                let handle = random::token::<24>();
                entry.visible_at = now + visibility;
                entry.handle = Some(handle.clone());
                received.push(Received {
                    message: entry.message.clone(),
                    handle,
                });
            }
        }
        if let Some(target) = &self.0.dead_letters {
            for message in dead {
                tracing::warn!(
                    queue = self.name(),
                    message = message.id,
                    "received too often: moved to the dead letters"
                );
                self.hand_over(message, target, false)?;
            }
        }
        Ok(received)
    }

    /// Written there before it is removed here: a crash in between doubles the message and never loses it.
    fn hand_over(&self, mut message: Message, target: &Queue, afresh: bool) -> io::Result<()> {
        let sequence = message.sequence;
        if afresh {
            message.receive_count = 0;
            message.first_received = None;
            message.dead_in = None;
        } else {
            message.dead_in = Some(self.name().to_owned());
        }
        {
            let mut there = target.lock();
            message.sequence = there.next_sequence;
            target.insert(&mut there, message, Duration::ZERO)?;
        }
        if self.lock().messages.remove(&sequence).is_some() {
            fs::remove_file(self.file(sequence))?;
        }
        Ok(())
    }

    fn insert(&self, state: &mut State, message: Message, delay: Duration) -> io::Result<()> {
        files::write_json(&self.file(message.sequence), &message)?;
        state.next_sequence = message.sequence + 1;
        let visible_at = Instant::now() + delay;
        state.messages.insert(
            message.sequence,
            Entry {
                message,
                visible_at,
                handle: None,
            },
        );
        self.0.changed.notify_waiters();
        Ok(())
    }

    fn next_visible(&self) -> Option<Instant> {
        self.lock()
            .messages
            .values()
            .map(|entry| entry.visible_at)
            .min()
    }

    fn file(&self, sequence: u64) -> PathBuf {
        self.0.folder.join(format!("{sequence:016x}.json"))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Files change before the index does: a panic in between leaves the index as the files were.
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What may be said of a message beside its body.
#[derive(Debug, Default)]
pub struct Extras {
    /// `MessageAttributes`, handed on unread.
    pub attributes: Option<Value>,
    /// `MessageGroupId`: in whose name it is sent.
    pub group: Option<String>,
    /// Nobody receives it before.
    pub delay: Duration,
}

impl State {
    /// The free message whose group has least in receivers' hands, the oldest of those; one without a group waits for nobody. `seen` are passed
    /// over.
    fn next_in_turn(&mut self, now: Instant, seen: &HashSet<u64>) -> Option<&mut Entry> {
        let mut in_hand: HashMap<&str, usize> = HashMap::new();
        let is_free = |entry: &Entry| entry.visible_at <= now;
        for entry in self.messages.values() {
            if let Some(group) = entry.message.group.as_deref()
                && !is_free(entry)
            {
                *in_hand.entry(group).or_default() += 1;
            }
        }
        let next = self
            .messages
            .values()
            .filter(|entry| is_free(entry) && !seen.contains(&entry.message.sequence))
            .min_by_key(|entry| {
                let group = entry.message.group.as_deref();
                let in_hand = group.and_then(|group| in_hand.get(group));
                (in_hand.copied().unwrap_or(0), entry.message.sequence)
            })?
            .message
            .sequence;
        self.messages.get_mut(&next)
    }

    fn find(&self, handle: &str) -> Option<u64> {
        let holds = |entry: &&Entry| entry.handle.as_deref() == Some(handle);
        self.messages
            .values()
            .find(holds)
            .map(|entry| entry.message.sequence)
    }
}
