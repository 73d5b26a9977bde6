//! One submission at a time decides in an event.
use sluice_shared::identifiers::QuarantineEventRef;

use super::{Quarantine, partition};
use crate::stores::{
    StoreError, SubmissionRecord, Submissions, Transaction,
    item::{Condition, Item, text},
};

/// Names the submission whose decisions are being recorded.
pub(super) const ATTRIBUTE: &str = "decidingFor";

impl Quarantine {
    /// Locks an event of its organisation for a submission; harmless if it is locked for that one already. It fails unless the submission is as
    /// it was read: a late delivery of one that is settled must not lock what nobody unlocks.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if it is locked for another submission or does not exist, or the submission changed.
    pub async fn lock(
        &self,
        reference: &QuarantineEventRef,
        submissions: &Submissions,
        record: &SubmissionRecord,
    ) -> Result<(), StoreError> {
        let mut transaction = Transaction::new("lock a quarantine event");
        self.set_lock(
            &mut transaction,
            reference,
            record,
            "SET decidingFor = :submission",
            "attribute_exists(pk) AND (attribute_not_exists(decidingFor) OR decidingFor = :submission)",
        );
        submissions.unchanged(&mut transaction, record);
        transaction.commit().await
    }

    /// Releases the lock, in the transaction that ends what it was for; that fails unless this submission holds it.
    pub fn unlock(
        &self,
        transaction: &mut Transaction,
        reference: &QuarantineEventRef,
        record: &SubmissionRecord,
    ) {
        self.set_lock(
            transaction,
            reference,
            record,
            "REMOVE decidingFor",
            "decidingFor = :submission",
        );
    }

    fn set_lock(
        &self,
        transaction: &mut Transaction,
        reference: &QuarantineEventRef,
        record: &SubmissionRecord,
        update: &str,
        expression: &'static str,
    ) {
        let values = Item::from([(":submission".to_owned(), text(record.id.to_string()))]);
        let condition = Condition { expression, values };
        let pk = partition(&record.organisation, reference);
        transaction.update(&self.table, (&pk, "META"), update, condition);
    }
}
