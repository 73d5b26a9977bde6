//! What a submission decides that waits for a reviewer: nobody else need decide on the same meanwhile.
//!
//! Written before it waits, and read only while it does; what stays behind when it is settled is a record, and binds nobody.
use sluice_shared::{
    identifiers::{QuarantineEventRef, SubmissionId},
    quarantine::PageDecisions,
    verdict::PlannedPage,
};

use super::{Quarantine, announced, held_key, read_decisions, read_page};
use crate::stores::{
    StoreError,
    item::{Item, binary, text},
};

impl Quarantine {
    /// Notes what a submission decides on a page, in the place of what was noted before.
    pub async fn note_waiting(
        &self,
        submission: &SubmissionId,
        page: &PlannedPage,
    ) -> Result<(), StoreError> {
        let item = Item::from([
            ("pk".to_owned(), text(announced::partition(submission))),
            ("sk".to_owned(), text(sort(&page.event, page.page))),
            ("decisions".to_owned(), binary(page.share.as_bytes())),
        ]);
        self.table.put(item).await
    }

    /// What was noted of a submission on a page of an event; nothing decided, where nothing was. `None` if there is no such page.
    pub async fn waiting(
        &self,
        submission: &SubmissionId,
        event: &QuarantineEventRef,
        page: u32,
    ) -> Result<Option<PageDecisions>, StoreError> {
        let held = self
            .table
            .get(&super::partition(event), &held_key(page))
            .await?;
        let Some(held) = held else { return Ok(None) };
        let rows = read_page(&held)?.len();
        let noted = self
            .table
            .get(&announced::partition(submission), &sort(event, page))
            .await?;
        match noted {
            Some(item) => read_decisions(&item, rows).map(Some),
            None => Ok(Some(PageDecisions::held(rows))),
        }
    }
}

fn sort(event: &QuarantineEventRef, page: u32) -> String {
    format!("WAITS#{event}#{page:05}")
}
