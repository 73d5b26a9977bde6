//! Submissions whose file has arrived; until then they are announcements, in a table of their own. Only `intake` makes them and settles
//! them. What was sent to be checked only expires, with all that belongs to it.
//!
//! | `pk` | `sk` | what |
//! |---|---|---|
//! | `<organisation>#SUBMISSION#<id>` | `META` | the submission, with a version; in the indexes |
//! | `<organisation>#SUBMISSION#<id>` | `SIGNATURE` | the detached signature that was announced with it |
//! | `<organisation>#SUBMISSION#<id>` | `CORRECTED` | which submission corrects it, of one whose file had not arrived by then |
//! | `<organisation>#SUBMISSION#<id>` | `FINDINGS#000`, … | findings of the last check |
//! | `<organisation>#SUBMISSION#<id>` | `CHANGES#000`, … | what it changes or would have changed, for its sender; for 30 days |
//! | `<organisation>#SUBMISSION#<id>` | `DECISION` | the reviewer's signed decision that counts |
//! | `<organisation>#SUBMISSION#<id>` | `RECEIPT` | the signed receipt |
//! | `<organisation>#REFUSED#<digest>` | `<ms>#<submission>` | a reviewer's refusal of a file with this SHA-256 |
//! | `EVIDENCE#<id>` | `EVIDENCE#000`, … | what a reviewer looks at; no right that is given by organisation reaches it |
//! | `EVIDENCE#<id>` | `CHANGES#000`, … | what a rejected file would have changed, where that could be told |
//! | `SUBMISSION#<id>` | `META` | whose it is, for whoever knows the reference alone; there is one of each |
mod corrected;
mod create;
mod evidence;
mod list;
mod owner;
mod record;
mod refusals;

use sluice_shared::{
    finding::Findings,
    identifiers::{OrganisationId, SubmissionId},
};

pub use record::{Judged, SignedForm, SubmissionRecord};

