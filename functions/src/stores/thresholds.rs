//! Thresholds by User ID.
//!
//! | `pk` | `sk` | what |
//! |---|---|---|
//! | `USER#<User ID>` | `CURRENT` | what all accepted statements come to, with a version |
//! | `USER#<User ID>` | `HISTORY#<accepted, ms>#<submission>` | one accepted statement and what it changed |
use aws_sdk_dynamodb::types::TransactWriteItem;
use serde::{Serialize, de::DeserializeOwned};
use sluice_shared::{
    identifiers::Eui64,
    instant::UtcTime,
    thresholds::{HistoryEntry, UserThresholds},
};

use super::{
    StoreError,
    item::{
        Condition, Item, TableClient, binary, key_of, number, read_binary, read_number, text,
        transact,
    },
    schema,
};
use crate::needs::{Need, Needs, Resource};

/// The most bytes that the thresholds of one User ID may have as JSON; an item holds 400 KB.
pub const LARGEST_RECORD: usize = 380_000;

/// Statements read at once where all of some days are wanted: there are a few a week.
const HISTORY_PAGE: i32 = 10;

/// What the functions do with the table. A write in a transaction is the action of the write.
pub(crate) const NEEDS: Needs = Needs {
    api: &[Need {
        actions: &["dynamodb:GetItem", "dynamodb:Query"],
        on: Resource::Table(schema::THRESHOLDS),
    }],
    intake: &[Need {
        actions: &["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"],
        on: Resource::Table(schema::THRESHOLDS),
    }],
};

/// The table of thresholds.
#[derive(Debug, Clone)]
pub struct Thresholds {
    table: TableClient,
}

/// What is in force for a User ID, with the version that a change of it has to name.
#[derive(Debug, Clone, PartialEq)]
pub struct Current {
    /// The thresholds.
    pub thresholds: UserThresholds,
    /// Counts accepted statements, from 1.
    pub version: u64,
}

impl Thresholds {
    /// The table `name`.
    pub fn new(client: &aws_sdk_dynamodb::Client, name: &str) -> Self {
        Self {
            table: TableClient::new(client, name),
        }
    }

    /// What is in force, or to be in force, for a User ID; strongly consistent.
    pub async fn current(&self, user_id: Eui64) -> Result<Option<Current>, StoreError> {
        let Some(item) = self.table.get(&partition(user_id), "CURRENT").await? else {
            return Ok(None);
        };
        let version = read_number(&item, "version")
            .ok_or_else(|| StoreError::corrupt(key_of(&item), "version is missing"))?;
        Ok(Some(Current {
            thresholds: read_json(&item)?,
            version,
        }))
    }

    /// The latest accepted statements, newest first, at most `limit`.
    pub async fn history(
        &self,
        user_id: Eui64,
        limit: i32,
    ) -> Result<Vec<HistoryEntry>, StoreError> {
        Ok(self.history_page(user_id, limit, None).await?.0)
    }

    /// The accepted statements that tell all that stood from `since` on, newest first.
    pub async fn history_since(
        &self,
        user_id: Eui64,
        since: UtcTime,
    ) -> Result<Vec<HistoryEntry>, StoreError> {
        let mut history = Vec::new();
        let mut start = None;
        loop {
            let (entries, next) = self.history_page(user_id, HISTORY_PAGE, start).await?;
            for entry in entries {
                let is_enough = entry.tells_all_since(since);
                history.push(entry);
                if is_enough {
                    return Ok(history);
                }
            }
            start = next.filter(|key| !key.is_empty());
            if start.is_none() {
                return Ok(history);
            }
        }
    }

    async fn history_page(
        &self,
        user_id: Eui64,
        limit: i32,
        start: Option<Item>,
    ) -> Result<(Vec<HistoryEntry>, Option<Item>), StoreError> {
        let answer = self
            .table
            .client
            .query()
            .table_name(&self.table.name)
            .consistent_read(true)
            .key_condition_expression("pk = :pk AND begins_with(sk, :sk)")
            .expression_attribute_values(":pk", text(partition(user_id)))
            .expression_attribute_values(":sk", text("HISTORY#"))
            .scan_index_forward(false)
            .limit(limit)
            .set_exclusive_start_key(start)
            .send()
            .await
            .map_err(|error| StoreError::aws("query thresholds", &error))?;
        let entries = answer
            .items
            .unwrap_or_default()
            .iter()
            .map(read_json)
            .collect::<Result<_, _>>()?;
        Ok((entries, answer.last_evaluated_key))
    }

    /// The two writes that make a statement take effect, for a transaction; `replaces` is the version that was read.
    pub fn accept(
        &self,
        replaces: Option<u64>,
        thresholds: &UserThresholds,
        entry: &HistoryEntry,
    ) -> Result<Vec<TransactWriteItem>, StoreError> {
        let (current, history) =
            items(replaces.map_or(1, |version| version + 1), thresholds, entry)?;
        let unchanged = replaces.map_or_else(Condition::absent, Condition::version);
        Ok(vec![
            self.table.put_part(current, Some(unchanged)),
            self.table.put_part(history, Some(Condition::absent())),
        ])
    }

    /// Makes the first statement of a User ID take effect, for demo data and tests. Nothing happens if there is one already.
    pub async fn seed(
        &self,
        thresholds: &UserThresholds,
        entry: &HistoryEntry,
    ) -> Result<(), StoreError> {
        match transact(
            &self.table.client,
            "seed thresholds",
            self.accept(None, thresholds, entry)?,
        )
        .await
        {
            Ok(()) | Err(StoreError::Conflict(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

fn items(
    version: u64,
    thresholds: &UserThresholds,
    entry: &HistoryEntry,
) -> Result<(Item, Item), StoreError> {
    let pk = partition(thresholds.user_id);
    let mut current = json_item(&pk, "CURRENT", thresholds)?;
    current.insert("version".to_owned(), number(version));
    let accepted = entry.origin.accepted_at.unix_millis();
    let history = json_item(
        &pk,
        &format!("HISTORY#{accepted:015}#{}", entry.origin.submission),
        entry,
    )?;
    Ok((current, history))
}

fn json_item<T: Serialize>(pk: &str, sk: &str, record: &T) -> Result<Item, StoreError> {
    let json = serde_json::to_vec(record)
        .map_err(|error| StoreError::corrupt(format!("{pk}/{sk}"), error))?;
    Ok(Item::from([
        ("pk".to_owned(), text(pk)),
        ("sk".to_owned(), text(sk)),
        ("json".to_owned(), binary(json)),
    ]))
}

fn read_json<T: DeserializeOwned>(item: &Item) -> Result<T, StoreError> {
    let json = read_binary(item, "json")
        .ok_or_else(|| StoreError::corrupt(key_of(item), "json is missing"))?;
    serde_json::from_slice(json).map_err(|error| StoreError::corrupt(key_of(item), error))
}

fn partition(user_id: Eui64) -> String {
    format!("USER#{user_id}")
}
