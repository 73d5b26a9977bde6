//! The running accounts of what was released and deleted, which the rules of risk read.
use sluice_shared::{
    identifiers::OrganisationId,
    risk::{Released, Releaser},
    verdict::KnownReleases,
};

use super::Quarantine;
use crate::stores::{
    Partition, StoreError, Transaction,
    item::{Condition, Item, key_of, number, read_number, read_record, text},
};

const SORT: &str = "RELEASED";

impl Quarantine {
    /// What an organisation, or one of its User IDs, released and deleted lately; strongly consistent.
    pub async fn released(
        &self,
        organisation: &OrganisationId,
        releaser: &Releaser,
    ) -> Result<KnownReleases, StoreError> {
        let releaser = releaser.clone();
        let pk = partition(organisation, &releaser);
        let Some(item) = self.table.get(&pk, SORT).await? else {
            return Ok(KnownReleases {
                releaser,
                released: Released::default(),
                version: None,
            });
        };
        let version = read_number(&item, "version")
            .ok_or_else(|| StoreError::corrupt(key_of(&item), "version is missing"))?;
        Ok(KnownReleases {
            releaser,
            released: read_record(&item)?,
            version: Some(version),
        })
    }

    /// Puts `after` in the place of an account, in a transaction; that fails if its version is not `replaces` any more.
    pub fn count_released(
        &self,
        transaction: &mut Transaction,
        organisation: &OrganisationId,
        releaser: &Releaser,
        replaces: Option<u64>,
        after: &Released,
    ) -> Result<(), StoreError> {
        let pk = partition(organisation, releaser);
        let json = serde_json::to_string(after).map_err(|error| StoreError::corrupt(&pk, error))?;
        let item = Item::from([
            ("pk".to_owned(), text(pk)),
            ("sk".to_owned(), text(SORT)),
            ("record".to_owned(), text(json)),
            (
                "version".to_owned(),
                number(replaces.map_or(1, |version| version + 1)),
            ),
        ]);
        let unchanged = replaces.map_or_else(Condition::absent, Condition::version);
        transaction.put(&self.table, item, Some(unchanged));
        Ok(())
    }
}

fn partition(organisation: &OrganisationId, releaser: &Releaser) -> Partition {
    match releaser {
        Releaser::User(user_id) => {
            Partition::owned_by(organisation, format_args!("USER#{user_id}"))
        }
        Releaser::Organisation(_) => Partition::owned_by(organisation, "ORGANISATION"),
    }
}
