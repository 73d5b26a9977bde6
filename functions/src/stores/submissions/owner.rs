//! Whose a submission is, for whoever knows its reference alone: DCC staff, and `intake` when it is told of a decision. No right that is
//! given by organisation reaches it.
use sluice_shared::identifiers::{OrganisationId, SubmissionId};

use super::Submissions;
use crate::stores::{
    Partition, StoreError, SubmissionRecord, Transaction,
    item::{Condition, EXPIRES, Item, number, read_organisation, text},
};

const SORT: &str = "META";

impl Submissions {
    /// Whose a submission is; `None` for one whose file has not arrived. Strongly consistent.
    pub async fn organisation_of(
        &self,
        id: &SubmissionId,
    ) -> Result<Option<OrganisationId>, StoreError> {
        let item = self.table.get(&partition(id), SORT).await?;
        item.as_ref().map(read_organisation).transpose()
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
        let mut item = Item::from([
            ("pk".to_owned(), text(partition(&record.id))),
            ("sk".to_owned(), text(SORT)),
            (
                "organisation".to_owned(),
                text(record.organisation.as_str()),
            ),
        ]);
        if let Some(expires) = record.expires() {
            item.insert(EXPIRES.to_owned(), number(expires));
        }
        transaction.put(&self.table, item, Some(Condition::absent()));
    }
}

fn partition(id: &SubmissionId) -> Partition {
    Partition::of_nobody("SUBMISSION", id)
}
