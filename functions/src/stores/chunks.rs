//! Documents that may be larger than one item (400 KB): findings, evidence. Kept as JSON, cut into chunks that one
//! transaction can carry.
use serde::{Serialize, de::DeserializeOwned};

use super::{
    StoreError,
    item::{Item, TableClient, binary, key_of, number, read_binary, read_number, text},
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
    let chunks = json.chunks(CHUNK);
    let count = chunks.len() as u64;
    Ok(chunks
        .enumerate()
        .map(|(index, chunk)| {
            Item::from([
                ("pk".to_owned(), text(pk)),
                ("sk".to_owned(), text(format!("{name}#{index:03}"))),
                ("chunks".to_owned(), number(count)),
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
    let Some(first) = items.first() else {
        return Ok(None);
    };
    // A shorter document leaves the last chunks of a longer one behind.
    let count = read_number(first, "chunks").and_then(|count| usize::try_from(count).ok());
    let chunks = count.and_then(|count| items.get(..count));
    let chunks = chunks.ok_or_else(|| StoreError::corrupt(key_of(first), "chunks are missing"))?;
    let mut json = Vec::new();
    for item in chunks {
        json.extend_from_slice(
            read_binary(item, "json")
                .ok_or_else(|| StoreError::corrupt(key_of(item), "json is missing"))?,
        );
    }
    serde_json::from_slice(&json)
        .map(Some)
        .map_err(|error| StoreError::corrupt(format!("{pk}/{name}"), error))
}
