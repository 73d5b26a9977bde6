//! Thresholds by User ID.
//!
//! | `pk` | `sk` | what |
//! |---|---|---|
//! | `<organisation>#USER#<User ID>` | `CURRENT` | what all accepted statements come to, and the account of raises, with a version |
//! | `<organisation>#USER#<User ID>` | `HISTORY#<accepted, ms>#<submission>` | one accepted statement and what it changed |
use aws_sdk_dynamodb::types::AttributeValue;
use serde::{Serialize, de::DeserializeOwned};
use sluice_shared::{
    identifiers::{Eui64, OrganisationId, SubmissionId},
    instant::UtcTime,
    risk::RaiseAccount,
    thresholds::{HistoryEntry, UserThresholds},
    verdict::KnownThresholds,
};

use super::{
    HistoryPlace, Partition, StoreError, Transaction,
    item::{Condition, Item, TableClient, binary, key_of, number, read_binary, read_number, text},
};
use crate::{
    function::Function,
    need::{Need, Resource},
    schema,
};

/// What the functions do with the table. A write in a transaction is the action of the write.
pub(crate) const NEEDS: &[Need] = &[
    Need {
        by: &[Function::Api, Function::Review, Function::Intake],
        actions: &["dynamodb:GetItem"],
        on: Resource::Table(schema::THRESHOLDS),
    },
    Need {
        by: &[Function::Api, Function::Review],
        actions: &["dynamodb:Query"],
        on: Resource::Table(schema::THRESHOLDS),
    },
    Need {
        by: &[Function::Intake],
        actions: &["dynamodb:PutItem", "dynamodb:ConditionCheckItem"],
        on: Resource::Table(schema::THRESHOLDS),
    },
];

const CURRENT: &str = "CURRENT";
const HISTORY: &str = "HISTORY#";

/// The table of thresholds.
#[derive(Debug, Clone)]
pub struct Thresholds {
    table: TableClient,
}

/// An accepted statement, as the table keeps it.
#[derive(Debug, Clone)]
pub struct Accepted<'a> {
    /// The version that it replaces; `None` for the first.
    pub replaces: Option<u64>,
    /// What comes of it.
    pub thresholds: &'a UserThresholds,
    /// The account of raises after it.
    pub raises: &'a RaiseAccount,
    /// What it changed, for the history.
    pub entry: &'a HistoryEntry,
}

impl Thresholds {
    /// The table `name`.
    pub fn new(client: &aws_sdk_dynamodb::Client, name: &str) -> Self {
        Self {
            table: TableClient::new(client, name),
        }
    }

    /// What is in force, or to be in force, for a User ID, with the account of its raises; strongly consistent.
    pub async fn current(
        &self,
        organisation: &OrganisationId,
        user_id: Eui64,
    ) -> Result<Option<KnownThresholds>, StoreError> {
        let pk = partition(organisation, user_id);
        let Some(item) = self.table.get(&pk, CURRENT).await? else {
            return Ok(None);
        };
        let version = read_number(&item, "version")
            .ok_or_else(|| StoreError::corrupt(key_of(&item), "version is missing"))?;
        Ok(Some(KnownThresholds {
            thresholds: read_json(&item, "json")?,
            raises: read_json(&item, "raises")?,
            version,
        }))
    }

    /// Accepted statements, newest first, at most `limit`, and no more than one answer of the table holds (1 MB).
    pub async fn history(
        &self,
        organisation: &OrganisationId,
        user_id: Eui64,
        limit: i32,
        after: Option<&HistoryPlace>,
    ) -> Result<(Vec<HistoryEntry>, Option<HistoryPlace>), StoreError> {
        let pk = partition(organisation, user_id);
        let start = after.map(|place| {
            let sk = format!("{HISTORY}{}", place.as_str());
            Item::from([("pk".to_owned(), text(&pk)), ("sk".to_owned(), text(sk))])
        });
        let answer = self
            .table
            .client
            .query()
            .table_name(&self.table.name)
            .consistent_read(true)
            .key_condition_expression("pk = :pk AND begins_with(sk, :sk)")
            .expression_attribute_values(":pk", text(&pk))
            .expression_attribute_values(":sk", text(HISTORY))
            .scan_index_forward(false)
            .limit(limit)
            .set_exclusive_start_key(start)
            .send()
            .await
            .map_err(|error| StoreError::aws("query thresholds", &error))?;
        let items = answer.items.unwrap_or_default();
        let entries = items.iter().map(|item| read_json(item, "json"));
        let last = answer.last_evaluated_key.unwrap_or_default();
        let next = match last.get("sk") {
            Some(AttributeValue::S(sk)) => sk.strip_prefix(HISTORY).and_then(HistoryPlace::parse),
            _ => None,
        };
        Ok((entries.collect::<Result<_, _>>()?, next))
    }

