//! One table: getting, querying and writing items, and reading their attributes.
use std::collections::HashMap;

use aws_sdk_dynamodb::{
    Client,
    error::SdkError,
    operation::put_item::PutItemError,
    primitives::Blob,
    types::{AttributeValue, ReturnValuesOnConditionCheckFailure},
};
use serde::{Serialize, de::DeserializeOwned};
use sluice_shared::identifiers::OrganisationId;

use super::{Partition, StoreError};

/// The attribute after which DynamoDB may drop an item, in the tables whose schema says so.
pub(crate) const EXPIRES: &str = "expiresAt";

/// An item as the SDK has it.
pub(crate) type Item = HashMap<String, AttributeValue>;

/// A table by the name that this deployment gives it.
#[derive(Debug, Clone)]
pub(crate) struct TableClient {
    pub(crate) client: Client,
    pub(crate) name: String,
}

impl TableClient {
    pub(crate) fn new(client: &Client, name: &str) -> Self {
        Self {
            client: client.clone(),
            name: name.to_owned(),
        }
    }

    /// One item, strongly consistent.
    pub(crate) async fn get(&self, pk: &Partition, sk: &str) -> Result<Option<Item>, StoreError> {
        let answer = self
            .client
            .get_item()
            .table_name(&self.name)
            .consistent_read(true)
            .key("pk", text(pk))
            .key("sk", text(sk))
            .send()
            .await
            .map_err(|error| StoreError::aws("get an item", &error))?;
        Ok(answer.item)
    }

    /// The bytes that an item holds, as [`blob_item`] makes it; strongly consistent.
    pub(crate) async fn get_blob(
        &self,
        pk: &Partition,
        sk: &str,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(item) = self.get(pk, sk).await? else {
            return Ok(None);
        };
        let bytes = read_binary(&item, "bytes")
            .ok_or_else(|| StoreError::corrupt(key_of(&item), "bytes are missing"))?;
        Ok(Some(bytes.to_vec()))
    }

    /// All items of a partition whose sort key starts with `prefix`, in order, strongly consistent.
    pub(crate) async fn query(
        &self,
        pk: &Partition,
        prefix: &str,
    ) -> Result<Vec<Item>, StoreError> {
        let mut items = Vec::new();
        let mut start = None;
        loop {
            let request = self
                .client
                .query()
                .table_name(&self.name)
                .consistent_read(true)
                .expression_attribute_values(":pk", text(pk));
            // A key condition takes no empty text.
            let request = if prefix.is_empty() {
                request.key_condition_expression("pk = :pk")
            } else {
                request
                    .key_condition_expression("pk = :pk AND begins_with(sk, :sk)")
                    .expression_attribute_values(":sk", text(prefix))
            };
            let answer = request
                .set_exclusive_start_key(start)
                .send()
                .await
                .map_err(|error| StoreError::aws("query a table", &error))?;
            items.extend(answer.items.unwrap_or_default());
            start = answer.last_evaluated_key;
            if start.as_ref().is_none_or(HashMap::is_empty) {
                return Ok(items);
            }
        }
    }

    /// Writes an item whatever was there: for seeding, and for what nobody else writes.
    pub(crate) async fn put(&self, item: Item) -> Result<(), StoreError> {
        self.client
            .put_item()
            .table_name(&self.name)
            .set_item(Some(item))
            .send()
            .await
            .map(drop)
            .map_err(|error| StoreError::aws("put an item", &error))
    }

    /// Writes an item where there is none; else gives what is there and leaves it. That may be this very one, put by a call whose answer was lost.
    pub(crate) async fn put_where_none(
        &self,
        what: &'static str,
        item: Item,
    ) -> Result<Option<Item>, StoreError> {
        let put = self
            .client
            .put_item()
            .table_name(&self.name)
            .set_item(Some(item))
            .condition_expression(Condition::absent().expression)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .send()
            .await;
        match put {
            Ok(_) => Ok(None),
            Err(error) => match what_is_there(&error) {
                Some(there) => Ok(Some(there.clone())),
                None => Err(put_error(what, &error)),
            },
        }
    }
}

