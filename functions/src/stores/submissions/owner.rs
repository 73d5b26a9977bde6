//! Whose a submission is, for whoever knows its reference alone: DCC staff, and `intake` when it is told of a decision. No right that is
//! given by organisation reaches it.
use sluice_shared::identifiers::{OrganisationId, SubmissionId};

use super::Submissions;
use crate::stores::{
    Partition, StoreError, SubmissionRecord, Transaction,
    item::{Condition, EXPIRES, number},
    owner::owner_item,
};

impl Submissions {
    /// Whose a submission is; `None` for one whose file has not arrived. Strongly consistent.
    pub async fn organisation_of(
        &self,
        id: &SubmissionId,
    ) -> Result<Option<OrganisationId>, StoreError> {
        self.table.owner(&partition(id)).await
    }

    /// A submission, whosever it is.
    pub async fn find(&self, id: &SubmissionId) -> Result<Option<SubmissionRecord>, StoreError> {
        match self.organisation_of(id).await? {
            Some(organisation) => self.get(&organisation, id).await,
            None => Ok(None),
        }
    }

    /// Writes whose it is, for as long as its record is kept. The transaction fails if there is a submission of this reference.
    pub(super) fn put_owner(&self, transaction: &mut Transaction, record: &SubmissionRecord) {
        let mut item = owner_item(&partition(&record.id), &record.organisation);
        if let Some(expires) = record.expires() {
            item.insert(EXPIRES.to_owned(), number(expires));
        }
        transaction.put(&self.table, item, Some(Condition::absent()));
    }
}

fn partition(id: &SubmissionId) -> Partition {
    Partition::of_nobody("SUBMISSION", id)
}
