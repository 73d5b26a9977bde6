//! What a submission decides that waits for a reviewer: nobody else need decide on the same meanwhile.
//!
//! Written before it waits, and read only while it does; what stays behind when it is settled is a record, and binds nobody.
use sluice_shared::{
    identifiers::QuarantineEventRef,
    quarantine::{HeldState, PageDecisions, QuarantineEvent},
    verdict::PlannedPage,
};

use super::{Quarantine, announced, read_decisions};
use crate::stores::{
    StoreError, SubmissionRecord,
    item::{Item, binary, text},
};

impl Quarantine {
    /// Notes what a submission decides on a page, in the place of what was noted before.
    pub async fn note_waiting(
        &self,
        record: &SubmissionRecord,
        page: &PlannedPage,
    ) -> Result<(), StoreError> {
        let item = Item::from([
            ("pk".to_owned(), text(announced::partition(record))),
            ("sk".to_owned(), text(sort(&page.event, page.page))),
            ("decisions".to_owned(), binary(page.share.as_bytes())),
        ]);
        self.table.put(item).await
    }

    /// What was noted of a submission on a page of an event, but for what others have decided since; nothing decided, where nothing was.
    /// `None` if there is no such page.
    pub async fn waiting(
        &self,
        record: &SubmissionRecord,
        event: &QuarantineEvent,
        page: u32,
    ) -> Result<Option<PageDecisions>, StoreError> {
        let Some(decided) = self.decided_page(event, page).await? else {
            return Ok(None);
        };
        let rows = decided.page.len();
        let noted = self
            .table
            .get(&announced::partition(record), &sort(&event.reference, page))
            .await?;
        match noted {
            Some(item) => {
                let mut waiting = read_decisions(&item, rows)?;
                for position in 0..rows {
                    if decided.decisions.get(position) != HeldState::Held {
                        waiting.set(position, HeldState::Held);
                    }
                }
                Ok(Some(waiting))
            }
            None => Ok(Some(PageDecisions::held(rows))),
        }
    }
}

fn sort(event: &QuarantineEventRef, page: u32) -> String {
    format!("WAITS#{event}#{page:05}")
}
