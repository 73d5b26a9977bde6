//! What a file would change, twice: what reviewers decide by and `intake` keeps lies where no right that is given by organisation reaches;
//! what its sender may see of it lies with the submission, and is dropped after a while. So the public function has no threshold that
//! was not accepted for longer than somebody needs it.
use serde::{Serialize, de::DeserializeOwned};
use sluice_shared::{api::SubmissionChanges, identifiers::SubmissionId, instant::UtcTime};
use time::Duration;

use super::{SubmissionRecord, Submissions, partition_of};
use crate::stores::{Partition, StoreError, Transaction, chunks};

/// How long the sender may read what was not accepted.
const TOLD: Duration = Duration::days(30);

const EVIDENCE: &str = "EVIDENCE";
const CHANGES: &str = "CHANGES";

impl Submissions {
    /// What `intake` put aside for a reviewer.
    pub async fn evidence<T: DeserializeOwned>(
        &self,
        record: &SubmissionRecord,
    ) -> Result<Option<T>, StoreError> {
        chunks::read_chunks(&self.table, &out_of_reach(&record.id), EVIDENCE).await
    }

    /// What a rejected file would have changed, where that was told.
    pub async fn rejected_changes(
        &self,
        record: &SubmissionRecord,
    ) -> Result<Option<SubmissionChanges>, StoreError> {
        chunks::read_chunks(&self.table, &out_of_reach(&record.id), CHANGES).await
    }

    /// What a file changes or would have changed, as far as its sender is still told.
    pub async fn told_changes(
        &self,
        record: &SubmissionRecord,
        now: UtcTime,
    ) -> Result<Option<SubmissionChanges>, StoreError> {
        chunks::read_kept(&self.table, &partition_of(record), CHANGES, now).await
    }

    /// Writes evidence in a transaction.
    pub fn put_evidence<T: Serialize>(
        &self,
        transaction: &mut Transaction,
        record: &SubmissionRecord,
        evidence: &T,
    ) -> Result<(), StoreError> {
        let pk = out_of_reach(&record.id);
        let (name, expires) = ((&pk, EVIDENCE), record.expires());
        chunks::write(transaction, &self.table, name, evidence, expires)
    }

    /// Writes what a rejected file would have changed in a transaction.
    pub fn put_rejected_changes(
        &self,
        transaction: &mut Transaction,
        record: &SubmissionRecord,
        changes: &SubmissionChanges,
        now: UtcTime,
    ) -> Result<(), StoreError> {
        let pk = out_of_reach(&record.id);
        let (name, expires) = ((&pk, CHANGES), record.expires());
        chunks::write(transaction, &self.table, name, changes, expires)?;
        self.tell_changes(transaction, record, changes, now)
    }

    /// Writes for the sender in a transaction what a file would change.
    pub fn tell_changes(
        &self,
        transaction: &mut Transaction,
        record: &SubmissionRecord,
        changes: &SubmissionChanges,
        now: UtcTime,
    ) -> Result<(), StoreError> {
        let ends = u64::try_from(now.plus(TOLD).unix_seconds()).unwrap_or(0);
        let ends = record.expires().map_or(ends, |expires| expires.min(ends));
        let pk = partition_of(record);
        chunks::write(
            transaction,
            &self.table,
            (&pk, CHANGES),
            changes,
            Some(ends),
        )
    }
}

fn out_of_reach(id: &SubmissionId) -> Partition {
    Partition::of_nobody("EVIDENCE", id)
}
