//! What reviewers refused, by the file's SHA-256: the same bytes may come again.
use sluice_shared::{
    identifiers::{FileDigest, OrganisationId},
    risk::Refusal,
};

use super::Submissions;
use crate::stores::{
    Partition, StoreError, Transaction,
    item::{Condition, Item, read_record, text},
};

impl Submissions {
    /// What reviewers refused of this file, oldest first; strongly consistent.
    pub async fn refusals(
        &self,
        organisation: &OrganisationId,
        file: &FileDigest,
    ) -> Result<Vec<Refusal>, StoreError> {
        let items = self.table.query(&partition(organisation, file), "").await?;
        items.iter().map(read_record).collect()
    }

    /// Writes a refusal, in the transaction that settles what was refused.
    pub fn put_refusal(
        &self,
        transaction: &mut Transaction,
        organisation: &OrganisationId,
        refusal: &Refusal,
    ) -> Result<(), StoreError> {
        let pk = partition(organisation, &refusal.file);
        let at = refusal.refused_at.unix_millis();
        let json =
            serde_json::to_string(refusal).map_err(|error| StoreError::corrupt(&pk, error))?;
        let item = Item::from([
            ("pk".to_owned(), text(pk)),
            (
                "sk".to_owned(),
                text(format!("{at:015}#{}", refusal.submission)),
            ),
            ("record".to_owned(), text(json)),
        ]);
        transaction.put(&self.table, item, Some(Condition::absent()));
        Ok(())
    }
}

fn partition(organisation: &OrganisationId, file: &FileDigest) -> Partition {
    Partition::owned_by(organisation, format_args!("REFUSED#{file}"))
}
