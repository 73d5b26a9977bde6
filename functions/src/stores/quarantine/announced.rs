//! Which submissions' decisions `intake` began to record.
//!
//! The submission says so, too (`recordingSince`), and goes forward without its signature being asked for again.
use sluice_shared::identifiers::FileDigest;

use super::Quarantine;
use crate::stores::{
    Partition, StoreError, SubmissionRecord, Transaction,
    item::{Condition, Item, key_of, read_text, text},
};

const SORT: &str = "ANNOUNCED";

impl Quarantine {
    /// Notes in a transaction that a submission's decisions begin to be recorded; that fails if they did before.
    pub fn announce(
        &self,
        transaction: &mut Transaction,
        record: &SubmissionRecord,
        file: &FileDigest,
    ) {
        let item = Item::from([
            ("pk".to_owned(), text(partition(record))),
            ("sk".to_owned(), text(SORT)),
            ("file".to_owned(), text(file.to_string())),
        ]);
        transaction.put(&self.table, item, Some(Condition::absent()));
    }

    /// The file whose decisions were announced for a submission; strongly consistent.
    pub async fn announced(
        &self,
        record: &SubmissionRecord,
    ) -> Result<Option<FileDigest>, StoreError> {
        let Some(item) = self.table.get(&partition(record), SORT).await? else {
            return Ok(None);
        };
        let file = read_text(&item, "file")
            .ok_or_else(|| StoreError::corrupt(key_of(&item), "file is missing"))?;
        FileDigest::parse(file)
            .map(Some)
            .map_err(|_| StoreError::corrupt(key_of(&item), "file is no digest"))
    }
}

pub(super) fn partition(record: &SubmissionRecord) -> Partition {
    Partition::owned_by(
        &record.organisation,
        format_args!("SUBMISSION#{}", record.id),
    )
}
