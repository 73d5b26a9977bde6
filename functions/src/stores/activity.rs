//! The record of activity. It is put and never changed; each function puts into partitions of its own, so that none writes, or covers what was
//! written, in the name of another: the roles' policies bind each to its own ending of the key.
//!
//! | `pk` | `sk` | what |
//! |---|---|---|
//! | `<organisation>#BY#<function>` | `<milliseconds>#<random>` | one record |
use base64ct::{Base64UrlUnpadded, Encoding as _};
use sluice_shared::{
    activity::{ActivityFilter, ActivityRecord, Recorder},
    api,
    identifiers::OrganisationId,
    instant::UtcTime,
};

use super::{
    Partition, StoreError, Transaction,
    item::{Condition, EXPIRES, Item, TableClient, number, read_record, read_text, text},
};
use crate::{
    function::Function,
    need::{Need, Resource},
    schema,
};

/// What the functions do with the table. Nobody changes or removes what is there.
pub(crate) const NEEDS: &[Need] = &[
    Need {
        by: &[Function::Api, Function::Review, Function::Intake],
        actions: &["dynamodb:PutItem"],
        on: Resource::Table(schema::ACTIVITY),
    },
    Need {
        by: &[Function::Api, Function::Review],
        actions: &["dynamodb:Query"],
        on: Resource::Table(schema::ACTIVITY),
    },
];

/// A year with its share of leap days, in seconds.
const YEAR: i64 = 31_556_952;
/// How many items are read of each partition at once.
const AT_ONCE: usize = 200;
/// How often a list is read on until a page is full: a narrow filter may need several reads.
const MOST_READS: usize = 10;

/// The table of activity.
#[derive(Debug, Clone)]
pub struct Activity {
    table: TableClient,
    keep_years: u16,
}

/// What makes the key of a record the only one.
#[derive(Debug, Clone, Copy)]
pub struct RecordKey(pub [u8; 8]);

/// A part of a list of activity, newest first.
#[derive(Debug, Clone, PartialEq)]
pub struct ActivityPage {
    /// What it holds.
    pub items: Vec<ActivityRecord>,
    /// Where the list goes on; `None` at its end.
    pub next: Option<ActivityPlace>,
}

/// A place in a list of activity: what comes after it is older. Whose list it is never comes from it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ActivityPlace(String);

impl ActivityPlace {
    fn parse(text: &str) -> Option<Self> {
        let (at, key) = text.split_once('#')?;
        let is_time = at.len() == 15 && at.bytes().all(|byte| byte.is_ascii_digit());
        let is_key = key.len() == 16 && key.bytes().all(|byte| byte.is_ascii_hexdigit());
        (is_time && is_key).then(|| Self(text.to_owned()))
    }

    /// Reads the form that callers have; `None` for all that [`ActivityPlace::encode`] did not make.
    pub fn decode(cursor: &api::Cursor) -> Option<Self> {
        let bytes = Base64UrlUnpadded::decode_vec(cursor.as_str()).ok()?;
        Self::parse(&String::from_utf8(bytes).ok()?)
    }

    /// The form that callers see.
    pub fn encode(&self) -> Option<api::Cursor> {
        api::Cursor::parse(&Base64UrlUnpadded::encode_string(self.0.as_bytes())).ok()
    }
}

/// A record with its place.
type Placed = (ActivityPlace, ActivityRecord);

/// What one read of all partitions found, newest first, and up to where nothing is missing.
struct Part {
    found: Vec<Placed>,
    next: Option<ActivityPlace>,
}

impl Activity {
    /// The table `name`, whose records are kept for this many years.
    pub fn new(client: &aws_sdk_dynamodb::Client, name: &str, keep_years: u16) -> Self {
        Self {
            table: TableClient::new(client, name),
            keep_years,
        }
    }

    /// Puts a record. One that is there is never overwritten; this very one, which was put by a call whose answer was lost, is enough.
    pub async fn put(&self, record: &ActivityRecord, key: RecordKey) -> Result<(), StoreError> {
        const WHAT: &str = "record an act";
        let item = self.item(record, key)?;
        match self.table.put_where_none(WHAT, item.clone()).await? {
            Some(there) if there != item => Err(StoreError::Conflict(WHAT)),
            _ => Ok(()),
        }
    }

    /// Puts a record with other writes, or not at all.
    pub fn put_with(
        &self,
        transaction: &mut Transaction,
        record: &ActivityRecord,
        key: RecordKey,
    ) -> Result<(), StoreError> {
        let item = self.item(record, key)?;
        transaction.put(&self.table, item, Some(Condition::absent()));
        Ok(())
    }

