//! What can go wrong between a store and DynamoDB.
use std::{error::Error, fmt};

use aws_sdk_dynamodb::{
    config::http::HttpResponse,
    error::{ProvideErrorMetadata, SdkError},
    operation::transact_write_items::TransactWriteItemsError,
};

use crate::call_failure::CallFailure;

/// A store's failure. Its text is for the log, never for a caller, and quotes no item.
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
        /// What may be said of the call.
        cause: CallFailure,
    },
    /// More than one transaction can write; a file that would need it has a finding before it comes to this.
    #[error(
        "{what}: {parts} parts of {bytes} bytes, the largest of {largest}, are more than a transaction takes"
    )]
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
        reason: Unreadable,
    },
}

/// Why an item cannot be read. It is made of fixed words and places alone: errors of parsers quote the value that they met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable(String);

impl fmt::Display for Unreadable {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl From<&'static str> for Unreadable {
    fn from(words: &'static str) -> Self {
        Self(words.to_owned())
    }
}

impl From<serde_json::Error> for Unreadable {
    fn from(error: serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        Self(match error.classify() {
            serde_json::error::Category::Data => {
                format!("its JSON is not such a record, line {line}, column {column}")
            }
            _ => format!("it is not JSON, line {line}, column {column}"),
        })
    }
}

impl From<serde_dynamo::Error> for Unreadable {
    fn from(_quotes_values: serde_dynamo::Error) -> Self {
        Self::from("its attributes are not those of such a record")
    }
}

impl StoreError {
    pub(crate) fn aws<E>(what: &'static str, error: &SdkError<E, HttpResponse>) -> Self
    where
        E: ProvideErrorMetadata + Error + 'static,
    {
        Self::Unavailable {
            what,
            cause: CallFailure::from_sdk(error),
        }
    }

    pub(crate) fn corrupt(key: impl fmt::Display, reason: impl Into<Unreadable>) -> Self {
        Self::Corrupt {
            key: key.to_string(),
            reason: reason.into(),
        }
    }

    /// A cancelled transaction is a conflict, unless DynamoDB cancelled it for want of capacity or the like.
    pub(crate) fn transaction(
        what: &'static str,
        error: &SdkError<TransactWriteItemsError, HttpResponse>,
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
