//! What goes on around a review: who has a submission in hand, what was asked, what was answered. Nothing takes effect by any of it, and `intake`
//! reads none. `review` and `api` put into partitions of their own, to whose endings the roles' policies bind them: neither writes in the name of
//! the other.
//!
//! | `pk` | `sk` | what |
//! |---|---|---|
//! | `ASSIGNED#BY#review` | `<submission>` | who has it in hand, with a version; dropped a year after |
//! | `<organisation>#REVIEW#<submission>#BY#review` | `QUESTION#000`, … | a question; it never changes |
//! | `<organisation>#REVIEW#<submission>#BY#api` | `ANSWER#000`, … | the answer to it; it never changes |
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sluice_shared::{
    api::PersonRef,
    identifiers::{DisplayName, ReviewMessage, SubmissionId},
    instant::UtcTime,
    review::{Assignment, ReviewAnswer, ReviewQuestion},
};

use super::{
    Partition, StoreError, SubmissionRecord,
    item::{
        Condition, EXPIRES, Item, TableClient, key_of, number, put_error, read_number, read_record,
        read_text, text,
    },
};
use crate::{
    function::Function,
    need::{Need, Resource},
    schema,
};

/// What the functions do with the table.
pub(crate) const NEEDS: &[Need] = &[Need {
    by: &[Function::Api, Function::Review],
    actions: &["dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem"],
    on: Resource::Table(schema::REVIEWING),
}];

/// How long it is kept who has a submission in hand, in seconds: longer than anything waits.
const ASSIGNMENT_KEPT: i64 = 366 * 86_400;

/// The table of what goes on around reviews.
#[derive(Debug, Clone)]
pub struct Reviewing {
    table: TableClient,
}

/// Who has a submission in hand, as it was read: for whoever changes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Held {
    /// Who; nobody, or nobody any more.
    pub assignment: Option<Assignment>,
    version: u64,
}

/// A question as it lies there.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct KeptQuestion {
    asker: PersonRef,
    asked_at: UtcTime,
    text: ReviewMessage,
}

impl Reviewing {
    /// The table `name`.
    pub fn new(client: &aws_sdk_dynamodb::Client, name: &str) -> Self {
        Self {
            table: TableClient::new(client, name),
        }
    }

    /// Who has a submission in hand; strongly consistent.
    pub async fn held(&self, id: &SubmissionId) -> Result<Held, StoreError> {
        let item = self.table.get(&assigned(), &id.to_string()).await?;
        item.as_ref().map_or_else(|| Ok(Held::default()), read_held)
    }

    /// Everything that is in somebody's hands.
    pub async fn all_assigned(&self) -> Result<BTreeMap<SubmissionId, Assignment>, StoreError> {
        let mut found = BTreeMap::new();
        for item in self.table.query(&assigned(), "").await? {
            let id = read_text(&item, "sk").and_then(|sk| sk.parse().ok());
            let id = id.ok_or_else(|| StoreError::corrupt(key_of(&item), "no reference"))?;
            if let Some(assignment) = read_held(&item)?.assignment {
                found.insert(id, assignment);
            }
        }
        Ok(found)
    }

    /// Puts a submission into somebody's hands, or nobody's. A conflict means that somebody else changed it since it was read.
    pub async fn assign(
        &self,
        id: &SubmissionId,
        before: &Held,
        assignment: Option<&Assignment>,
        now: UtcTime,
    ) -> Result<(), StoreError> {
        const WHAT: &str = "assign a review";
        let (pk, sk) = (assigned(), id.to_string());
        let mut item = record_item(&pk, &sk, &assignment)?;
        let expires = now.unix_seconds().saturating_add(ASSIGNMENT_KEPT);
        let expires = u64::try_from(expires).unwrap_or_default();
        item.insert(EXPIRES.to_owned(), number(expires));
        item.insert("version".to_owned(), number(before.version + 1));
        let condition = if before.version == 0 {
            Condition::absent()
        } else {
            Condition::version(before.version)
        };
        let values = Some(condition.values).filter(|values| !values.is_empty());
        self.table
            .client
            .put_item()
            .table_name(&self.table.name)
            .set_item(Some(item))
            .condition_expression(condition.expression)
            .set_expression_attribute_values(values)
            .send()
            .await
            .map(drop)
            .map_err(|error| put_error(WHAT, &error))
    }

