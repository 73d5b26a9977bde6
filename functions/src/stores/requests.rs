//! Changes of the directory that people ask for, and answers to them. `api` puts what organisations' administrators ask, `review` what DCC
//! administrators sign, each where the other cannot; neither changes any. `intake` holds each to the directory, and to signatures, before anything
//! follows from it.
//!
//! | table | `pk` | `sk` | what |
//! |---|---|---|---|
//! | requests | `<organisation>#REQUESTS` | `REQUEST#<reference>` | a change that an organisation's administrator asks for |
//! | decisions | `<organisation>#REQUESTS` | `REQUEST#<reference>` | a change that a DCC administrator asks for, signed |
//! | decisions | `<organisation>#REQUESTS` | `ANSWER#<reference>#<another>` | an answer to it, signed: there may be several, and the first that counts does |
use serde::{Deserialize, Serialize};
use sluice_shared::{
    directory::DirectoryChange,
    identifiers::{ChangeReason, ChangeRequestId, CorrelationId, OrganisationId, PersonId},
};

use super::{
    Partition, StoreError, Transaction,
    item::{
        Condition, Item, TableClient, binary, from_item, read_binary, read_text, text, to_item,
    },
};
use crate::{
    function::Function,
    need::{Need, Resource},
    schema,
    settings::Tables,
};

/// What the functions do with the table of requests; what they do with that of decisions stands there ([`super::decisions`]).
pub(crate) const NEEDS: &[Need] = &[
    Need {
        by: &[Function::Api],
        actions: &["dynamodb:PutItem"],
        on: Resource::Table(schema::REQUESTS),
    },
    Need {
        by: &[Function::Intake],
        actions: &["dynamodb:GetItem"],
        on: Resource::Table(schema::REQUESTS),
    },
];

/// What is asked for, in both tables.
#[derive(Debug, Clone)]
pub struct Requests {
    plain: TableClient,
    signed: TableClient,
}

/// A change as it was asked for. Nothing of it is true because it is here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenRequest {
    /// Who asks.
    pub by: PersonId,
    /// Their request, in the logs.
    pub correlation_id: Option<CorrelationId>,
    /// What.
    pub asked: Asked,
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// By an organisation's administrator.
    Plain {
        /// What.
        change: DirectoryChange,
        /// Why.
        reason: ChangeReason,
    },
    /// By a DCC administrator: a statement in the administrator's signature (`.p7m`, DER).
    Signed(Vec<u8>),
}

/// An answer as it was given. Nothing of it is true because it is here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenAnswer {
    /// Who answers.
    pub by: PersonId,
    /// Their request, in the logs.
    pub correlation_id: Option<CorrelationId>,
    /// A statement in the administrator's signature (`.p7m`, DER).
    pub signed: Vec<u8>,
}

/// What stands in an item beside what is asked.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Beside {
    by: PersonId,
    correlation_id: Option<CorrelationId>,
}

/// What an organisation's administrator asks, as it lies in an item.
#[derive(Serialize, Deserialize)]
struct Plain {
    change: DirectoryChange,
    reason: ChangeReason,
}

impl Requests {
    /// In these tables.
    pub fn new(client: &aws_sdk_dynamodb::Client, tables: &Tables) -> Self {
        Self {
            plain: TableClient::new(client, &tables.requests),
            signed: TableClient::new(client, &tables.decisions),
        }
    }

    /// Puts what somebody asks for. It never changes.
    pub async fn ask(
        &self,
        organisation: &OrganisationId,
        id: ChangeRequestId,
        taken: &TakenRequest,
    ) -> Result<(), StoreError> {
        let beside = Beside {
            by: taken.by.clone(),
            correlation_id: taken.correlation_id,
        };
        let (pk, sk) = (partition(organisation), request_key(id));
        let mut item = to_item(&pk, &sk, &beside)?;
        let table = match &taken.asked {
            Asked::Plain { change, reason } => {
                let plain = Plain {
                    change: change.clone(),
                    reason: reason.clone(),
                };
                let json = serde_json::to_string(&plain)
                    .map_err(|error| StoreError::corrupt(format!("{pk}/{sk}"), error))?;
                item.insert("asked".to_owned(), text(json));
                &self.plain
            }
            Asked::Signed(signed) => {
                item.insert("signed".to_owned(), binary(signed.as_slice()));
                &self.signed
            }
        };
        create("ask for a change", table, item).await
    }

