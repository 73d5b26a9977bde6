//! What can go wrong between a store and DynamoDB.
use std::{error::Error, fmt};

use aws_sdk_dynamodb::{
    error::{DisplayErrorContext, SdkError},
    operation::transact_write_items::TransactWriteItemsError,
};

/// A store's failure. Its text is for the log, never for a caller.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A condition did not hold: somebody else changed the record first. Read it again before deciding what to do.
    #[error("{0}: the record changed meanwhile")]
    Conflict(&'static str),
    /// DynamoDB refused or could not be reached, after the client's own retries.
    #[error("could not {what}: {cause}")]
    Unavailable {
        /// What was tried.
        what: &'static str,
        /// The whole chain of causes.
        cause: String,
    },
    /// More than one transaction can write; a file that would need it has a finding before it comes to this.
    #[error("{what}: {parts} parts of {bytes} bytes, the largest of {largest}, are more than a transaction takes")]
    TooLarge {
        /// What was tried.
        what: &'static str,
        /// Writes and checks.
        parts: usize,
        /// Bytes of all items.
        bytes: usize,
        /// Bytes of the largest item.
        largest: usize,
    },
    /// An item is not what this code writes.
    #[error("the item {key} cannot be read: {reason}")]
    Corrupt {
        /// Its key.
        key: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl StoreError {
    pub(crate) fn aws<E>(what: &'static str, error: E) -> Self
    where
        E: Error + Send + Sync + 'static,
    {
        Self::Unavailable {
            what,
            cause: format!("{}", DisplayErrorContext(error)),
        }
    }

    pub(crate) fn corrupt(key: impl fmt::Display, reason: impl fmt::Display) -> Self {
        Self::Corrupt {
            key: key.to_string(),
            reason: reason.to_string(),
        }
    }

    /// A cancelled transaction is a conflict, unless DynamoDB cancelled it for want of capacity or the like.
    pub(crate) fn transaction(
        what: &'static str,
        error: SdkError<TransactWriteItemsError>,
    ) -> Self {
        let conflict = error.as_service_error().is_some_and(|error| match error {
            TransactWriteItemsError::TransactionCanceledException(cancelled) => {
                cancelled.cancellation_reasons().iter().any(|reason| {
                    matches!(
                        reason.code(),
                        Some("ConditionalCheckFailed" | "TransactionConflict")
                    )
                })
            }
            _ => false,
        });
        if conflict {
            Self::Conflict(what)
        } else {
            Self::aws(what, error)
        }
    }
}
