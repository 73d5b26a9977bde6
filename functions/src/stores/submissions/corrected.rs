//! Which submission corrects one that has no record: its file never arrived. Where there is a record, that says so itself.
use sluice_shared::identifiers::SubmissionId;

use super::{Submissions, partition};
use crate::stores::{
    StoreError, Transaction,
    item::{Condition, Item, key_of, read_text, text},
};

const SORT: &str = "CORRECTED";

impl Submissions {
    /// Which submission corrects this one, as was noted before its file arrived.
    pub async fn corrected_by(
        &self,
        id: &SubmissionId,
    ) -> Result<Option<SubmissionId>, StoreError> {
        let Some(item) = self.table.get(&partition(id), SORT).await? else {
            return Ok(None);
        };
        let by = read_text(&item, "by").and_then(|by| SubmissionId::parse(by).ok());
        let by = by.ok_or_else(|| StoreError::corrupt(key_of(&item), "by is missing"))?;
        Ok(Some(by))
    }

    /// Notes that `by` corrects it, once: the transaction fails if another one does.
    pub fn put_corrected_by(
        &self,
        transaction: &mut Transaction,
        id: &SubmissionId,
        by: &SubmissionId,
    ) {
        let item = Item::from([
            ("pk".to_owned(), text(partition(id))),
            ("sk".to_owned(), text(SORT)),
            ("by".to_owned(), text(by.to_string())),
        ]);
        transaction.put(&self.table, item, Some(Condition::absent()));
    }

    /// Lets a transaction fail if it is noted that another one corrects it.
    pub fn not_corrected(&self, transaction: &mut Transaction, id: &SubmissionId) {
        let pk = partition(id);
        transaction.check(&self.table, (&pk, SORT), Condition::absent());
    }
}
