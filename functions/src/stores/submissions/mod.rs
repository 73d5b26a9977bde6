//! Submissions.
//!
//! | `pk` | `sk` | what |
//! |---|---|---|
//! | `SUBMISSION#<id>` | `META` | the submission, with a version; in both indexes |
//! | `SUBMISSION#<id>` | `SIGNATURE` | the detached signature that was announced with it |
//! | `SUBMISSION#<id>` | `FINDINGS#000`, … | findings of the last check |
//! | `SUBMISSION#<id>` | `EVIDENCE#000`, … | what a reviewer looks at |
//! | `SUBMISSION#<id>` | `RECEIPT` | the signed receipt |
//! | `FILE#<organisation>#<kind>#<digest>` | `META` | the latest submission of a file |
//! | `REQUEST#<person>#<key>` | `META` | what an idempotency key was used for; expires |
mod list;
mod record;
mod start;

use aws_sdk_dynamodb::types::{ConditionCheck, TransactWriteItem};
use serde::{Serialize, de::DeserializeOwned};
use sluice_shared::{finding::Findings, identifiers::SubmissionId};

pub use list::Page;
pub use record::{SignedForm, SubmissionRecord};
pub use start::{StartKeys, Started};

use super::{
    StoreError, chunks,
    item::{
        Condition, Item, TableClient, binary, key_of, number, put_error, read_binary, text,
        transact,
    },
    schema,
};
use crate::needs::{Need, Needs, Resource};

/// What the functions do with the table. A write in a transaction is the action of the write.
pub(crate) const NEEDS: Needs = Needs {
    api: &[
        Need {
            actions: &["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"],
            on: Resource::Table(schema::SUBMISSIONS),
        },
        Need {
            actions: &["dynamodb:Query"],
            on: Resource::Index(schema::SUBMISSIONS, schema::BY_ORGANISATION),
        },
        Need {
            actions: &["dynamodb:Query"],
            on: Resource::Index(schema::SUBMISSIONS, schema::BY_START),
        },
        Need {
            actions: &["dynamodb:Query"],
            on: Resource::Index(schema::SUBMISSIONS, schema::AWAITING_REVIEW),
        },
    ],
    intake: &[Need {
        actions: &[
            "dynamodb:GetItem",
            "dynamodb:PutItem",
            "dynamodb:ConditionCheckItem",
        ],
        on: Resource::Table(schema::SUBMISSIONS),
    }],
};

/// The table of submissions.
#[derive(Debug, Clone)]
pub struct Submissions {
    table: TableClient,
}

impl Submissions {
    /// The table `name`.
    pub fn new(client: &aws_sdk_dynamodb::Client, name: &str) -> Self {
        Self {
            table: TableClient::new(client, name),
        }
    }

    /// A submission; strongly consistent.
    pub async fn get(&self, id: &SubmissionId) -> Result<Option<SubmissionRecord>, StoreError> {
        self.table
            .get(&partition(id), "META")
            .await?
            .as_ref()
            .map(read)
            .transpose()
    }

    /// The detached signature that was announced, if one was.
    pub async fn signature(&self, id: &SubmissionId) -> Result<Option<Vec<u8>>, StoreError> {
        self.blob(id, "SIGNATURE").await
    }

    /// The signed receipt, once there is one.
    pub async fn receipt(&self, id: &SubmissionId) -> Result<Option<Vec<u8>>, StoreError> {
        self.blob(id, "RECEIPT").await
    }

    /// What the last check found; `None` before the first.
    pub async fn findings(&self, id: &SubmissionId) -> Result<Option<Findings>, StoreError> {
        chunks::read(&self.table, &partition(id), "FINDINGS").await
    }

    /// What `intake` put aside for a reviewer.
    pub async fn evidence<T: DeserializeOwned>(
        &self,
        id: &SubmissionId,
    ) -> Result<Option<T>, StoreError> {
        chunks::read(&self.table, &partition(id), "EVIDENCE").await
    }

    /// Writes a changed record if nobody changed it since it was read, and returns it with its new version.
    pub async fn update(
        &self,
        mut record: SubmissionRecord,
    ) -> Result<SubmissionRecord, StoreError> {
        let condition = Condition::version(record.version);
        record.version += 1;
        self.table
            .client
            .put_item()
            .table_name(&self.table.name)
            .set_item(Some(item(&record)?))
            .condition_expression(condition.expression)
            .set_expression_attribute_values(Some(condition.values))
            .send()
            .await
            .map_err(|error| put_error("update a submission", &error))?;
        Ok(record)
    }

