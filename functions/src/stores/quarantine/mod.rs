//! Quarantine events, what they hold, and what was decided.
//!
//! | `pk` | `sk` | what |
//! |---|---|---|
//! | `<organisation>#EVENT#<ref>` | `META` | the event with its counts; `decidingFor` while a submission's decisions are recorded |
//! | `<organisation>#EVENT#<ref>` | `HELD#00000`, … | a page of up to 8,192 communications; never changes |
//! | `<organisation>#EVENT#<ref>` | `PAGE#00000`, … | what is decided on that page (two bits each); absent before the first |
//! | `<organisation>#EVENT#<ref>` | `BY#00000#<submission>` | what one submission decided on that page; makes writing it twice harmless |
//! | `<organisation>#SUBMISSION#<id>` | `ANNOUNCED` | the file whose decisions are being recorded, or are; here, where only `intake` writes |
//! | `<organisation>#SUBMISSION#<id>` | `WAITS#<ref>#00000`, … | what it decides on that page, noted before it waits for a reviewer (two bits each) |
//! | `<organisation>#USER#<User ID>` | `RELEASED` | what the User ID released in the last week, by service, with a version |
//! | `<organisation>#ORGANISATION` | `RELEASED` | what an organisation released and deleted in the last week, altogether |
//! | `EVENT#<ref>` | `META` | whose it is, for DCC staff, who know the reference alone; there is one of each |
//!
//! Deciding 1,000,000 communications of one event touches 123 pages. Each page is one transaction of two writes of
//! 2.1 KB, 3 units each, twice because it is a transaction: 12 units, 1,476 in all; locks, counts, submission and
//! receipt add less than 50; the accounts `RELEASED` 4 units each, 40 if every service is in one.
mod announced;
mod decide;
mod list;
mod lock;
mod owner;
mod released;
mod waiting;

pub use decide::PageWrite;
use sluice_shared::{
    identifiers::{OrganisationId, QuarantineEventRef},
    quarantine::{DecidedPage, HeldEvent, HeldPage, PageDecisions, QuarantineEvent},
};

use super::{
    Partition, StoreError, Transaction,
    item::{
        Condition, Item, TableClient, binary, key_of, read_binary, read_record, read_text, text,
    },
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
        on: Resource::Table(schema::QUARANTINE),
    },
    Need {
        by: &[Function::Intake],
        actions: &["dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"],
        on: Resource::Table(schema::QUARANTINE),
    },
    Need {
        by: &[Function::Api],
        actions: &["dynamodb:Query"],
        on: Resource::Index(schema::QUARANTINE, schema::BY_ORGANISATION),
    },
    Need {
        by: &[Function::Review],
        actions: &["dynamodb:Query"],
        on: Resource::Index(schema::QUARANTINE, schema::BY_START),
    },
];

/// The table of quarantine events.
#[derive(Debug, Clone)]
pub struct Quarantine {
    table: TableClient,
}

impl Quarantine {
    /// The table `name`.
    pub fn new(client: &aws_sdk_dynamodb::Client, name: &str) -> Self {
        Self {
            table: TableClient::new(client, name),
        }
    }

    /// An event of an organisation; strongly consistent.
    pub async fn event(
        &self,
        organisation: &OrganisationId,
        reference: &QuarantineEventRef,
    ) -> Result<Option<QuarantineEvent>, StoreError> {
        let pk = partition(organisation, reference);
        let item = self.table.get(&pk, "META").await?;
        item.as_ref().map(read_event).transpose()
    }

    /// One page of an event and what is decided on it, without saying by whom.
    pub async fn decided_page(
        &self,
        event: &QuarantineEvent,
        number: u32,
    ) -> Result<Option<DecidedPage>, StoreError> {
        let pk = partition_of(event);
        let Some(held) = self.table.get(&pk, &held_key(number)).await? else {
            return Ok(None);
        };
        let page = read_page(&held)?;
        let decisions = match self.table.get(&pk, &page_key(number)).await? {
            Some(item) => read_decisions(&item, page.len())?,
            None => PageDecisions::held(page.len()),
        };
        Ok(Some(DecidedPage {
            number,
            page,
            decisions,
            shares: Vec::new(),
        }))
    }

