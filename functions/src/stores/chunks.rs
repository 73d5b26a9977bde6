//! Documents that may be larger than one item (400 KB): findings, evidence. Kept as JSON, cut into chunks that one
//! transaction can carry.
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest as _, Sha256};
use sluice_shared::instant::UtcTime;

use super::{
    Partition, StoreError, Transaction,
    item::{EXPIRES, Item, TableClient, binary, key_of, number, read_binary, read_number, text},
    pause_before,
};

/// Well under DynamoDB's 400 KB an item, keys and names included.
const CHUNK: usize = 350_000;

/// The attribute that says of which document an item is a chunk: the SHA-256 of its JSON.
const DOCUMENT: &str = "document";

/// How often a document is asked for that is written anew meanwhile.
const ATTEMPTS: u32 = 5;

/// Writes a document: sort keys `<name>#000`, `<name>#001`, … `expires` (seconds since 1970) is when it may be dropped.
pub(crate) fn write<T: Serialize>(
    transaction: &mut Transaction,
    table: &TableClient,
    (pk, name): (&Partition, &str),
    document: &T,
    expires: Option<u64>,
) -> Result<(), StoreError> {
    let json = serde_json::to_vec(document)
        .map_err(|error| StoreError::corrupt(format!("{pk}/{name}"), error))?;
    let document = Sha256::digest(&json);
    let chunks = json.chunks(CHUNK);
    let count = chunks.len() as u64;
    for (index, chunk) in chunks.enumerate() {
        let mut item = Item::from([
            ("pk".to_owned(), text(pk)),
            ("sk".to_owned(), text(format!("{name}#{index:03}"))),
            ("chunks".to_owned(), number(count)),
            (DOCUMENT.to_owned(), binary(document.to_vec())),
            ("json".to_owned(), binary(chunk)),
        ]);
        if let Some(expires) = expires {
            item.insert(EXPIRES.to_owned(), number(expires));
        }
        transaction.put(table, item, None);
    }
    Ok(())
}

/// Reads a document back; `None` if it was never written.
pub(crate) async fn read_chunks<T: DeserializeOwned>(
    table: &TableClient,
    pk: &Partition,
    name: &str,
) -> Result<Option<T>, StoreError> {
    let found = read(table, pk, name).await?;
    Ok(found.map(|(document, _)| document))
}

/// The same; `None` also for one that may be dropped by `now`, whether or not the table has dropped it.
pub(crate) async fn read_kept<T: DeserializeOwned>(
    table: &TableClient,
    pk: &Partition,
    name: &str,
    now: UtcTime,
) -> Result<Option<T>, StoreError> {
    let now = u64::try_from(now.unix_seconds()).unwrap_or(0);
    let found = read(table, pk, name).await?;
    let kept = found.filter(|(_, expires)| expires.is_none_or(|expires| expires > now));
    Ok(kept.map(|(document, _)| document))
}

/// A document and when it may be dropped.
///
/// A query may see one chunk of a document and the next one of what takes its place: it is asked again then.
async fn read<T: DeserializeOwned>(
    table: &TableClient,
    pk: &Partition,
    name: &str,
) -> Result<Option<(T, Option<u64>)>, StoreError> {
    for attempt in 0..ATTEMPTS {
        pause_before(attempt).await;
        let items = table.query(pk, &format!("{name}#")).await?;
        let Some(first) = items.first() else {
            return Ok(None);
        };
        let Some(chunks) = chunks_of_one(&items, first) else {
            continue;
        };
        let mut json = Vec::new();
        for item in chunks {
            json.extend_from_slice(
                read_binary(item, "json")
                    .ok_or_else(|| StoreError::corrupt(key_of(item), "json is missing"))?,
            );
        }
        let expires = read_number(first, EXPIRES);
        return serde_json::from_slice(&json)
            .map(|document| Some((document, expires)))
            .map_err(|error| StoreError::corrupt(format!("{pk}/{name}"), error));
    }
    Err(StoreError::corrupt(
        format!("{pk}/{name}"),
        "its chunks are not of one document",
    ))
}

/// The chunks of the document that begins with `first`, if all of them are there. A shorter document leaves the last chunks of a
/// longer one behind.
fn chunks_of_one<'a>(items: &'a [Item], first: &Item) -> Option<&'a [Item]> {
    let count = read_number(first, "chunks").and_then(|count| usize::try_from(count).ok())?;
    let document = read_binary(first, DOCUMENT);
    items.get(..count).filter(|chunks| {
        chunks
            .iter()
            .all(|item| read_binary(item, DOCUMENT) == document)
    })
}
