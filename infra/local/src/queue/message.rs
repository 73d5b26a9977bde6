//! A message: what is kept on disk, and what a receiver sees.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A message in a queue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// Unique; chosen by the queue.
    pub id: String,
    /// As the sender gave it.
    pub body: String,
    /// `MessageAttributes` as they came, handed on unread.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attributes: Option<Value>,
    /// Unix milliseconds.
    pub sent: i64,
    /// Unix milliseconds; none: never received.
    pub first_received: Option<i64>,
    /// How often it was received.
    pub receive_count: u32,
    /// Order of arrival in this queue.
    pub sequence: u64,
    /// `MessageGroupId`: in whose name it was sent; of those with one, who has least under way is handed over first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Of a dead letter: the queue that it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dead_in: Option<String>,
}

/// A message in the hands of a receiver.
#[derive(Debug, Clone, PartialEq)]
pub struct Received {
    /// The message, its receive count including this receipt.
    pub message: Message,
    /// Names this receipt: deletes the message or changes when it comes back. A later receipt makes it void.
    pub handle: String,
}
