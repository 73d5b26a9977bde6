use sluice_shared::quarantine::QuarantineEvent;

use super::{Quarantine, read_event};
use crate::stores::{Cursor, List, Page, StoreError, item::text};

impl Quarantine {
    /// A part of a list of events. A list may be a moment behind.
    pub async fn events(
        &self,
        list: &List,
        limit: i32,
        cursor: Option<Cursor>,
    ) -> Result<Page<QuarantineEvent>, StoreError> {
        let answer = self
            .table
            .client
            .query()
            .table_name(&self.table.name)
            .index_name(list.index.name)
            .key_condition_expression("#partition = :partition")
            .expression_attribute_names("#partition", list.index.partition)
            .expression_attribute_values(":partition", text(&list.partition))
            .scan_index_forward(list.oldest_first)
            .limit(limit)
            .set_exclusive_start_key(cursor.map(|cursor| cursor.start_key(list)))
            .send()
            .await
            .map_err(|error| StoreError::aws("list quarantine events", &error))?;
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