    /// The write of a changed record, for a transaction.
    pub fn update_part(&self, record: &SubmissionRecord) -> Result<TransactWriteItem, StoreError> {
        let mut changed = record.clone();
        changed.version += 1;
        Ok(self
            .table
            .put_part(item(&changed)?, Some(Condition::version(record.version))))
    }

    /// The condition that nobody changed the record since it was read, for a transaction that does not change it.
    pub(crate) fn unchanged_part(&self, record: &SubmissionRecord) -> TransactWriteItem {
        let version = Condition::version(record.version);
        let check = ConditionCheck::builder()
            .table_name(&self.table.name)
            .key("pk", text(partition(&record.id)))
            .key("sk", text("META"))
            .condition_expression(version.expression)
            .set_expression_attribute_values(Some(version.values))
            .build()
            .expect("table, key and condition are set");
        TransactWriteItem::builder().condition_check(check).build()
    }

    /// The writes of findings, for a transaction.
    pub fn findings_parts(
        &self,
        id: &SubmissionId,
        findings: &Findings,
    ) -> Result<Vec<TransactWriteItem>, StoreError> {
        self.document_parts(id, "FINDINGS", findings)
    }

    /// The writes of evidence, for a transaction.
    pub fn evidence_parts<T: Serialize>(
        &self,
        id: &SubmissionId,
        evidence: &T,
    ) -> Result<Vec<TransactWriteItem>, StoreError> {
        self.document_parts(id, "EVIDENCE", evidence)
    }

    /// The write of a receipt, for a transaction. There is one receipt and it never changes.
    pub fn receipt_part(&self, id: &SubmissionId, receipt: &[u8]) -> TransactWriteItem {
        self.table
            .put_part(blob_item(id, "RECEIPT", receipt), Some(Condition::absent()))
    }

    /// Writes all of `parts` (of this and other tables) or none.
    pub async fn transact(
        &self,
        what: &'static str,
        parts: Vec<TransactWriteItem>,
    ) -> Result<(), StoreError> {
        transact(&self.table.client, what, parts).await
    }

    fn document_parts<T: Serialize>(
        &self,
        id: &SubmissionId,
        name: &str,
        document: &T,
    ) -> Result<Vec<TransactWriteItem>, StoreError> {
        let items = chunks::items(&partition(id), name, document)?;
        Ok(items
            .into_iter()
            .map(|item| self.table.put_part(item, None))
            .collect())
    }

    async fn blob(&self, id: &SubmissionId, sk: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(item) = self.table.get(&partition(id), sk).await? else {
            return Ok(None);
        };
        let bytes = read_binary(&item, "bytes")
            .ok_or_else(|| StoreError::corrupt(key_of(&item), "bytes are missing"))?;
        Ok(Some(bytes.to_vec()))
    }
}

fn partition(id: &SubmissionId) -> String {
    format!("SUBMISSION#{id}")
}

fn blob_item(id: &SubmissionId, sk: &str, bytes: &[u8]) -> Item {
    Item::from([
        ("pk".to_owned(), text(partition(id))),
        ("sk".to_owned(), text(sk)),
        ("bytes".to_owned(), binary(bytes)),
    ])
}

/// The record as an item, with the attributes that the indexes and conditions read.
fn item(record: &SubmissionRecord) -> Result<Item, StoreError> {
    let pk = partition(&record.id);
    let json = serde_json::to_string(record).map_err(|error| StoreError::corrupt(&pk, error))?;
    // Milliseconds with leading zeros sort as text; RFC 3339 with and without a fraction does not.
    let listed = format!("{:015}#{}", record.started_at.unix_millis(), record.id);
    let mut item = Item::from([
        ("pk".to_owned(), text(pk)),
        ("sk".to_owned(), text("META")),
        ("record".to_owned(), text(json)),
        ("version".to_owned(), number(record.version)),
        ("state".to_owned(), text(record.state.name().as_str())),
        (schema::BY_START.partition.to_owned(), text("ALL")),
        (
            schema::BY_ORGANISATION.partition.to_owned(),
            text(record.organisation.as_str()),
        ),
        (schema::BY_ORGANISATION.sort.to_owned(), text(listed)),
    ]);
    if record.awaits_decision() {
        item.insert(
            schema::AWAITING_REVIEW.partition.to_owned(),
            text("WAITING"),
        );
    }
    Ok(item)
}

fn read(item: &Item) -> Result<SubmissionRecord, StoreError> {
    let json = super::item::read_text(item, "record")
        .ok_or_else(|| StoreError::corrupt(key_of(item), "record is missing"))?;
    serde_json::from_str(json).map_err(|error| StoreError::corrupt(key_of(item), error))
}