    fn item(&self, record: &ActivityRecord, key: RecordKey) -> Result<Item, StoreError> {
        let pk = partition(&record.organisation, record.recorder);
        let sk = format!("{}#{}", time_key(record.at), hex::encode(key.0));
        let json = serde_json::to_string(record)
            .map_err(|error| StoreError::corrupt(format!("{pk}/{sk}"), error))?;
        let kept = i64::from(self.keep_years).saturating_mul(YEAR);
        let expires = record.at.unix_seconds().saturating_add(kept);
        Ok(Item::from([
            ("pk".to_owned(), text(pk)),
            ("sk".to_owned(), text(sk)),
            ("record".to_owned(), text(json)),
            (
                EXPIRES.to_owned(),
                number(u64::try_from(expires).unwrap_or_default()),
            ),
        ]))
    }

    /// An organisation's records that fit, newest first, whichever function wrote them: up to `most`. Where a filter is narrow, a page may have
    /// fewer, and go on all the same.
    pub async fn page(
        &self,
        organisation: &OrganisationId,
        filter: &ActivityFilter,
        most: usize,
        from: Option<ActivityPlace>,
    ) -> Result<ActivityPage, StoreError> {
        let (mut items, mut next) = (Vec::new(), from);
        for _ in 0..MOST_READS {
            let part = Box::pin(self.part(organisation, filter, next.as_ref())).await?;
            next = part.next;
            let mut fitting = part.found;
            fitting.retain(|(_, record)| filter.fits(record));
            let left = most - items.len();
            if fitting.len() > left {
                fitting.truncate(left);
                next = fitting.last().map(|(place, _)| place.clone());
            }
            items.extend(fitting.into_iter().map(|(_, record)| record));
            if next.is_none() || items.len() >= most {
                break;
            }
        }
        Ok(ActivityPage { items, next })
    }

    async fn part(
        &self,
        organisation: &OrganisationId,
        filter: &ActivityFilter,
        before: Option<&ActivityPlace>,
    ) -> Result<Part, StoreError> {
        let of = |recorder| self.of_recorder(organisation, recorder, filter, before);
        let [api, review, intake] = Recorder::ALL;
        let parts = futures::try_join!(of(api), of(review), of(intake))?;
        let parts = [parts.0, parts.1, parts.2];
        // Beyond the place where one function's part ends, it may lack what comes between.
        let next = parts.iter().filter_map(|part| part.next.clone()).max();
        let found = parts.into_iter().flat_map(|part| part.found);
        let mut found: Vec<_> = found
            .filter(|(place, _)| next.as_ref().is_none_or(|next| place >= next))
            .collect();
        found.sort_by(|(one, _), (other, _)| other.cmp(one));
        Ok(Part { found, next })
    }

    async fn of_recorder(
        &self,
        organisation: &OrganisationId,
        recorder: Recorder,
        filter: &ActivityFilter,
        before: Option<&ActivityPlace>,
    ) -> Result<Part, StoreError> {
        let low = filter.begins().map_or_else(|| "0".to_owned(), time_key);
        // Beyond all that begins with a digit.
        let end = filter.ends().map_or_else(|| ":".to_owned(), time_key);
        let high = match before {
            Some(before) if before.0 < end => before.0.clone(),
            _ => end,
        };
        if high < low {
            return Ok(Part {
                found: Vec::new(),
                next: None,
            });
        }
        // One more than is wanted: the place itself, where the list goes on after it.
        let most = i32::try_from(AT_ONCE + 1).unwrap_or(i32::MAX);
        let answer = self
            .table
            .client
            .query()
            .table_name(&self.table.name)
            .consistent_read(true)
            .key_condition_expression("pk = :pk AND sk BETWEEN :low AND :high")
            .expression_attribute_values(":pk", text(partition(organisation, recorder)))
            .expression_attribute_values(":low", text(low))
            .expression_attribute_values(":high", text(&high))
            .scan_index_forward(false)
            .limit(most)
            .send()
            .await
            .map_err(|error| StoreError::aws("list the activity", &error))?;
        let goes_on = answer.last_evaluated_key.is_some_and(|key| !key.is_empty());
        let items = answer.items.unwrap_or_default();
        let last = items.last().and_then(place_of);
        let found = items
            .iter()
            .filter(|item| read_text(item, "sk").is_some_and(|sk| sk < high.as_str()))
            .map(|item| {
                let place = place_of(item)
                    .ok_or_else(|| StoreError::corrupt(super::item::key_of(item), "no place"))?;
                Ok((place, read_record(item)?))
            })
            .collect::<Result<_, StoreError>>()?;
        Ok(Part {
            found,
            next: last.filter(|_| goes_on),
        })
    }
}

fn place_of(item: &Item) -> Option<ActivityPlace> {
    ActivityPlace::parse(read_text(item, "sk")?)
}

fn partition(organisation: &OrganisationId, recorder: Recorder) -> Partition {
    Partition::owned_by(organisation, format_args!("BY#{recorder}"))
}

/// Milliseconds with leading zeros sort as text.
fn time_key(at: UtcTime) -> String {
    format!("{:015}", at.unix_millis())
}
