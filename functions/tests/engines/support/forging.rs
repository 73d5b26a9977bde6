//! What `api`'s credentials can write, as whoever has taken it over would: past its code, into the table of announcements.

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use serde_json::Value;

use super::World;

/// An announcement as it lies in the table.
pub(crate) type Item = std::collections::HashMap<String, AttributeValue>;

impl World {
    /// Changes an item of the table.
    async fn forge_item(&self, partition: String, sort: &str, change: impl FnOnce(&mut Item)) {
        let table = &self.backend.settings.tables.announcements;
        let client = self.place.clients().dynamodb;
        let key = [("pk", partition), ("sk", sort.to_owned())];
        let key = key.map(|(name, value)| (name.to_owned(), AttributeValue::S(value)));
        let answer = client
            .get_item()
            .table_name(table)
            .set_key(Some(key.into()))
            .consistent_read(true)
            .send()
            .await
            .unwrap();
        let mut item = answer.item.unwrap();
        change(&mut item);
        let put = client.put_item().table_name(table).set_item(Some(item));
        put.send().await.unwrap();
    }

    /// Changes what an announcement says.
    pub(crate) async fn forge(&self, reference: &str, change: impl FnOnce(&mut Value)) {
        self.forge_item(announcement_of(reference), "META", |item| {
            let mut said = serde_json::from_str(item["record"].as_s().unwrap()).unwrap();
            change(&mut said);
            let said = AttributeValue::S(said.to_string());
            item.insert("record".to_owned(), said);
        })
        .await;
    }

    /// Changes an attribute beside what an announcement says.
    pub(crate) async fn forge_attribute(&self, reference: &str, name: &str, value: &str) {
        let value = AttributeValue::S(value.to_owned());
        self.forge_item(announcement_of(reference), "META", |item| {
            item.insert(name.to_owned(), value);
        })
        .await;
    }

    /// Puts another signature in the place of the one that was announced.
    pub(crate) async fn forge_signature(&self, reference: &str, signature: Vec<u8>) {
        let bytes = AttributeValue::B(Blob::new(signature));
        self.forge_item(announcement_of(reference), "SIGNATURE", |item| {
            item.insert("bytes".to_owned(), bytes);
        })
        .await;
    }

    /// Has what leads to a submission, by its file or by a key, lead to another.
    pub(crate) async fn forge_lead(&self, partition: String, submission: &str) {
        let submission = AttributeValue::S(submission.to_owned());
        self.forge_item(partition, "META", |item| {
            item.insert("submission".to_owned(), submission);
        })
        .await;
    }
}

/// The partition of an announcement of the large supplier.
fn announcement_of(reference: &str) -> String {
    format!("large-supplier#SUBMISSION#{reference}")
}