    /// An event with all its pages, decisions, and who decided; strongly consistent.
    pub async fn held(
        &self,
        organisation: &OrganisationId,
        reference: &QuarantineEventRef,
    ) -> Result<Option<HeldEvent>, StoreError> {
        let Some(event) = self.event(organisation, reference).await? else {
            return Ok(None);
        };
        let pk = partition(organisation, reference);
        let mut pages = Vec::with_capacity(event.pages as usize);
        for (number, item) in (0_u32..).zip(self.table.query(&pk, "HELD#").await?) {
            pages.push(DecidedPage::held(number, read_page(&item)?));
        }
        for item in self.table.query(&pk, "PAGE#").await? {
            let page = decide::of_item(&mut pages, &item)?;
            page.decisions = read_decisions(&item, page.page.len())?;
        }
        for item in self.table.query(&pk, "BY#").await? {
            let page = decide::of_item(&mut pages, &item)?;
            let share = decide::read_share(&item, page.page.len())?;
            page.shares.push(share);
        }
        if pages.len() != event.pages as usize {
            return Err(StoreError::corrupt(
                pk,
                "there are not as many pages as it says",
            ));
        }
        Ok(Some(HeldEvent { event, pages }))
    }

    /// Opens an event with everything that it holds; an event that is there already stays as it is, and so does one of this reference of
    /// another organisation.
    pub async fn open(
        &self,
        event: &QuarantineEvent,
        pages: &[HeldPage],
    ) -> Result<(), StoreError> {
        let pk = partition_of(event);
        if self.organisation_of(&event.reference).await?.is_some() {
            return Ok(());
        }
        for (number, page) in (0_u32..).zip(pages) {
            let item = Item::from([
                ("pk".to_owned(), text(&pk)),
                ("sk".to_owned(), text(held_key(number))),
                ("held".to_owned(), binary(page.encode())),
            ]);
            self.table.put(item).await?;
        }
        // Last, so that an event that can be seen has all its pages.
        let mut transaction = Transaction::new("open a quarantine event");
        transaction.put(&self.table, event_item(event)?, Some(Condition::absent()));
        self.put_owner(&mut transaction, event);
        match transaction.commit().await {
            Ok(()) | Err(StoreError::Conflict(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

fn event_item(event: &QuarantineEvent) -> Result<Item, StoreError> {
    let pk = partition_of(event);
    // The lock is an attribute of its own, since it changes without the rest.
    let unlocked = QuarantineEvent {
        deciding_for: None,
        ..event.clone()
    };
    let json = serde_json::to_string(&unlocked).map_err(|error| StoreError::corrupt(&pk, error))?;
    let listed = format!(
        "{:015}#{}",
        event.quarantined_at.unix_millis(),
        event.reference
    );
    Ok(Item::from([
        ("pk".to_owned(), text(pk)),
        ("sk".to_owned(), text("META")),
        ("record".to_owned(), text(json)),
        (
            schema::BY_ORGANISATION.partition.to_owned(),
            text(event.organisation.as_str()),
        ),
        (schema::BY_START.partition.to_owned(), text("ALL")),
        (schema::BY_START.sort.to_owned(), text(listed)),
    ]))
}

fn read_event(item: &Item) -> Result<QuarantineEvent, StoreError> {
    let mut event: QuarantineEvent = read_record(item)?;
    event.deciding_for = read_text(item, lock::ATTRIBUTE)
        .map(str::parse)
        .transpose()
        .map_err(|_| StoreError::corrupt(key_of(item), "its lock names no submission"))?;
    Ok(event)
}

fn read_page(item: &Item) -> Result<HeldPage, StoreError> {
    let bytes = read_binary(item, "held")
        .ok_or_else(|| StoreError::corrupt(key_of(item), "held is missing"))?;
    HeldPage::decode(bytes)
        .map_err(|_| StoreError::corrupt(key_of(item), "held is not a page of communications"))
}

fn read_decisions(item: &Item, rows: usize) -> Result<PageDecisions, StoreError> {
    let bytes = read_binary(item, "decisions")
        .ok_or_else(|| StoreError::corrupt(key_of(item), "decisions are missing"))?;
    PageDecisions::decode(rows, bytes)
        .map_err(|_| StoreError::corrupt(key_of(item), "decisions are not those of such a page"))
}

fn partition(organisation: &OrganisationId, reference: &QuarantineEventRef) -> Partition {
    Partition::owned_by(organisation, format_args!("EVENT#{reference}"))
}

fn partition_of(event: &QuarantineEvent) -> Partition {
    partition(&event.organisation, &event.reference)
}

fn held_key(page: u32) -> String {
    format!("HELD#{page:05}")
}

fn page_key(page: u32) -> String {
    format!("PAGE#{page:05}")
}
