//! The tables as data: the embedded stack creates them from here, and a test holds `infra/template.yaml` to it.
//!
//! Every table has a partition key `pk` and a sort key `sk`, both text; what a key looks like is said in the store's file.
use aws_sdk_dynamodb::{
    Client,
    error::SdkError,
    types::{
        AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType,
        Projection, ProjectionType, ScalarAttributeType, TimeToLiveSpecification,
    },
};

use super::StoreError;
use crate::settings::Tables;

/// A secondary index: sparse, since an item without its partition attribute is not in it. It copies whole items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Index {
    /// Its name.
    pub name: &'static str,
    /// Partition attribute (text).
    pub partition: &'static str,
    /// Sort attribute (text).
    pub sort: &'static str,
}

/// A table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table {
    /// Which one; the logical name that the template uses too.
    pub name: &'static str,
    /// Its secondary indexes.
    pub indexes: &'static [Index],
    /// Attribute (seconds since 1970) after which DynamoDB may drop an item.
    pub expires: Option<&'static str>,
}

impl Table {
    /// The table's logical id in the template.
    pub fn logical_id(&self) -> String {
        let (first, rest) = self.name.split_at(1);
        format!("{}{rest}Table", first.to_uppercase())
    }
}

/// What an organisation has, by the instant it was started.
pub const BY_ORGANISATION: Index = Index {
    name: "by-organisation",
    partition: "organisation",
    sort: "listedAt",
};
/// What all organisations have, for DCC staff. One partition takes 1,000 writes a second: submissions and events are
/// made by people, a few a minute.
pub const BY_START: Index = Index {
    name: "by-start",
    partition: "all",
    sort: "listedAt",
};
/// Submissions that wait for a reviewer, oldest first.
pub const AWAITING_REVIEW: Index = Index {
    name: "awaiting-review",
    partition: "reviewQueue",
    sort: "listedAt",
};

/// Submissions.
pub const SUBMISSIONS: Table = Table {
    name: "submissions",
    indexes: &[BY_ORGANISATION, BY_START, AWAITING_REVIEW],
    expires: Some("expiresAt"),
};
/// Thresholds.
pub const THRESHOLDS: Table = Table {
    name: "thresholds",
    indexes: &[],
    expires: None,
};
/// Quarantine.
pub const QUARANTINE: Table = Table {
    name: "quarantine",
    indexes: &[BY_ORGANISATION, BY_START],
    expires: None,
};
/// Directory.
pub const DIRECTORY: Table = Table {
    name: "directory",
    indexes: &[],
    expires: None,
};

/// All tables, each with the name that this deployment gives it.
pub fn all(tables: &Tables) -> [(Table, &str); 4] {
    [
        (SUBMISSIONS, &tables.submissions),
        (THRESHOLDS, &tables.thresholds),
        (QUARANTINE, &tables.quarantine),
        (DIRECTORY, &tables.directory),
    ]
}

/// Creates the tables that are not there yet; for stacks that no template deploys.
pub async fn create_missing(client: &Client, tables: &Tables) -> Result<(), StoreError> {
    for (table, name) in all(tables) {
        create(client, table, name).await?;
    }
    Ok(())
}

async fn create(client: &Client, table: Table, name: &str) -> Result<(), StoreError> {
    let mut texts = vec!["pk", "sk"];
    let mut request = client
        .create_table()
        .table_name(name)
        .billing_mode(BillingMode::PayPerRequest)
        .set_key_schema(Some(key_schema("pk", "sk")));
    for index in table.indexes {
        texts.extend([index.partition, index.sort]);
        let projection = Projection::builder()
            .projection_type(ProjectionType::All)
            .build();
        let index = GlobalSecondaryIndex::builder()
            .index_name(index.name)
            .set_key_schema(Some(key_schema(index.partition, index.sort)))
            .projection(projection)
            .build()
            .expect("name and keys are set");
        request = request.global_secondary_indexes(index);
    }
    texts.sort_unstable();
    texts.dedup();
    for text in texts {
        let attribute = AttributeDefinition::builder()
            .attribute_name(text)
            .attribute_type(ScalarAttributeType::S)
            .build()
            .expect("name and type are set");
        request = request.attribute_definitions(attribute);
    }
    match request.send().await {
        Ok(_) => {}
        Err(SdkError::ServiceError(error)) if error.err().is_resource_in_use_exception() => {
            return Ok(());
        }
        Err(error) => return Err(StoreError::aws("create a table", &error)),
    }
    if let Some(attribute) = table.expires {
        let expiry = TimeToLiveSpecification::builder()
            .enabled(true)
            .attribute_name(attribute)
            .build()
            .expect("both members are set");
        client
            .update_time_to_live()
            .table_name(name)
            .time_to_live_specification(expiry)
            .send()
            .await
            .map_err(|error| StoreError::aws("set a table's expiry", &error))?;
    }
    Ok(())
}

fn key_schema(partition: &str, sort: &str) -> Vec<KeySchemaElement> {
    [(partition, KeyType::Hash), (sort, KeyType::Range)]
        .into_iter()
        .map(|(name, kind)| {
            KeySchemaElement::builder()
                .attribute_name(name)
                .key_type(kind)
                .build()
                .expect("name and type are set")
        })
        .collect()
}
