//! Recording decisions: page by page, then everything that makes them count at once.
use sluice_shared::{
    identifiers::{OrganisationId, QuarantineEventRef, SubmissionId},
    instant::UtcTime,
    quarantine::{DecidedPage, PageDecisions, PageShare, QuarantineEvent},
};

use super::{Quarantine, event_item, page_key, partition, read_decisions};
use crate::stores::{
    StoreError, Transaction,
    item::{Condition, Item, binary, key_of, read_text, text},
};

/// One page's change: what stood there, what is to stand there, and the submission's share of it.
#[derive(Debug, Clone)]
pub struct PageWrite<'a> {
    /// Whose the event is.
    pub organisation: &'a OrganisationId,
    /// The event.
    pub event: &'a QuarantineEventRef,
    /// The page's number.
    pub page: u32,
    /// The decisions that were read; the write fails if they changed.
    pub before: &'a PageDecisions,
    /// The decisions that are to be.
    pub after: &'a PageDecisions,
    /// What the submission decides here.
    pub share: &'a PageShare,
}

impl Quarantine {
    /// Writes one page's decisions and the submission's share, both or neither.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if the page changed since it was read, or has this submission's share already.
    pub async fn decide(&self, write: &PageWrite<'_>) -> Result<(), StoreError> {
        let pk = partition(write.organisation, write.event);
        let page = Item::from([
            ("pk".to_owned(), text(&pk)),
            ("sk".to_owned(), text(page_key(write.page))),
            ("decisions".to_owned(), binary(write.after.as_bytes())),
        ]);
        let share = Item::from([
            ("pk".to_owned(), text(&pk)),
            (
                "sk".to_owned(),
                text(share_key(write.page, &write.share.submission)),
            ),
            (
                "decisions".to_owned(),
                binary(write.share.decisions.as_bytes()),
            ),
            (
                "decidedAt".to_owned(),
                text(write.share.decided_at.to_string()),
            ),
        ]);
        // Decisions only ever grow, so that comparing them is as good as a version. A page that nobody has decided on
        // has no item yet.
        let unchanged = if write.before.is_untouched() {
            Condition::absent()
        } else {
            Condition {
                expression: "decisions = :before",
                values: Item::from([(":before".to_owned(), binary(write.before.as_bytes()))]),
            }
        };
        let mut transaction = Transaction::new("record a page of decisions");
        transaction.put(&self.table, page, Some(unchanged));
        transaction.put(&self.table, share, Some(Condition::absent()));
        transaction.commit().await
    }

    /// Makes a locked event's new counts stand and unlocks it, in the final transaction.
    pub fn finish(
        &self,
        transaction: &mut Transaction,
        event: &QuarantineEvent,
        submission: &SubmissionId,
    ) -> Result<(), StoreError> {
        let locked = Condition {
            expression: "decidingFor = :submission",
            values: Item::from([(":submission".to_owned(), text(submission.to_string()))]),
        };
        transaction.put(&self.table, event_item(event)?, Some(locked));
        Ok(())
    }
}

/// The page that an item `PAGE#…` or `BY#…` is about.
pub(super) fn of_item<'a>(
    pages: &'a mut [DecidedPage],
    item: &Item,
) -> Result<&'a mut DecidedPage, StoreError> {
    let number = read_text(item, "sk")
        .and_then(|sk| sk.split('#').nth(1))
        .and_then(|text| text.parse::<usize>().ok());
    number
        .and_then(|number| pages.get_mut(number))
        .ok_or_else(|| StoreError::corrupt(key_of(item), "it is about a page that is not there"))
}

pub(super) fn read_share(item: &Item, rows: usize) -> Result<PageShare, StoreError> {
    let submission = read_text(item, "sk")
        .and_then(|sk| sk.split('#').nth(2))
        .and_then(|text| SubmissionId::parse(text).ok())
        .ok_or_else(|| StoreError::corrupt(key_of(item), "its key names no submission"))?;
    let decided_at = read_text(item, "decidedAt")
        .and_then(|text| UtcTime::parse(text).ok())
        .ok_or_else(|| StoreError::corrupt(key_of(item), "decidedAt is missing"))?;
    Ok(PageShare {
        submission,
        decided_at,
        decisions: read_decisions(item, rows)?,
    })
}

fn share_key(page: u32, submission: &SubmissionId) -> String {
    format!("BY#{page:05}#{submission}")
}