    /// The statement of a User ID that a submission made take effect, which was accepted at this time.
    pub async fn accepted_by(
        &self,
        organisation: &OrganisationId,
        user_id: Eui64,
        submission: &SubmissionId,
        accepted_at: UtcTime,
    ) -> Result<Option<HistoryEntry>, StoreError> {
        let pk = partition(organisation, user_id);
        let sk = history_key(submission, accepted_at);
        let item = self.table.get(&pk, &sk).await?;
        item.map(|item| read_json(&item, "json")).transpose()
    }

    /// Makes a statement take effect, in a transaction. That fails if somebody else's did since its base was read.
    pub fn accept(
        &self,
        transaction: &mut Transaction,
        organisation: &OrganisationId,
        accepted: &Accepted<'_>,
    ) -> Result<(), StoreError> {
        let pk = partition(organisation, accepted.thresholds.user_id);
        let version = accepted.replaces.map_or(1, |version| version + 1);
        let mut current = json_item(&pk, CURRENT, accepted.thresholds)?;
        current.insert("raises".to_owned(), json(&pk, accepted.raises)?);
        current.insert("version".to_owned(), number(version));
        let origin = &accepted.entry.origin;
        let sk = history_key(&origin.submission, origin.accepted_at);
        let history = json_item(&pk, &sk, accepted.entry)?;
        transaction.put(&self.table, current, Some(unchanged(accepted.replaces)));
        transaction.put(&self.table, history, Some(Condition::absent()));
        Ok(())
    }

    /// Lets a transaction fail unless the thresholds of a User ID are as they were read.
    pub fn unchanged(
        &self,
        transaction: &mut Transaction,
        organisation: &OrganisationId,
        user_id: Eui64,
        version: Option<u64>,
    ) {
        let pk = partition(organisation, user_id);
        transaction.check(&self.table, (&pk, CURRENT), unchanged(version));
    }

    /// Makes the first statement of a User ID take effect, for demo data and tests. Nothing happens if there is one already.
    pub async fn seed(
        &self,
        organisation: &OrganisationId,
        thresholds: &UserThresholds,
        entry: &HistoryEntry,
    ) -> Result<(), StoreError> {
        let mut transaction = Transaction::new("seed thresholds");
        let accepted = Accepted {
            replaces: None,
            thresholds,
            raises: &RaiseAccount::default(),
            entry,
        };
        self.accept(&mut transaction, organisation, &accepted)?;
        match transaction.commit().await {
            Ok(()) | Err(StoreError::Conflict(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

fn history_key(submission: &SubmissionId, accepted_at: UtcTime) -> String {
    format!("{HISTORY}{:015}#{submission}", accepted_at.unix_millis())
}

fn unchanged(version: Option<u64>) -> Condition {
    version.map_or_else(Condition::absent, Condition::version)
}

fn json_item<T: Serialize>(pk: &Partition, sk: &str, record: &T) -> Result<Item, StoreError> {
    Ok(Item::from([
        ("pk".to_owned(), text(pk)),
        ("sk".to_owned(), text(sk)),
        ("json".to_owned(), json(pk, record)?),
    ]))
}

fn json<T: Serialize>(pk: &Partition, record: &T) -> Result<AttributeValue, StoreError> {
    serde_json::to_vec(record)
        .map(binary)
        .map_err(|error| StoreError::corrupt(pk, error))
}

fn read_json<T: DeserializeOwned>(item: &Item, name: &str) -> Result<T, StoreError> {
    let json = read_binary(item, name)
        .ok_or_else(|| StoreError::corrupt(key_of(item), "what it holds is missing"))?;
    serde_json::from_slice(json).map_err(|error| StoreError::corrupt(key_of(item), error))
}

fn partition(organisation: &OrganisationId, user_id: Eui64) -> Partition {
    Partition::owned_by(organisation, format_args!("USER#{user_id}"))
}
