//! Whose an event is, for DCC staff, who know its reference alone. No right that is given by organisation reaches it.
use sluice_shared::{
    identifiers::{OrganisationId, QuarantineEventRef},
    quarantine::QuarantineEvent,
};

use super::Quarantine;
use crate::stores::{Partition, StoreError, Transaction, item::Condition, owner::owner_item};

impl Quarantine {
    /// Whose an event is; strongly consistent.
    pub async fn organisation_of(
        &self,
        reference: &QuarantineEventRef,
    ) -> Result<Option<OrganisationId>, StoreError> {
        self.table.owner(&partition(reference)).await
    }

    /// Writes whose it is. The transaction fails if there is an event of this reference.
    pub(super) fn put_owner(&self, transaction: &mut Transaction, event: &QuarantineEvent) {
        let item = owner_item(&partition(&event.reference), &event.organisation);
        transaction.put(&self.table, item, Some(Condition::absent()));
    }
}

fn partition(reference: &QuarantineEventRef) -> Partition {
    Partition::of_nobody("EVENT", reference)
}