use super::{
    Partition, StoreError, Transaction, chunks,
    item::{Condition, EXPIRES, Item, TableClient, blob_item, number, put_error, text},
    listed_at,
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
        actions: &[
            "dynamodb:GetItem",
            "dynamodb:Query",
            "dynamodb:ConditionCheckItem",
        ],
        on: Resource::Table(schema::SUBMISSIONS),
    },
    Need {
        by: &[Function::Intake],
        actions: &["dynamodb:PutItem"],
        on: Resource::Table(schema::SUBMISSIONS),
    },
    Need {
        by: &[Function::Api, Function::Review],
        actions: &["dynamodb:Query"],
        on: Resource::Index(schema::SUBMISSIONS, schema::BY_ORGANISATION),
    },
    Need {
        by: &[Function::Review],
        actions: &["dynamodb:Query"],
        on: Resource::Index(schema::SUBMISSIONS, schema::BY_START),
    },
    Need {
        by: &[Function::Review],
        actions: &["dynamodb:Query"],
        on: Resource::Index(schema::SUBMISSIONS, schema::AWAITING_REVIEW),
    },
];

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

    /// A submission of an organisation; strongly consistent.
    pub async fn get(
        &self,
        organisation: &OrganisationId,
        id: &SubmissionId,
    ) -> Result<Option<SubmissionRecord>, StoreError> {
        let item = self.table.get(&partition(organisation, id), "META").await?;
        item.as_ref().map(read_submission).transpose()
    }

    /// The detached signature that was announced, if one was.
    pub async fn signature(
        &self,
        record: &SubmissionRecord,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        self.table
            .get_blob(&partition_of(record), "SIGNATURE")
            .await
    }

    /// The signed decision that counts, once a reviewer made it.
    pub async fn decision(&self, record: &SubmissionRecord) -> Result<Option<Vec<u8>>, StoreError> {
        self.table.get_blob(&partition_of(record), "DECISION").await
    }

    /// The signed receipt, once there is one.
    pub async fn receipt(&self, record: &SubmissionRecord) -> Result<Option<Vec<u8>>, StoreError> {
        self.table.get_blob(&partition_of(record), "RECEIPT").await
    }

    /// What the last check found; `None` before the first.
    pub async fn findings(
        &self,
        record: &SubmissionRecord,
    ) -> Result<Option<Findings>, StoreError> {
        chunks::read_chunks(&self.table, &partition_of(record), "FINDINGS").await
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

    /// Writes a changed record in a transaction. That fails if somebody else changed it since it was read.
    pub fn put(
        &self,
        transaction: &mut Transaction,
        record: &SubmissionRecord,
    ) -> Result<(), StoreError> {
        let mut changed = record.clone();
        changed.version += 1;
        let unchanged = Condition::version(record.version);
        transaction.put(&self.table, item(&changed)?, Some(unchanged));
        Ok(())
    }

    /// Lets a transaction fail unless the record is as it was read.
    pub fn unchanged(&self, transaction: &mut Transaction, record: &SubmissionRecord) {
        let pk = partition_of(record);
        transaction.check(
            &self.table,
            (&pk, "META"),
            Condition::version(record.version),
        );
    }

    /// Writes findings in a transaction.
    pub fn put_findings(
        &self,
        transaction: &mut Transaction,
        record: &SubmissionRecord,
        findings: &Findings,
    ) -> Result<(), StoreError> {
        let pk = partition_of(record);
        let expires = record.expires();
        chunks::write(
            transaction,
            &self.table,
            (&pk, "FINDINGS"),
            findings,
            expires,
        )
    }

    /// Writes the decision that counts in a transaction, in place of one that came to nothing.
    pub fn put_decision(
        &self,
        transaction: &mut Transaction,
        record: &SubmissionRecord,
        signed: &[u8],
    ) {
        let item = blob_item(&partition_of(record), "DECISION", signed, None);
        transaction.put(&self.table, item, None);
    }

    /// Writes the receipt in a transaction. There is one receipt and it never changes.
    pub fn put_receipt(
        &self,
        transaction: &mut Transaction,
        record: &SubmissionRecord,
        receipt: &[u8],
    ) {
        let item = blob_item(&partition_of(record), "RECEIPT", receipt, None);
        transaction.put(&self.table, item, Some(Condition::absent()));
    }
}

fn partition(organisation: &OrganisationId, id: &SubmissionId) -> Partition {
    Partition::owned_by(organisation, format_args!("SUBMISSION#{id}"))
}

fn partition_of(record: &SubmissionRecord) -> Partition {
    partition(&record.organisation, &record.id)
}

/// The record as an item, with the attributes that the indexes and conditions read.
fn item(record: &SubmissionRecord) -> Result<Item, StoreError> {
    let pk = partition_of(record);
    let json = serde_json::to_string(record).map_err(|error| StoreError::corrupt(&pk, error))?;
    let mut item = Item::from([
        ("pk".to_owned(), text(&pk)),
        ("sk".to_owned(), text("META")),
        ("record".to_owned(), text(json)),
        ("version".to_owned(), number(record.version)),
        ("state".to_owned(), text(record.state.name().as_str())),
        (schema::BY_START.partition.to_owned(), text("ALL")),
        (
            schema::BY_ORGANISATION.partition.to_owned(),
            text(record.organisation.as_str()),
        ),
        (
            schema::BY_ORGANISATION.sort.to_owned(),
            text(listed_at(record.started_at, &record.id)),
        ),
    ]);
    if let Some(expires) = record.expires() {
        item.insert(EXPIRES.to_owned(), number(expires));
    }
    if let Some(list) = review_list(record) {
        item.insert(schema::AWAITING_REVIEW.partition.to_owned(), text(list));
    }
    Ok(item)
}

/// Which of the lists for reviewers it is in.
fn review_list(record: &SubmissionRecord) -> Option<&'static str> {
    if record.awaits_decision() {
        return Some("WAITING");
    }
    let is_decided = record.state.review().is_some() || !record.state.void().is_empty();
    is_decided.then_some("DECIDED")
}

fn read_submission(item: &Item) -> Result<SubmissionRecord, StoreError> {
    super::item::read_record(item)
}