    /// What an organisation's administrator asked for under this reference; strongly consistent. `Some(None)`: something that cannot be read.
    pub async fn plain_request(
        &self,
        organisation: &OrganisationId,
        id: ChangeRequestId,
    ) -> Result<Option<Option<TakenRequest>>, StoreError> {
        let key = (partition(organisation), request_key(id));
        let item = self.plain.get(&key.0, &key.1).await?;
        Ok(item.map(|item| {
            let asked: Plain = serde_json::from_str(read_text(&item, "asked")?).ok()?;
            let Plain { change, reason } = asked;
            read_taken(item, Asked::Plain { change, reason })
        }))
    }

    /// What a DCC administrator asked for under this reference; strongly consistent. `Some(None)`: something that cannot be read.
    pub async fn signed_request(
        &self,
        organisation: &OrganisationId,
        id: ChangeRequestId,
    ) -> Result<Option<Option<TakenRequest>>, StoreError> {
        let key = (partition(organisation), request_key(id));
        let item = self.signed.get(&key.0, &key.1).await?;
        Ok(item.map(|item| {
            let signed = read_binary(&item, "signed")?.to_vec();
            read_taken(item, Asked::Signed(signed))
        }))
    }

    /// Puts an answer. It never changes, and keeps nobody from giving another one.
    pub async fn answer(
        &self,
        organisation: &OrganisationId,
        (id, answer): (ChangeRequestId, ChangeRequestId),
        taken: &TakenAnswer,
    ) -> Result<(), StoreError> {
        let beside = Beside {
            by: taken.by.clone(),
            correlation_id: taken.correlation_id,
        };
        let mut item = to_item(&partition(organisation), &answer_key(id, answer), &beside)?;
        item.insert("signed".to_owned(), binary(taken.signed.as_slice()));
        create("answer a request", &self.signed, item).await
    }

    /// An answer; strongly consistent. `Some(None)`: something that cannot be read.
    pub async fn answered(
        &self,
        organisation: &OrganisationId,
        (id, answer): (ChangeRequestId, ChangeRequestId),
    ) -> Result<Option<Option<TakenAnswer>>, StoreError> {
        let item = self
            .signed
            .get(&partition(organisation), &answer_key(id, answer))
            .await?;
        Ok(item.map(|item| {
            let signed = read_binary(&item, "signed")?.to_vec();
            let beside: Beside = from_item(item).ok()?;
            Some(TakenAnswer {
                by: beside.by,
                correlation_id: beside.correlation_id,
                signed,
            })
        }))
    }
}

fn read_taken(item: Item, asked: Asked) -> Option<TakenRequest> {
    let beside: Beside = from_item(item).ok()?;
    Some(TakenRequest {
        by: beside.by,
        correlation_id: beside.correlation_id,
        asked,
    })
}

async fn create(what: &'static str, table: &TableClient, item: Item) -> Result<(), StoreError> {
    let mut transaction = Transaction::new(what);
    transaction.put(table, item, Some(Condition::absent()));
    transaction.commit().await
}

fn partition(organisation: &OrganisationId) -> Partition {
    Partition::owned_by(organisation, "REQUESTS")
}

fn request_key(id: ChangeRequestId) -> String {
    format!("REQUEST#{id}")
}

fn answer_key(id: ChangeRequestId, answer: ChangeRequestId) -> String {
    format!("ANSWER#{id}#{answer}")
}
