//! The first record of a submission, which `intake` makes when its file arrives.
use super::{Submissions, item, partition};
use crate::stores::{
    StoreError, SubmissionRecord, Transaction,
    item::{Condition, blob_item},
};
use sluice_shared::identifiers::SubmissionId;

impl Submissions {
    /// Writes a record, with the signature that was announced with it. The transaction fails if there is a record of it already.
    pub fn create(
        &self,
        transaction: &mut Transaction,
        record: &SubmissionRecord,
        signature: Option<&[u8]>,
    ) -> Result<(), StoreError> {
        transaction.put(&self.table, item(record)?, Some(Condition::absent()));
        if let Some(signature) = signature {
            let pk = partition(&record.id);
            let blob = blob_item(&pk, "SIGNATURE", signature, record.expires());
            transaction.put(&self.table, blob, None);
        }
        Ok(())
    }

    /// Lets a transaction fail if there is a record of a submission.
    pub fn not_arrived(&self, transaction: &mut Transaction, id: &SubmissionId) {
        let pk = partition(id);
        transaction.check(&self.table, (&pk, "META"), Condition::absent());
    }
}
