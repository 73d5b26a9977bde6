//! Tables, keys, indexes, expiry: as `functions/src/schema.rs` has them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use sluice_functions::schema::TABLES;

use super::sam_template::Template;

fn keys(partition: &str, sort: &str) -> Value {
    json!([
        { "AttributeName": partition, "KeyType": "HASH" },
        { "AttributeName": sort, "KeyType": "RANGE" },
    ])
}

#[test]
fn every_table_is_as_the_code_has_it() {
    let template = Template::load();
    for table in TABLES {
        let id = table.logical_id();
        let properties = template.properties(&id);
        assert_eq!(properties["KeySchema"], keys("pk", "sk"), "{id}");

        let indexes: BTreeMap<&str, Value> = table
            .indexes
            .iter()
            .map(|index| (index.name, keys(index.partition, index.sort)))
            .collect();
        let in_template: BTreeMap<&str, Value> = properties["GlobalSecondaryIndexes"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|index| {
                assert_eq!(
                    index["Projection"]["ProjectionType"], "ALL",
                    "{id}: {index}"
                );
                (
                    index["IndexName"].as_str().unwrap(),
                    index["KeySchema"].clone(),
                )
            })
            .collect();
        assert_eq!(in_template, indexes, "indexes of {id}");

        let attributes: BTreeSet<&str> = table
            .indexes
            .iter()
            .flat_map(|index| [index.partition, index.sort])
            .chain(["pk", "sk"])
            .collect();
        let in_template: BTreeSet<&str> = properties["AttributeDefinitions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|attribute| {
                assert_eq!(attribute["AttributeType"], "S", "{id}: {attribute}");
                attribute["AttributeName"].as_str().unwrap()
            })
            .collect();
        assert_eq!(in_template, attributes, "attributes of {id}");

        let expires = table.expires.map_or(
            Value::Null,
            |attribute| json!({ "AttributeName": attribute, "Enabled": true }),
        );
        assert_eq!(properties["TimeToLiveSpecification"], expires, "{id}");
    }
    assert_eq!(
        template.of_type("AWS::DynamoDB::Table").count(),
        TABLES.len()
    );
}
