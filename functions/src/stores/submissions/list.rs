use sluice_shared::{identifiers::OrganisationId, submission::StateName};

use super::{SubmissionRecord, Submissions, read};
use crate::stores::{
    Cursor, StoreError,
    item::text,
    schema::{AWAITING_REVIEW, BY_ORGANISATION, BY_START, Index},
};

/// A part of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// What it holds.
    pub items: Vec<T>,
    /// Where the list goes on; `None` at its end.
    pub next: Option<Cursor>,
}

impl Submissions {
    /// Submissions of all organisations, newest first, otherwise as [`Submissions::of_organisation`].
    pub async fn of_all(
        &self,
        state: Option<StateName>,
        limit: i32,
        cursor: Option<Cursor>,
    ) -> Result<Page<SubmissionRecord>, StoreError> {
        self.page(BY_START, "ALL", false, state, limit, cursor)
            .await
    }

    /// Submissions of an organisation, newest first. A state as recorded narrows the list; a page may then be short, or
    /// empty, before the list's end.
    pub async fn of_organisation(
        &self,
        organisation: &OrganisationId,
        state: Option<StateName>,
        limit: i32,
        cursor: Option<Cursor>,
    ) -> Result<Page<SubmissionRecord>, StoreError> {
        self.page(
            BY_ORGANISATION,
            organisation.as_str(),
            false,
            state,
            limit,
            cursor,
        )
        .await
    }

    /// Submissions that wait for a reviewer, oldest first.
    pub async fn awaiting_review(
        &self,
        limit: i32,
        cursor: Option<Cursor>,
    ) -> Result<Page<SubmissionRecord>, StoreError> {
        self.page(AWAITING_REVIEW, "WAITING", true, None, limit, cursor)
            .await
    }

    async fn page(
        &self,
        index: Index,
        partition: &str,
        oldest_first: bool,
        state: Option<StateName>,
        limit: i32,
        cursor: Option<Cursor>,
    ) -> Result<Page<SubmissionRecord>, StoreError> {
        let mut request = self
            .table
            .client
            .query()
            .table_name(&self.table.name)
            .index_name(index.name)
            .key_condition_expression("#partition = :partition")
            .expression_attribute_names("#partition", index.partition)
            .expression_attribute_values(":partition", text(partition))
            .scan_index_forward(oldest_first)
            .limit(limit)
            .set_exclusive_start_key(
                cursor.map(|cursor| cursor.start_key(index.partition, partition)),
            );
        if let Some(state) = state {
            request = request
                .filter_expression("#state = :state")
                .expression_attribute_names("#state", "state")
                .expression_attribute_values(":state", text(state.as_str()));
        }
        let answer = request
            .send()
            .await
            .map_err(|error| StoreError::aws("list submissions", error))?;
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
