//! One submission at a time decides in an event.
use aws_sdk_dynamodb::types::{TransactWriteItem, Update};
use sluice_shared::identifiers::{QuarantineEventRef, SubmissionId};

use super::{Quarantine, partition};
use crate::stores::{
    StoreError,
    item::{text, transact},
};

/// Names the submission whose decisions are being recorded.
pub(super) const ATTRIBUTE: &str = "decidingFor";

impl Quarantine {
    /// Locks an event for a submission; harmless if it is locked for that one already. `unchanged` is the condition that
    /// the submission is as it was read: a late delivery of one that is settled must not lock what nobody unlocks.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if it is locked for another submission or does not exist, or the submission changed.
    pub(crate) async fn lock(
        &self,
        reference: &QuarantineEventRef,
        submission: &SubmissionId,
        unchanged: TransactWriteItem,
    ) -> Result<(), StoreError> {
        let lock = self.update_part(
            reference,
            submission,
            "SET decidingFor = :submission",
            "attribute_exists(pk) AND (attribute_not_exists(decidingFor) OR decidingFor = :submission)",
        );
        let parts = vec![lock, unchanged];
        transact(&self.table.client, "lock a quarantine event", parts).await
    }

    /// Releasing the lock, for the transaction that ends what it was for; it fails unless this submission holds it.
    pub(crate) fn unlock_part(
        &self,
        reference: &QuarantineEventRef,
        submission: &SubmissionId,
    ) -> TransactWriteItem {
        self.update_part(
            reference,
            submission,
            "REMOVE decidingFor",
            "decidingFor = :submission",
        )
    }

    fn update_part(
        &self,
        reference: &QuarantineEventRef,
        submission: &SubmissionId,
        update: &str,
        condition: &str,
    ) -> TransactWriteItem {
        let update = Update::builder()
            .table_name(&self.table.name)
            .key("pk", text(partition(reference)))
            .key("sk", text("META"))
            .update_expression(update)
            .condition_expression(condition)
            .expression_attribute_values(":submission", text(submission.to_string()))
            .build()
            .expect("table, key and expression are set");
        TransactWriteItem::builder().update(update).build()
    }
}
