//! One submission at a time decides in an event.
use aws_sdk_dynamodb::{
    error::SdkError,
    operation::update_item::UpdateItemError,
    types::{TransactWriteItem, Update},
};
use sluice_shared::identifiers::{QuarantineEventRef, SubmissionId};

use super::{Quarantine, partition};
use crate::stores::{StoreError, item::text};

/// Names the submission whose decisions are being recorded.
pub(super) const ATTRIBUTE: &str = "decidingFor";

impl Quarantine {
    /// Locks an event for a submission; harmless if it is locked for that one already.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if it is locked for another submission, or does not exist.
    pub async fn lock(
        &self,
        reference: &QuarantineEventRef,
        submission: &SubmissionId,
    ) -> Result<(), StoreError> {
        self.table
            .client
            .update_item()
            .table_name(&self.table.name)
            .key("pk", text(partition(reference)))
            .key("sk", text("META"))
            .update_expression("SET decidingFor = :submission")
            .condition_expression(
                "attribute_exists(pk) AND (attribute_not_exists(decidingFor) OR decidingFor = :submission)",
            )
            .expression_attribute_values(":submission", text(submission.to_string()))
            .send()
            .await
            .map(drop)
            .map_err(|error| update_error("lock a quarantine event", error))
    }

    /// Releases the lock, if this submission holds it.
    pub async fn unlock(
        &self,
        reference: &QuarantineEventRef,
        submission: &SubmissionId,
    ) -> Result<(), StoreError> {
        let removed = self
            .table
            .client
            .update_item()
            .table_name(&self.table.name)
            .key("pk", text(partition(reference)))
            .key("sk", text("META"))
            .update_expression("REMOVE decidingFor")
            .condition_expression("decidingFor = :submission")
            .expression_attribute_values(":submission", text(submission.to_string()))
            .send()
            .await
            .map_err(|error| update_error("unlock a quarantine event", error));
        match removed {
            Ok(_) | Err(StoreError::Conflict(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Releasing the lock, for a transaction; it fails unless this submission holds it.
    pub(crate) fn unlock_part(
        &self,
        reference: &QuarantineEventRef,
        submission: &SubmissionId,
    ) -> TransactWriteItem {
        let update = Update::builder()
            .table_name(&self.table.name)
            .key("pk", text(partition(reference)))
            .key("sk", text("META"))
            .update_expression("REMOVE decidingFor")
            .condition_expression("decidingFor = :submission")
            .expression_attribute_values(":submission", text(submission.to_string()))
            .build()
            .expect("table, key and expression are set");
        TransactWriteItem::builder().update(update).build()
    }
}

fn update_error(what: &'static str, error: SdkError<UpdateItemError>) -> StoreError {
    if error
        .as_service_error()
        .is_some_and(UpdateItemError::is_conditional_check_failed_exception)
    {
        StoreError::Conflict(what)
    } else {
        StoreError::aws(what, error)
    }
}
