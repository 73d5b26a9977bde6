//! The running accounts of what was released, which the rules of risk read.
use aws_sdk_dynamodb::types::TransactWriteItem;
use sluice_shared::risk::{Released, Releaser};

use super::Quarantine;
use crate::stores::{
    StoreError,
    item::{Condition, Item, key_of, number, read_number, read_text, text},
};

const SORT: &str = "RELEASED";

/// An account as it was read, with the version that a change of it has to name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReleaseAccount {
    /// What was released in the current windows.
    pub released: Released,
    /// Counts changes, from 1; `None` before the first.
    pub version: Option<u64>,
}

impl Quarantine {
    /// What somebody released lately; strongly consistent.
    pub async fn released(&self, releaser: &Releaser) -> Result<ReleaseAccount, StoreError> {
        let Some(item) = self.table.get(&partition(releaser), SORT).await? else {
            return Ok(ReleaseAccount::default());
        };
        let json = read_text(&item, "record")
            .ok_or_else(|| StoreError::corrupt(key_of(&item), "record is missing"))?;
        let version = read_number(&item, "version")
            .ok_or_else(|| StoreError::corrupt(key_of(&item), "version is missing"))?;
        Ok(ReleaseAccount {
            released: serde_json::from_str(json)
                .map_err(|error| StoreError::corrupt(key_of(&item), error))?,
            version: Some(version),
        })
    }

    /// The write that puts `after` in the place of what was read, for a transaction; it fails if that changed.
    pub fn released_part(
        &self,
        releaser: &Releaser,
        before: &ReleaseAccount,
        after: &Released,
    ) -> Result<TransactWriteItem, StoreError> {
        let pk = partition(releaser);
        let json = serde_json::to_string(after).map_err(|error| StoreError::corrupt(&pk, error))?;
        let item = Item::from([
            ("pk".to_owned(), text(pk)),
            ("sk".to_owned(), text(SORT)),
            ("record".to_owned(), text(json)),
            (
                "version".to_owned(),
                number(before.version.map_or(1, |version| version + 1)),
            ),
        ]);
        let unchanged = before
            .version
            .map_or_else(Condition::absent, Condition::version);
        Ok(self.table.put_part(item, Some(unchanged)))
    }
}

fn partition(releaser: &Releaser) -> String {
    match releaser {
        Releaser::User(user_id) => format!("USER#{user_id}"),
        Releaser::Organisation(organisation) => format!("ORGANISATION#{organisation}"),
    }
}
