//! The first record of a submission, which `intake` makes when its file arrives.
use super::{Submissions, item, partition, partition_of};
use crate::stores::{
    StoreError, SubmissionRecord, Transaction,
    item::{Condition, blob_item},
};
use sluice_shared::identifiers::{OrganisationId, SubmissionId};

impl Submissions {
    /// Writes a record, with whose it is and the signature that was announced with it. The transaction fails if there is a record of
    /// this reference already.
    pub fn create(
        &self,
        transaction: &mut Transaction,
        record: &SubmissionRecord,
        signature: Option<&[u8]>,
    ) -> Result<(), StoreError> {
        transaction.put(&self.table, item(record)?, Some(Condition::absent()));
        self.put_owner(transaction, record);
        if let Some(signature) = signature {
            let pk = partition_of(record);
            let blob = blob_item(&pk, "SIGNATURE", signature, record.expires());
            transaction.put(&self.table, blob, None);
        }
        Ok(())
    }

    /// Lets a transaction fail if there is a record of a submission.
    pub fn not_arrived(
        &self,
        transaction: &mut Transaction,
        organisation: &OrganisationId,
        id: &SubmissionId,
    ) {
        let pk = partition(organisation, id);
        transaction.check(&self.table, (&pk, "META"), Condition::absent());
    }
}
