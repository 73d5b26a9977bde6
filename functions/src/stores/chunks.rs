//! Documents that may be larger than one item (400 KB): findings, evidence. Kept as JSON, cut into chunks that one
//! transaction can carry.
use serde::{Serialize, de::DeserializeOwned};

use super::{
    StoreError,
    item::{Item, TableClient, binary, key_of, read_binary, text},
};

/// Well under DynamoDB's 400 KB an item, keys and names included.
const CHUNK: usize = 350_000;

/// The items of a document: sort keys `<name>#000`, `<name>#001`, …
pub(crate) fn items<T: Serialize>(
    pk: &str,
    name: &str,
    document: &T,
) -> Result<Vec<Item>, StoreError> {
    let json = serde_json::to_vec(document)
        .map_err(|error| StoreError::corrupt(format!("{pk}/{name}"), error))?;
    Ok(json
        .chunks(CHUNK)
        .enumerate()
        .map(|(index, chunk)| {
            Item::from([
                ("pk".to_owned(), text(pk)),
                ("sk".to_owned(), text(format!("{name}#{index:03}"))),
                ("json".to_owned(), binary(chunk)),
            ])
        })
        .collect())
}

/// Reads a document back; `None` if it was never written.
pub(crate) async fn read<T: DeserializeOwned>(
    table: &TableClient,
    pk: &str,
    name: &str,
) -> Result<Option<T>, StoreError> {
    let items = table.query(pk, &format!("{name}#")).await?;
    if items.is_empty() {
        return Ok(None);
    }
    let mut json = Vec::new();
    for item in &items {
        json.extend_from_slice(
            read_binary(item, "json")
                .ok_or_else(|| StoreError::corrupt(key_of(item), "json is missing"))?,
        );
    }
    serde_json::from_slice(&json)
        .map(Some)
        .map_err(|error| StoreError::corrupt(format!("{pk}/{name}"), error))
}
