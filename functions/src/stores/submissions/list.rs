use sluice_shared::submission::StateName;

use super::{SubmissionRecord, Submissions, read_submission};
use crate::stores::{Cursor, List, Page, StoreError, item::text};

impl Submissions {
    /// A part of a list. A state as recorded narrows the list; a page may then be short, or empty, before the list's end.
    pub async fn list_page(
        &self,
        list: &List,
        state: Option<StateName>,
        limit: i32,
        cursor: Option<Cursor>,
    ) -> Result<Page<SubmissionRecord>, StoreError> {
        let mut request = self.table.list_page(list, limit, cursor);
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
        Page::from_answer(answer, read_submission)
    }
}
