use sluice_shared::quarantine::QuarantineEvent;

use super::{Quarantine, read_event};
use crate::stores::{Cursor, List, Page, StoreError};

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
            .list_page(list, limit, cursor)
            .send()
            .await
            .map_err(|error| StoreError::aws("list quarantine events", &error))?;
        Page::from_answer(answer, read_event)
    }
}