/// The item that kept another one from being put under its key.
fn what_is_there(error: &SdkError<PutItemError>) -> Option<&Item> {
    match error.as_service_error()? {
        PutItemError::ConditionalCheckFailedException(failed) => failed.item(),
        _ => None,
    }
}

/// A condition on the item that a write replaces.
#[derive(Debug, Clone)]
pub(crate) struct Condition {
    pub(crate) expression: &'static str,
    pub(crate) values: Item,
}

impl Condition {
    /// There is no such item yet.
    pub(crate) fn absent() -> Self {
        Self {
            expression: "attribute_not_exists(pk)",
            values: Item::new(),
        }
    }

    /// The item still has the version that was read.
    pub(crate) fn version(version: u64) -> Self {
        Self {
            expression: "version = :version",
            values: Item::from([(":version".to_owned(), number(version))]),
        }
    }
}

/// A single conditional write's failure: a conflict, or trouble.
pub(crate) fn put_error(what: &'static str, error: &SdkError<PutItemError>) -> StoreError {
    if error
        .as_service_error()
        .is_some_and(PutItemError::is_conditional_check_failed_exception)
    {
        StoreError::Conflict(what)
    } else {
        StoreError::aws(what, error)
    }
}

/// `record` as an item under a key.
pub(crate) fn to_item<T: Serialize>(
    pk: &Partition,
    sk: &str,
    record: &T,
) -> Result<Item, StoreError> {
    let mut item: Item = serde_dynamo::to_item(record)
        .map_err(|error| StoreError::corrupt(format!("{pk}/{sk}"), error))?;
    item.insert("pk".to_owned(), text(pk));
    item.insert("sk".to_owned(), text(sk));
    Ok(item)
}

/// Bytes as an item under a key, which may be dropped after `expires` (seconds since 1970).
pub(crate) fn blob_item(pk: &Partition, sk: &str, bytes: &[u8], expires: Option<u64>) -> Item {
    let mut item = Item::from([
        ("pk".to_owned(), text(pk)),
        ("sk".to_owned(), text(sk)),
        ("bytes".to_owned(), binary(bytes)),
    ]);
    if let Some(expires) = expires {
        item.insert(EXPIRES.to_owned(), number(expires));
    }
    item
}

/// The record that an item holds; attributes that the record does not know are ignored.
pub(crate) fn from_item<T: DeserializeOwned>(item: Item) -> Result<T, StoreError> {
    let key = key_of(&item);
    serde_dynamo::from_item(item).map_err(|error| StoreError::corrupt(key, error))
}

pub(crate) fn key_of(item: &Item) -> String {
    format!(
        "{}/{}",
        read_text(item, "pk").unwrap_or("?"),
        read_text(item, "sk").unwrap_or("?")
    )
}

pub(crate) fn text(value: impl Into<String>) -> AttributeValue {
    AttributeValue::S(value.into())
}

pub(crate) fn number(value: u64) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

pub(crate) fn binary(value: impl Into<Vec<u8>>) -> AttributeValue {
    AttributeValue::B(Blob::new(value.into()))
}

/// The record that an item holds as JSON, under `record`.
pub(crate) fn read_record<T: DeserializeOwned>(item: &Item) -> Result<T, StoreError> {
    let json = read_text(item, "record")
        .ok_or_else(|| StoreError::corrupt(key_of(item), "record is missing"))?;
    serde_json::from_str(json).map_err(|error| StoreError::corrupt(key_of(item), error))
}

pub(crate) fn read_text<'a>(item: &'a Item, name: &str) -> Option<&'a str> {
    item.get(name)?.as_s().ok().map(String::as_str)
}

/// The organisation that an item says whose something is.
pub(crate) fn read_organisation(item: &Item) -> Result<OrganisationId, StoreError> {
    let named = read_text(item, "organisation");
    named
        .and_then(|text| OrganisationId::parse(text).ok())
        .ok_or_else(|| StoreError::corrupt(key_of(item), "organisation is missing"))
}

pub(crate) fn read_number(item: &Item, name: &str) -> Option<u64> {
    item.get(name)?.as_n().ok()?.parse().ok()
}

pub(crate) fn read_binary<'a>(item: &'a Item, name: &str) -> Option<&'a [u8]> {
    item.get(name)?.as_b().ok().map(AsRef::as_ref)
}
