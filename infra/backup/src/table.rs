//! One table: read whole, in pages, and written in batches.

use std::collections::HashMap;
use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{AttributeValue, DeleteRequest, PutRequest, WriteRequest};

use crate::BackupError;
use crate::line::{Item, Key, Line};

/// What one request may write.
const BATCH: usize = 25;
/// What one request may carry, with room for its envelope; `DynamoDB` takes 16 MB.
const BATCH_BYTES: usize = 8 << 20;
/// How often a batch is tried that the table has no room for.
const ATTEMPTS: u32 = 10;

/// Reads a table from its start to its end.
pub(crate) struct Scan<'a> {
    client: &'a Client,
    name: &'a str,
    from: Option<HashMap<String, AttributeValue>>,
    ended: bool,
}

impl<'a> Scan<'a> {
    pub(crate) fn new(client: &'a Client, name: &'a str) -> Self {
        Self {
            client,
            name,
            from: None,
            ended: false,
        }
    }

    /// The next items; `None` at the end. A page may be empty before it.
    pub(crate) async fn next(&mut self) -> Result<Option<Vec<Line>>, BackupError> {
        if self.ended {
            return Ok(None);
        }
        let what = || format!("read the table {}", self.name);
        let answer = self
            .client
            .scan()
            .table_name(self.name)
            .consistent_read(true)
            .set_exclusive_start_key(self.from.take())
            .send()
            .await
            .map_err(|error| BackupError::aws(what(), error))?;
        self.from = answer.last_evaluated_key.filter(|key| !key.is_empty());
        self.ended = self.from.is_none();
        let lines = answer
            .items
            .unwrap_or_default()
            .into_iter()
            .map(Line::from_item);
        let lines = lines.collect::<Result<_, _>>();
        lines.map(Some).map_err(|cause| BackupError::Aws {
            what: what(),
            cause,
        })
    }
}

/// Collects writes and sends them in batches.
pub(crate) struct Writer<'a> {
    client: &'a Client,
    name: &'a str,
    waiting: Vec<WriteRequest>,
    bytes: usize,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(client: &'a Client, name: &'a str) -> Self {
        Self {
            client,
            name,
            waiting: Vec::new(),
            bytes: 0,
        }
    }

    pub(crate) async fn put(&mut self, line: Line) -> Result<(), BackupError> {
        let put = PutRequest::builder().set_item(Some(line.item)).build();
        let put = put.expect("the item is set");
        let write = WriteRequest::builder().put_request(put).build();
        self.add(write, line.text.len()).await
    }

    pub(crate) async fn delete(&mut self, key: Key) -> Result<(), BackupError> {
        let key = Item::from([
            ("pk".to_owned(), AttributeValue::S(key.partition)),
            ("sk".to_owned(), AttributeValue::S(key.sort)),
        ]);
        let delete = DeleteRequest::builder().set_key(Some(key)).build();
        let delete = delete.expect("the key is set");
        let write = WriteRequest::builder().delete_request(delete).build();
        self.add(write, 0).await
    }

    async fn add(&mut self, write: WriteRequest, bytes: usize) -> Result<(), BackupError> {
        if self.waiting.len() == BATCH || self.bytes + bytes > BATCH_BYTES {
            self.flush().await?;
        }
        self.waiting.push(write);
        self.bytes += bytes;
        Ok(())
    }

    /// Sends what waits. What a table has no room for now is sent again, later each time.
    pub(crate) async fn flush(&mut self) -> Result<(), BackupError> {
        let mut left = std::mem::take(&mut self.waiting);
        self.bytes = 0;
        let mut pause = Duration::from_millis(50);
        for _ in 0..ATTEMPTS {
            if left.is_empty() {
                return Ok(());
            }
            let answer = self
                .client
                .batch_write_item()
                .request_items(self.name, left)
                .send()
                .await
                .map_err(|error| BackupError::aws(format!("write to {}", self.name), error))?;
            let unprocessed = answer.unprocessed_items.unwrap_or_default();
            left = unprocessed.into_values().flatten().collect();
            if !left.is_empty() {
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(Duration::from_secs(10));
            }
        }
        if left.is_empty() {
            return Ok(());
        }
        Err(BackupError::Aws {
            what: format!("write to {}", self.name),
            cause: "the table takes no more for now; run the same command again".to_owned(),
        })
    }
}
