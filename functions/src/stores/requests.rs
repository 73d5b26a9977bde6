//! Changes of the directory that people ask for, and answers to them. `api` puts what Users' people ask, `review` what DCC staff do, each where the
//! other cannot; neither changes any. `intake` holds each to the directory, and to signatures, before anything
//! follows from it.
//!
//! | table | `pk` | `sk` | what |
//! |---|---|---|---|
//! | requests | `<organisation>#REQUESTS` | `REQUEST#<reference>` | a change that somebody of a User asks for |
//! | decisions | `<organisation>#REQUESTS` | `REQUEST#<reference>` | a change that DCC staff ask for |
//! | decisions | `<organisation>#REQUESTS` | `ANSWER#<reference>#<another>` | an answer to one, signed: there may be several, and the first that counts does |
use serde::{Deserialize, Serialize};
use sluice_shared::{
    directory::{DirectoryChange, Entrance},
    identifiers::{ChangeReason, ChangeRequestId, CorrelationId, OrganisationId, PersonId},
};

use super::{
    Partition, StoreError,
    item::{Item, TableClient, binary, from_item, read_binary, read_text, text, to_item},
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
    of_users: TableClient,
    of_staff: TableClient,
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
    /// By somebody of a User; or, of their own keys, by DCC staff.
    Plain {
        /// What.
        change: DirectoryChange,
        /// Why.
        reason: ChangeReason,
    },
    /// A statement in a signature (`.p7m`, DER): a DCC administrator's, or with a key that is to be registered.
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

/// What is asked without a signature, as it lies in an item.
#[derive(Serialize, Deserialize)]
struct Plain {
    change: DirectoryChange,
    reason: ChangeReason,
}

impl Requests {
    /// In these tables.
    pub fn new(client: &aws_sdk_dynamodb::Client, tables: &Tables) -> Self {
        Self {
            of_users: TableClient::new(client, &tables.requests),
            of_staff: TableClient::new(client, &tables.decisions),
        }
    }

    fn table(&self, entrance: Entrance) -> &TableClient {
        match entrance {
            Entrance::Users => &self.of_users,
            Entrance::Staff => &self.of_staff,
        }
    }

    /// Puts what somebody asks for at an entrance. It never changes; the same again is enough, something else under its reference a conflict.
    pub async fn ask(
        &self,
        entrance: Entrance,
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
        match &taken.asked {
            Asked::Plain { change, reason } => {
                let plain = Plain {
                    change: change.clone(),
                    reason: reason.clone(),
                };
                let json = serde_json::to_string(&plain)
                    .map_err(|error| StoreError::corrupt(format!("{pk}/{sk}"), error))?;
                item.insert("asked".to_owned(), text(json));
            }
            Asked::Signed(signed) => {
                item.insert("signed".to_owned(), binary(signed.as_slice()));
            }
        }
        let what = "ask for a change";
        let there = self.table(entrance).put_where_none(what, item).await?;
        let is_same = |there| {
            taken_from(there)
                .is_some_and(|earlier| earlier.by == taken.by && earlier.asked == taken.asked)
        };
        if there.is_none_or(is_same) {
            Ok(())
        } else {
            Err(StoreError::Conflict(what))
        }
    }

    /// What was asked for at an entrance under this reference; strongly consistent. `Some(None)`: something that cannot be read.
    pub async fn request(
        &self,
        entrance: Entrance,
        organisation: &OrganisationId,
        id: ChangeRequestId,
    ) -> Result<Option<Option<TakenRequest>>, StoreError> {
        let key = (partition(organisation), request_key(id));
        let item = self.table(entrance).get(&key.0, &key.1).await?;
        Ok(item.map(taken_from))
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
        let what = "answer a request";
        match self.of_staff.put_where_none(what, item.clone()).await? {
            Some(there) if there != item => Err(StoreError::Conflict(what)),
            _ => Ok(()),
        }
    }

    /// An answer; strongly consistent. `Some(None)`: something that cannot be read.
    pub async fn answered(
        &self,
        organisation: &OrganisationId,
        (id, answer): (ChangeRequestId, ChangeRequestId),
    ) -> Result<Option<Option<TakenAnswer>>, StoreError> {
        let item = self
            .of_staff
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

/// None: it cannot be read.
fn taken_from(item: Item) -> Option<TakenRequest> {
    let signed = read_binary(&item, "signed").map(<[u8]>::to_vec);
    let plain = read_text(&item, "asked").and_then(|json| serde_json::from_str(json).ok());
    let asked = match (signed, plain) {
        (Some(signed), None) => Asked::Signed(signed),
        (None, Some(Plain { change, reason })) => Asked::Plain { change, reason },
        _ => return None,
    };
    let beside: Beside = from_item(item).ok()?;
    Some(TakenRequest {
        by: beside.by,
        correlation_id: beside.correlation_id,
        asked,
    })
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
