//! Creating the tables where no template does.
use aws_sdk_dynamodb::{
    Client,
    error::SdkError,
    types::{
        AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType,
        Projection, ProjectionType, ScalarAttributeType, TimeToLiveSpecification,
    },
};

use super::StoreError;
use crate::{
    schema::{Table, all},
    settings::Tables,
};

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
