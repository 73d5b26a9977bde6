use sluice_shared::submission::StateName;

use super::{SubmissionRecord, Submissions, read};
use crate::stores::{Cursor, List, StoreError, item::text};

/// A part of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// What it holds.
    pub items: Vec<T>,
    /// Where the list goes on; `None` at its end.
    pub next: Option<Cursor>,
}

impl Submissions {
    /// Submissions of all organisations, newest first, otherwise as [`Submissions::page`].
    pub async fn of_all(
        &self,
        state: Option<StateName>,
        limit: i32,
        cursor: Option<Cursor>,
    ) -> Result<Page<SubmissionRecord>, StoreError> {
        self.page(&List::of_all(), state, limit, cursor).await
    }

    /// A part of a list. A state as recorded narrows the list; a page may then be short, or empty, before the list's end.
    pub async fn page(
        &self,
        list: &List,
        state: Option<StateName>,
        limit: i32,
        cursor: Option<Cursor>,
    ) -> Result<Page<SubmissionRecord>, StoreError> {
        let mut request = self
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
            .set_exclusive_start_key(cursor.map(|cursor| cursor.start_key(list)));
        if let Some(state) = state {
            request = request
                .filter_expression("#state = :state")
                .expression_attribute_names("#state", "state")
                .expression_attribute_values(":state", text(state.as_str()));
        }
        let answer = request
            .send()
            .await
            .map_err(|error| StoreError::aws("list submissions", &error))?;
        let items = answer
            .items
            .unwrap_or_default()
            .iter()
            .map(read)
            .collect::<Result<_, _>>()?;
        Ok(Page {
            items,
            next: Cursor::after(answer.last_evaluated_key),
        })
    }
}
