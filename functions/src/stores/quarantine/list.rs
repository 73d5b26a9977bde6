use sluice_shared::{identifiers::OrganisationId, quarantine::QuarantineEvent};

use super::{Quarantine, read_event};
use crate::stores::{
    Cursor, Page, StoreError,
    item::text,
    schema::{BY_ORGANISATION, BY_START},
};

impl Quarantine {
    /// Events of an organisation, or of all, newest first. A list may be a moment behind.
    pub async fn events(
        &self,
        organisation: Option<&OrganisationId>,
        limit: i32,
        cursor: Option<Cursor>,
    ) -> Result<Page<QuarantineEvent>, StoreError> {
        let (index, partition) = match organisation {
            Some(organisation) => (BY_ORGANISATION, organisation.as_str()),
            None => (BY_START, "ALL"),
        };
        let answer = self
            .table
            .client
            .query()
            .table_name(&self.table.name)
            .index_name(index.name)
            .key_condition_expression("#partition = :partition")
            .expression_attribute_names("#partition", index.partition)
            .expression_attribute_values(":partition", text(partition))
            .scan_index_forward(false)
            .limit(limit)
            .set_exclusive_start_key(
                cursor.map(|cursor| cursor.start_key(index.partition, partition)),
            )
            .send()
            .await
            .map_err(|error| StoreError::aws("list quarantine events", error))?;
        let items = answer
            .items
            .unwrap_or_default()
            .iter()
            .map(read_event)
            .collect::<Result<_, _>>()?;
        Ok(Page {
            items,
            next: Cursor::after(answer.last_evaluated_key),
        })
    }
}