    /// Puts a question. It never changes; a conflict means that another one has this number.
    pub async fn ask(
        &self,
        record: &SubmissionRecord,
        question: &ReviewQuestion,
    ) -> Result<(), StoreError> {
        const WHAT: &str = "ask a question";
        let kept = KeptQuestion {
            asker: question.asker.clone(),
            asked_at: question.asked_at,
            text: question.text.clone(),
        };
        let item = record_item(&asked(record), &question_key(question.number), &kept)?;
        match self.table.put_where_none(WHAT, item).await? {
            None => Ok(()),
            Some(there) => {
                let there: KeptQuestion = read_record(&there)?;
                // This very question, whose answer was lost.
                let is_same = there.asker.id == kept.asker.id && there.text == kept.text;
                is_same.then_some(()).ok_or(StoreError::Conflict(WHAT))
            }
        }
    }

    /// Puts an answer. It never changes: what is there already is given back.
    pub async fn answer(
        &self,
        record: &SubmissionRecord,
        number: u32,
        answer: &ReviewAnswer,
    ) -> Result<Option<ReviewAnswer>, StoreError> {
        const WHAT: &str = "answer a question";
        let item = record_item(&answered(record), &answer_key(number), answer)?;
        match self.table.put_where_none(WHAT, item).await? {
            None => Ok(None),
            // What is there stays, so this one was not taken.
            Some(there) => readable(&there).ok_or(StoreError::Conflict(WHAT)).map(Some),
        }
    }

    /// All that was asked about a submission, with what was answered. An answer that cannot be read is none: `review` asks whatever `api` put there,
    /// and a reviewer goes on without.
    pub async fn questions(
        &self,
        record: &SubmissionRecord,
    ) -> Result<Vec<ReviewQuestion>, StoreError> {
        let items = self.table.query(&asked(record), "QUESTION#").await?;
        let of_answers = answered(record);
        let questions = items.iter().zip(0_u32..).map(async |(item, number)| {
            let kept: KeptQuestion = read_record(item)?;
            let answer = self.table.get(&of_answers, &answer_key(number)).await?;
            Ok::<_, StoreError>(ReviewQuestion {
                number,
                asker: kept.asker,
                asked_at: kept.asked_at,
                text: kept.text,
                answer: answer.and_then(|answer| readable(&answer)),
            })
        });
        futures::future::try_join_all(questions).await
    }
}

/// An answer, by somebody whose name is one. Whoever it names, it is `api` that wrote it.
fn readable(item: &Item) -> Option<ReviewAnswer> {
    let read = read_record(item).and_then(|answer: ReviewAnswer| {
        DisplayName::parse(&answer.by.name)
            .map_err(|_| StoreError::corrupt(key_of(item), "its name is none"))?;
        Ok(answer)
    });
    if let Err(error) = &read {
        tracing::warn!(%error, "what is there as an answer cannot be read");
    }
    read.ok()
}

fn record_item<T: Serialize>(pk: &Partition, sk: &str, record: &T) -> Result<Item, StoreError> {
    let json = serde_json::to_string(record)
        .map_err(|error| StoreError::corrupt(format!("{pk}/{sk}"), error))?;
    Ok(Item::from([
        ("pk".to_owned(), text(pk)),
        ("sk".to_owned(), text(sk)),
        ("record".to_owned(), text(json)),
    ]))
}

fn read_held(item: &Item) -> Result<Held, StoreError> {
    let version = read_number(item, "version");
    Ok(Held {
        assignment: read_record(item)?,
        version: version.ok_or_else(|| StoreError::corrupt(key_of(item), "version is missing"))?,
    })
}

fn assigned() -> Partition {
    Partition::of_nobody("ASSIGNED", "BY#review")
}

fn asked(record: &SubmissionRecord) -> Partition {
    of_submission(record, Function::Review)
}

fn answered(record: &SubmissionRecord) -> Partition {
    of_submission(record, Function::Api)
}

fn of_submission(record: &SubmissionRecord, by: Function) -> Partition {
    Partition::owned_by(
        &record.organisation,
        format_args!("REVIEW#{}#BY#{}", record.id, by.name()),
    )
}

fn question_key(number: u32) -> String {
    format!("QUESTION#{number:03}")
}

fn answer_key(number: u32) -> String {
    format!("ANSWER#{number:03}")
}
