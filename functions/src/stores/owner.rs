//! Whose something is, for whoever knows its reference alone: an item of nobody's, which no right that is given by organisation reaches.
use sluice_shared::identifiers::OrganisationId;

use super::{
    Partition, StoreError,
    item::{Item, TableClient, read_organisation, text},
};

const SORT: &str = "META";

impl TableClient {
    /// Whose it is, as the item in this partition says; strongly consistent.
    pub(crate) async fn owner(
        &self,
        partition: &Partition,
    ) -> Result<Option<OrganisationId>, StoreError> {
        let item = self.get(partition, SORT).await?;
        item.as_ref().map(read_organisation).transpose()
    }
}

/// The item that says whose it is.
pub(crate) fn owner_item(partition: &Partition, organisation: &OrganisationId) -> Item {
    Item::from([
        ("pk".to_owned(), text(partition)),
        ("sk".to_owned(), text(SORT)),
        ("organisation".to_owned(), text(organisation.as_str())),
    ])
}
