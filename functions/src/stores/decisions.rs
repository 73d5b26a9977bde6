//! Reviewers' signed decisions. `review` puts them here and changes none; `intake` verifies each before anything follows from it.
//! What DCC staff ask of the directory lies here, too ([`super::requests`]), and on which day each was here ([`super::visits`]).
//!
//! | `pk` | `sk` | what |
//! |---|---|---|
//! | `<organisation>#SUBMISSION#<id>` | `DECISION#000`, … | the decision on it, numbered: the next one's number is how many before it came to nothing |
use serde::{Deserialize, Serialize};
use sluice_shared::{api::PersonRef, identifiers::CorrelationId};

use super::{
    Partition, StoreError, SubmissionRecord, Submissions, Transaction,
    item::{Condition, TableClient, binary, from_item, read_binary, to_item},
};
use crate::{
    function::Function,
    need::{Need, Resource},
    schema,
};

/// What the functions do with the table.
pub(crate) const NEEDS: &[Need] = &[
    Need {
        by: &[Function::Review, Function::Intake],
        actions: &["dynamodb:GetItem"],
        on: Resource::Table(schema::DECISIONS),
    },
    Need {
        by: &[Function::Review],
        actions: &["dynamodb:PutItem", "dynamodb:Query"],
        on: Resource::Table(schema::DECISIONS),
    },
    Need {
        by: &[Function::Intake],
        actions: &["dynamodb:ConditionCheckItem"],
        on: Resource::Table(schema::DECISIONS),
    },
];

/// The table of decisions.
#[derive(Debug, Clone)]
pub struct Decisions {
    table: TableClient,
}

/// A decision as `review` took it. Nothing of it is true because it is here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenDecision {
    /// Who decided; nobody where the item does not say it as `review` does.
    pub reviewer: Option<PersonRef>,
    /// The reviewer's request, in the logs.
    pub correlation_id: Option<CorrelationId>,
    /// The decision in the reviewer's signature (`.p7m`, DER).
    pub signed: Vec<u8>,
}

/// What stands in an item beside the signature.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Beside {
    reviewer: Option<PersonRef>,
    correlation_id: Option<CorrelationId>,
}

impl Decisions {
    /// The table `name`.
    pub fn new(client: &aws_sdk_dynamodb::Client, name: &str) -> Self {
        Self {
            table: TableClient::new(client, name),
        }
    }

    /// The decision with this number on a submission; strongly consistent.
    pub async fn get(
        &self,
        record: &SubmissionRecord,
        number: u32,
    ) -> Result<Option<TakenDecision>, StoreError> {
        let (pk, sk) = (partition(record), sort_key(number));
        let Some(item) = self.table.get(&pk, &sk).await? else {
            return Ok(None);
        };
        // What cannot be read is a decision that counts for nothing, not a fault that keeps others from deciding.
        let signed = read_binary(&item, "signed").unwrap_or_default().to_vec();
        let beside: Beside = from_item(item).unwrap_or(Beside {
            reviewer: None,
            correlation_id: None,
        });
        Ok(Some(TakenDecision {
            reviewer: beside.reviewer,
            correlation_id: beside.correlation_id,
            signed,
        }))
    }

    /// Puts the next decision on a submission. There is one, and it never changes: a conflict means that somebody was quicker, or that
    /// the submission is not what was read.
    pub async fn put(
        &self,
        submissions: &Submissions,
        record: &SubmissionRecord,
        taken: &TakenDecision,
    ) -> Result<(), StoreError> {
        let beside = Beside {
            reviewer: taken.reviewer.clone(),
            correlation_id: taken.correlation_id,
        };
        let (pk, sk) = (partition(record), sort_key(record.next_decision()));
        let mut item = to_item(&pk, &sk, &beside)?;
        item.insert("signed".to_owned(), binary(taken.signed.as_slice()));
        let mut transaction = Transaction::new("take a decision");
        transaction.put(&self.table, item, Some(Condition::absent()));
        submissions.unchanged(&mut transaction, record);
        transaction.commit().await
    }

    /// Lets a transaction fail if the next decision on a submission was taken.
    pub fn none_taken(&self, transaction: &mut Transaction, record: &SubmissionRecord) {
        let (pk, sk) = (partition(record), sort_key(record.next_decision()));
        transaction.check(&self.table, (&pk, &sk), Condition::absent());
    }

    /// The decision on a submission that waits for one, if it was taken and has not come to `intake` yet.
    pub async fn pending(
        &self,
        record: &SubmissionRecord,
    ) -> Result<Option<TakenDecision>, StoreError> {
        if record.awaits_decision() {
            self.get(record, record.next_decision()).await
        } else {
            Ok(None)
        }
    }
}

fn partition(record: &SubmissionRecord) -> Partition {
    Partition::owned_by(
        &record.organisation,
        format_args!("SUBMISSION#{}", record.id),
    )
}

fn sort_key(number: u32) -> String {
    format!("DECISION#{number:03}")
}
