//! Which submission corrects one that has no record: its file never arrived. Where there is a record, that says so itself.
use sluice_shared::identifiers::{OrganisationId, SubmissionId};

use super::{Submissions, partition, partition_of};
use crate::stores::{
    StoreError, SubmissionRecord, Transaction,
    item::{Condition, Item, key_of, read_text, text},
};

const SORT: &str = "CORRECTED";

impl Submissions {
    /// Which submission corrects this one, as was noted before its file arrived.
    pub async fn corrected_by(
        &self,
        organisation: &OrganisationId,
        id: &SubmissionId,
    ) -> Result<Option<SubmissionId>, StoreError> {
        let pk = partition(organisation, id);
        let Some(item) = self.table.get(&pk, SORT).await? else {
            return Ok(None);
        };
        let by = read_text(&item, "by").and_then(|by| SubmissionId::parse(by).ok());
        let by = by.ok_or_else(|| StoreError::corrupt(key_of(&item), "by is missing"))?;
        Ok(Some(by))
    }

    /// Notes that `by` corrects one of the same organisation, once: the transaction fails if another one does.
    pub fn put_corrected_by(
        &self,
        transaction: &mut Transaction,
        id: &SubmissionId,
        by: &SubmissionRecord,
    ) {
        let item = Item::from([
            ("pk".to_owned(), text(partition(&by.organisation, id))),
            ("sk".to_owned(), text(SORT)),
            ("by".to_owned(), text(by.id.to_string())),
        ]);
        transaction.put(&self.table, item, Some(Condition::absent()));
    }

    /// Lets a transaction fail if it is noted that another one corrects it.
    pub fn not_corrected(&self, transaction: &mut Transaction, record: &SubmissionRecord) {
        let pk = partition_of(record);
        transaction.check(&self.table, (&pk, SORT), Condition::absent());
    }
}
