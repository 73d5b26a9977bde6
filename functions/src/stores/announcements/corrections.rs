//! Which announced submission corrects which. Whether it does is said by `intake` when its file arrives.
use std::collections::BTreeMap;

use sluice_shared::{
    identifiers::{OrganisationId, SubmissionId},
    instant::UtcTime,
};

use super::{Announcement, Announcements};
use crate::stores::{
    Partition, StoreError, Transaction,
    item::{Condition, EXPIRES, Item, number, read_number, read_text, text},
};

/// A change of what corrects a submission. Nobody may have changed it since `was` was looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Correction {
    /// The submission that is corrected.
    pub corrected: SubmissionId,
    /// What corrected it.
    pub was: Option<SubmissionId>,
    /// What corrects it now.
    pub by: Option<SubmissionId>,
}

impl Announcements {
    /// Which announced submission corrects this one of this organisation.
    pub async fn correction(
        &self,
        organisation: &OrganisationId,
        corrected: &SubmissionId,
        now: UtcTime,
    ) -> Result<Option<SubmissionId>, StoreError> {
        let item = self
            .table
            .get(&partition(organisation), &corrected.to_string())
            .await?;
        Ok(item.and_then(|item| read(&item, now)).map(|(_, by)| by))
    }

    /// All that is announced to be corrected of an organisation, with what corrects it.
    pub async fn corrections(
        &self,
        organisation: &OrganisationId,
        now: UtcTime,
    ) -> Result<BTreeMap<SubmissionId, SubmissionId>, StoreError> {
        let items = self.table.query(&partition(organisation), "").await?;
        Ok(items.iter().filter_map(|item| read(item, now)).collect())
    }

    /// Writes down a correction by, or no longer by, what is announced; kept as long as that is.
    pub(super) fn put_correction(
        &self,
        transaction: &mut Transaction,
        announcement: &Announcement,
        correction: &Correction,
        now: UtcTime,
    ) {
        let mut item = Item::from([
            ("pk".to_owned(), text(partition(&announcement.organisation))),
            ("sk".to_owned(), text(correction.corrected.to_string())),
            (EXPIRES.to_owned(), number(announcement.expires())),
        ]);
        if let Some(by) = correction.by {
            item.insert(BY.to_owned(), text(by.to_string()));
        }
        // What has expired is looked up as nothing, whether or not the table has dropped it.
        let as_it_was = match correction.was {
            None => Condition {
                expression: "attribute_not_exists(correctedBy) OR expiresAt <= :now",
                values: Item::from([(":now".to_owned(), number(seconds(now)))]),
            },
            Some(was) => Condition {
                expression: "correctedBy = :was",
                values: Item::from([(":was".to_owned(), text(was.to_string()))]),
            },
        };
        transaction.put(&self.table, item, Some(as_it_was));
    }
}

const BY: &str = "correctedBy";

fn read(item: &Item, now: UtcTime) -> Option<(SubmissionId, SubmissionId)> {
    let expires = read_number(item, EXPIRES)?;
    let is_kept = expires > seconds(now);
    let corrected = SubmissionId::parse(read_text(item, "sk")?).ok()?;
    let by = SubmissionId::parse(read_text(item, BY)?).ok()?;
    is_kept.then_some((corrected, by))
}

fn seconds(now: UtcTime) -> u64 {
    u64::try_from(now.unix_seconds()).unwrap_or(0)
}

fn partition(organisation: &OrganisationId) -> Partition {
    Partition::owned_by(organisation, "CORRECTS")
}
