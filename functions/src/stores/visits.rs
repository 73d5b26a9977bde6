//! On which day each person and each system was here last: what `api` and `review` note, each where it writes already. Nothing is decided by it; administrators see
//! it when they look over who still needs what they may do.
//!
//! | table | `pk` | `sk` | what |
//! |---|---|---|---|
//! | announcements | `<organisation>#VISITS` | `PERSON#<id>` | the last day of one of a User's people or systems; dropped some time after |
//! | announcements | `<organisation>#VISITS` | `BEGAN` | the day on which the first of them was noted |
//! | decisions | `dcc#VISITS` | the same | of DCC staff |
use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::ReturnValue;
use sluice_shared::{
    identifiers::{OrganisationId, PersonId},
    instant::UtcTime,
};

use super::{
    Partition, StoreError,
    item::{EXPIRES, Item, TableClient, number, put_error, read_text, text},
};
use crate::settings::Tables;

/// How long a person's last day is kept, in seconds: longer than anybody waits before looking over who is dormant.
const KEPT: i64 = 2 * 366 * 86_400;

/// Where the days are noted.
#[derive(Debug, Clone)]
pub struct Visits {
    of_users: TableClient,
    of_staff: TableClient,
}

/// Who of an organisation was here when.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Visited {
    /// Since when that is noted; `None`: it is not yet.
    pub since: Option<UtcTime>,
    /// The last day of each, by its first instant.
    pub last: BTreeMap<PersonId, UtcTime>,
}

impl Visits {
    /// In these tables.
    pub fn new(client: &aws_sdk_dynamodb::Client, tables: &Tables) -> Self {
        Self {
            of_users: TableClient::new(client, &tables.announcements),
            of_staff: TableClient::new(client, &tables.decisions),
        }
    }

    fn table(&self, organisation: &OrganisationId) -> &TableClient {
        if organisation.is_dcc() {
            &self.of_staff
        } else {
            &self.of_users
        }
    }

    /// Notes that somebody of an organisation, or a system of it, was here on the day of `now`. A later day stays.
    pub async fn note(
        &self,
        organisation: &OrganisationId,
        id: &PersonId,
        now: UtcTime,
    ) -> Result<(), StoreError> {
        let day = now.start_of_day();
        let expires = u64::try_from(now.unix_seconds() + KEPT).unwrap_or_default();
        let mut item = item(organisation, format!("PERSON#{id}"), day);
        item.insert(EXPIRES.to_owned(), number(expires));
        let earlier = "attribute_not_exists(pk) OR #day < :day";
        match self.put(organisation, item, earlier, day).await {
            // The first time that this person is seen: perhaps the first of all.
            Ok(true) => {
                let began = item_of_beginning(organisation, day);
                let absent = "attribute_not_exists(pk) OR #day > :day";
                let put = self.put(organisation, began, absent, day).await;
                conflict_is_fine(put.map(drop))
            }
            other => conflict_is_fine(other.map(drop)),
        }
    }

    /// Who was here when.
    pub async fn of_organisation(&self, id: &OrganisationId) -> Result<Visited, StoreError> {
        let mut visited = Visited::default();
        for item in self.table(id).query(&partition(id), "").await? {
            let day = read_text(&item, DAY).and_then(|day| UtcTime::parse(day).ok());
            let (Some(key), Some(day)) = (read_text(&item, "sk"), day) else {
                continue;
            };
            match key.strip_prefix("PERSON#").map(PersonId::parse) {
                Some(Ok(person)) => drop(visited.last.insert(person, day)),
                Some(Err(_)) => {}
                None => visited.since = Some(day),
            }
        }
        Ok(visited)
    }

    /// Whether there was no such item before.
    async fn put(
        &self,
        organisation: &OrganisationId,
        item: Item,
        condition: &str,
        day: UtcTime,
    ) -> Result<bool, StoreError> {
        let table = self.table(organisation);
        let answer = table
            .client
            .put_item()
            .table_name(&table.name)
            .set_item(Some(item))
            .condition_expression(condition)
            .expression_attribute_names("#day", DAY)
            .expression_attribute_values(":day", text(day.to_string()))
            .return_values(ReturnValue::AllOld)
            .send()
            .await
            .map_err(|error| put_error("note that somebody is here", &error))?;
        Ok(answer.attributes.is_none_or(|before| before.is_empty()))
    }
}

const DAY: &str = "day";

fn item(organisation: &OrganisationId, sk: String, day: UtcTime) -> Item {
    Item::from([
        ("pk".to_owned(), text(partition(organisation))),
        ("sk".to_owned(), text(sk)),
        (DAY.to_owned(), text(day.to_string())),
    ])
}

fn item_of_beginning(organisation: &OrganisationId, day: UtcTime) -> Item {
    item(organisation, "BEGAN".to_owned(), day)
}

/// It was noted already, by this or another instance.
fn conflict_is_fine(noted: Result<(), StoreError>) -> Result<(), StoreError> {
    match noted {
        Err(StoreError::Conflict(_)) => Ok(()),
        other => other,
    }
}

fn partition(organisation: &OrganisationId) -> Partition {
    Partition::owned_by(organisation, "VISITS")
}
