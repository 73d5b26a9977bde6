//! Why `intake` could not finish a record.
use super::event;
use crate::{ReceiptError, inbox::InboxError, queue::QueueError, stores::StoreError};

/// Why a record could not be finished. It is tried again, and in the end goes to the dead letters.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// Nobody of ours wrote the message.
    #[error(transparent)]
    Message(#[from] event::UnknownMessage),
    /// A table failed, or somebody else was at the same record at the same time.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The bucket failed.
    #[error(transparent)]
    Inbox(#[from] InboxError),
    /// A receipt could not be put together.
    #[error(transparent)]
    Receipt(#[from] ReceiptError),
    /// The queue did not take a message.
    #[error(transparent)]
    Queue(#[from] QueueError),
    /// A submission is announced in the name of somebody who may not send it; a person has to look at how it came there.
    #[error("{0}")]
    Sender(String),
    /// What was announced of a submission cannot be so; a person has to look at how it came there.
    #[error("{0}")]
    Announcement(String),
    /// A decision of somebody who may not decide, or who did not sign it; a person has to look at how it came there.
    #[error("{0}")]
    Decision(String),
    /// A change of the directory that nobody who may asked for, or that they did not sign; a person has to look at how it came there.
    #[error("{0}")]
    Change(String),
    /// A revocation list of ours is missing or out of date, so that a signature cannot be verified.
    #[error("{0}")]
    Trust(String),
    /// Something that must be so is not; a person has to look.
    #[error("{0}")]
    Unexpected(String),
}

impl IntakeError {
    /// A stable name of what went wrong: with it in the log, under the message's id, a dead letter can be looked up.
    pub const fn reason(&self) -> &'static str {
        match self {
            Self::Message(_) => "unknown-message",
            Self::Store(StoreError::Conflict(_)) => "tables-conflict",
            Self::Store(StoreError::Unavailable { .. }) => "tables-unavailable",
            Self::Store(StoreError::Corrupt { .. }) => "tables-corrupt",
            Self::Store(StoreError::TooLarge { .. }) => "tables-too-large",
            Self::Inbox(InboxError::Missing(_)) => "inbox-missing",
            Self::Inbox(InboxError::Unavailable { .. } | InboxError::NotReadHere) => {
                "inbox-unavailable"
            }
            Self::Receipt(_) => "receipt",
            Self::Queue(_) => "queue",
            Self::Sender(_) => "sender-may-not-send",
            Self::Announcement(_) => "announcement-does-not-hold",
            Self::Decision(_) => "decision-counts-for-nothing",
            Self::Change(_) => "change-counts-for-nothing",
            Self::Trust(_) => "trust-fault",
            Self::Unexpected(_) => "unexpected",
        }
    }
}
