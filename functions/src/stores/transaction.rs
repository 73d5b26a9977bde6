//! Several writes, in any tables, all or none of them. DynamoDB's limits are known here and nowhere else.
use aws_sdk_dynamodb::{
    Client,
    types::{AttributeValue, ConditionCheck, Delete, Put, TransactWriteItem, Update},
};

use super::{
    Partition, StoreError,
    item::{Condition, Item, TableClient, text},
};

/// The most writes and checks of one transaction.
const MOST_PARTS: usize = 100;
/// The most bytes of all its items.
const MOST_BYTES: usize = 4 * 1024 * 1024;
/// The most bytes of one item.
const MOST_ITEM_BYTES: usize = 400 * 1024;

/// Writes that are made together or not at all. The stores add theirs to it; [`Transaction::commit`] makes them.
#[derive(Debug)]
pub struct Transaction {
    what: &'static str,
    client: Option<Client>,
    parts: Vec<TransactWriteItem>,
    bytes: usize,
    largest: usize,
}

impl Transaction {
    /// An empty one; `what` names it in logs: "settle a submission".
    pub const fn new(what: &'static str) -> Self {
        Self {
            what,
            client: None,
            parts: Vec::new(),
            bytes: 0,
            largest: 0,
        }
    }

    /// Writes `item` if `condition` holds.
    pub(super) fn put(&mut self, table: &TableClient, item: Item, condition: Option<Condition>) {
        self.count(&item);
        let mut put = Put::builder().table_name(&table.name).set_item(Some(item));
        if let Some(Condition { expression, values }) = condition {
            put = put
                .condition_expression(expression)
                .set_expression_attribute_values((!values.is_empty()).then_some(values));
        }
        let put = put.build().expect("table and item are set");
        self.add(table, TransactWriteItem::builder().put(put).build());
    }

    /// Changes attributes of an item, as the condition's values and expressions say.
    pub(super) fn update(
        &mut self,
        table: &TableClient,
        (pk, sk): (&Partition, &str),
        update: &str,
        condition: Condition,
    ) {
        self.count(&condition.values);
        let update = Update::builder()
            .table_name(&table.name)
            .key("pk", text(pk))
            .key("sk", text(sk))
            .update_expression(update)
            .condition_expression(condition.expression)
            .set_expression_attribute_values(Some(condition.values))
            .build()
            .expect("table, key and expression are set");
        self.add(table, TransactWriteItem::builder().update(update).build());
    }

    /// Drops an item, if it is there.
    pub(super) fn delete(&mut self, table: &TableClient, (pk, sk): (&Partition, &str)) {
        let delete = Delete::builder()
            .table_name(&table.name)
            .key("pk", text(pk))
            .key("sk", text(sk))
            .build()
            .expect("table and key are set");
        self.add(table, TransactWriteItem::builder().delete(delete).build());
    }

    /// Writes nothing, and fails unless the condition holds for an item.
    pub(super) fn check(
        &mut self,
        table: &TableClient,
        (pk, sk): (&Partition, &str),
        condition: Condition,
    ) {
        let Condition { expression, values } = condition;
        let check = ConditionCheck::builder()
            .table_name(&table.name)
            .key("pk", text(pk))
            .key("sk", text(sk))
            .condition_expression(expression)
            .set_expression_attribute_values((!values.is_empty()).then_some(values))
            .build()
            .expect("table, key and condition are set");
        let part = TransactWriteItem::builder().condition_check(check).build();
        self.add(table, part);
    }

    /// Makes all the writes, or none.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if a condition does not hold; [`StoreError::TooLarge`], before anything is asked of
    /// DynamoDB, if it is more than a transaction can be.
    pub async fn commit(self) -> Result<(), StoreError> {
        let Some(client) = self.client else {
            return Ok(());
        };
        let is_within = self.parts.len() <= MOST_PARTS
            && self.bytes <= MOST_BYTES
            && self.largest <= MOST_ITEM_BYTES;
        if !is_within {
            return Err(StoreError::TooLarge {
                what: self.what,
                parts: self.parts.len(),
                bytes: self.bytes,
                largest: self.largest,
            });
        }
        client
            .transact_write_items()
            .set_transact_items(Some(self.parts))
            .send()
            .await
            .map(drop)
            .map_err(|error| StoreError::transaction(self.what, &error))
    }

    fn add(&mut self, table: &TableClient, part: TransactWriteItem) {
        self.client.get_or_insert_with(|| table.client.clone());
        self.parts.push(part);
    }

    fn count(&mut self, item: &Item) {
        let size = size_of_item(item);
        self.bytes += size;
        self.largest = self.largest.max(size);
    }
}

/// As DynamoDB counts: names and values.
fn size_of_item(item: &Item) -> usize {
    item.iter()
        .map(|(name, value)| name.len() + size_of_value(value))
        .sum()
}

/// A number takes at most 21 bytes.
fn size_of_value(value: &AttributeValue) -> usize {
    match value {
        AttributeValue::S(text) => text.len(),
        AttributeValue::B(bytes) => bytes.as_ref().len(),
        AttributeValue::L(values) => values.iter().map(|value| 1 + size_of_value(value)).sum(),
        AttributeValue::M(item) => size_of_item(item),
        _ => 21,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use aws_sdk_dynamodb::config::BehaviorVersion;

    use super::*;
    use crate::stores::item::binary;

    fn table() -> TableClient {
        let config = aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .build();
        TableClient::new(&Client::from_conf(config), "a-table")
    }

    fn item(bytes: usize) -> Item {
        Item::from([("json".to_owned(), binary(vec![0; bytes]))])
    }

    async fn refused(items: usize, bytes: usize) -> bool {
        let mut transaction = Transaction::new("try");
        for _ in 0..items {
            transaction.put(&table(), item(bytes), None);
        }
        matches!(transaction.commit().await, Err(StoreError::TooLarge { .. }))
    }

    #[tokio::test]
    async fn more_than_dynamodb_takes_is_refused_before_it_is_asked() {
        assert!(refused(101, 10).await, "parts");
        assert!(refused(11, 390_000).await, "bytes");
        assert!(refused(1, 409_600).await, "one item");
    }

    #[tokio::test]
    async fn nothing_to_write_is_done_at_once() {
        assert!(Transaction::new("nothing").commit().await.is_ok());
    }
}
