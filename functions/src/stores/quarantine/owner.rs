//! Whose an event is, for DCC staff, who know its reference alone. No right that is given by organisation reaches it.
use sluice_shared::{
    identifiers::{OrganisationId, QuarantineEventRef},
    quarantine::QuarantineEvent,
};

use super::Quarantine;
use crate::stores::{
    Partition, StoreError, Transaction,
    item::{Condition, Item, read_organisation, text},
};

const SORT: &str = "META";

impl Quarantine {
    /// Whose an event is; strongly consistent.
    pub async fn organisation_of(
        &self,
        reference: &QuarantineEventRef,
    ) -> Result<Option<OrganisationId>, StoreError> {
        let item = self.table.get(&partition(reference), SORT).await?;
        item.as_ref().map(read_organisation).transpose()
    }

    /// Writes whose it is. The transaction fails if there is an event of this reference.
    pub(super) fn put_owner(&self, transaction: &mut Transaction, event: &QuarantineEvent) {
        let item = Item::from([
            ("pk".to_owned(), text(partition(&event.reference))),
            ("sk".to_owned(), text(SORT)),
            ("organisation".to_owned(), text(event.organisation.as_str())),
        ]);
        transaction.put(&self.table, item, Some(Condition::absent()));
    }
}

fn partition(reference: &QuarantineEventRef) -> Partition {
    Partition::of_nobody("EVENT", reference)
}
