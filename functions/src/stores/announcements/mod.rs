//! What people say that they will send. `api` writes it; `intake` looks it up when a file arrives, and makes a submission of what holds. From
//! then on nothing here counts.
//!
//! | `pk` | `sk` | what |
//! |---|---|---|
//! | `<organisation>#SUBMISSION#<id>` | `META` | the announcement, with a version; in all indexes |
//! | `<organisation>#SUBMISSION#<id>` | `SIGNATURE` | the detached signature that came with it |
//! | `<organisation>#CORRECTS` | `<id>` | which announced submission corrects this one |
//! | `<organisation>#FILE#<kind>#<digest>` | `META` | the latest submission of a file; stays |
//! | `<organisation>#REQUEST#<person>#<key>` | `META` | what an idempotency key was used for |
//! | `<organisation>#BUDGET`, `<organisation>#BUDGET#<person>` | `<day>` | how much was started on a day of UTC, by all or one of its people |
//!
//! On which day each person was here lies here, too (`stores/visits.rs`).
mod announcement;
mod budgets;
mod corrections;
mod list;
mod owner;
mod start;

use sluice_shared::identifiers::{OrganisationId, SubmissionId};

pub use announcement::Announcement;
pub use budgets::Spender;
pub use corrections::Correction;
pub use start::{Changes, StartKeys, Started};

use super::{
    Partition, StoreError, Transaction,
    item::{Condition, EXPIRES, Item, TableClient, number, read_record, text},
    listed_at,
};
use crate::{
    function::Function,
    need::{Need, Resource},
    schema,
};

/// What the functions do with the table: nobody but `api` writes to it.
pub(crate) const NEEDS: &[Need] = &[
    Need {
        by: &[Function::Api],
        actions: &[
            "dynamodb:GetItem",
            "dynamodb:PutItem",
            "dynamodb:Query",
            "dynamodb:UpdateItem",
        ],
        on: Resource::Table(schema::ANNOUNCEMENTS),
    },
    Need {
        by: &[Function::Review],
        actions: &["dynamodb:GetItem", "dynamodb:Query"],
        on: Resource::Table(schema::ANNOUNCEMENTS),
    },
    Need {
        by: &[Function::Api, Function::Review],
        actions: &["dynamodb:Query"],
        on: Resource::Index(schema::ANNOUNCEMENTS, schema::BY_ORGANISATION),
    },
    Need {
        by: &[Function::Review],
        actions: &["dynamodb:Query"],
        on: Resource::Index(schema::ANNOUNCEMENTS, schema::BY_START),
    },
    Need {
        by: &[Function::Review],
        actions: &["dynamodb:Query"],
        on: Resource::Index(schema::ANNOUNCEMENTS, schema::BY_REFERENCE),
    },
    Need {
        by: &[Function::Intake],
        actions: &["dynamodb:GetItem", "dynamodb:ConditionCheckItem"],
        on: Resource::Table(schema::ANNOUNCEMENTS),
    },
];

/// The table of announcements.
#[derive(Debug, Clone)]
pub struct Announcements {
    table: TableClient,
}

impl Announcements {
    /// The table `name`.
    pub fn new(client: &aws_sdk_dynamodb::Client, name: &str) -> Self {
        Self {
            table: TableClient::new(client, name),
        }
    }

    /// What an organisation announced of a submission; strongly consistent.
    pub async fn get(
        &self,
        organisation: &OrganisationId,
        id: &SubmissionId,
    ) -> Result<Option<Announcement>, StoreError> {
        let item = self.table.get(&partition(organisation, id), "META").await?;
        item.as_ref().map(read_record).transpose()
    }

    /// The detached signature that came with it, if one did.
    pub async fn signature(
        &self,
        organisation: &OrganisationId,
        id: &SubmissionId,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let pk = partition(organisation, id);
        self.table.get_blob(&pk, "SIGNATURE").await
    }

    /// Lets a transaction fail unless an announcement is as it was read.
    pub fn unchanged(&self, transaction: &mut Transaction, announcement: &Announcement) {
        let pk = partition_of(announcement);
        let unchanged = Condition::version(announcement.version.into());
        transaction.check(&self.table, (&pk, "META"), unchanged);
    }
}

fn partition(organisation: &OrganisationId, id: &SubmissionId) -> Partition {
    Partition::owned_by(organisation, format_args!("SUBMISSION#{id}"))
}

fn partition_of(announcement: &Announcement) -> Partition {
    partition(&announcement.organisation, &announcement.id)
}

/// An announcement as an item, with the attributes that the indexes and conditions read.
fn item(announcement: &Announcement) -> Result<Item, StoreError> {
    let pk = partition_of(announcement);
    let json =
        serde_json::to_string(announcement).map_err(|error| StoreError::corrupt(&pk, error))?;
    let listed = listed_at(announcement.started_at, &announcement.id);
    Ok(Item::from([
        ("pk".to_owned(), text(pk)),
        ("sk".to_owned(), text("META")),
        ("record".to_owned(), text(json)),
        (
            schema::BY_REFERENCE.partition.to_owned(),
            text(announcement.id.to_string()),
        ),
        ("version".to_owned(), number(announcement.version.into())),
        (EXPIRES.to_owned(), number(announcement.expires())),
        (schema::BY_START.partition.to_owned(), text("ALL")),
        (
            schema::BY_ORGANISATION.partition.to_owned(),
            text(announcement.organisation.as_str()),
        ),
        (schema::BY_ORGANISATION.sort.to_owned(), text(listed)),
    ]))
}
