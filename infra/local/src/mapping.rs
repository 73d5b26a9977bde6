//! Plays Lambda's event source mapping: takes batches from the queue, hands them to a function, deletes what it did.
//!
//! Several batches run at once, so that one long record holds up no others. While a batch runs its messages stay
//! hidden; what failed comes back after a short while, what fails too often goes to the dead letters.

use std::collections::HashSet;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent};
use futures::FutureExt;
use serde_json::json;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::queue::{Queue, Received, system_attributes};

/// Messages in a batch. The template's mapping hands them over one by one; here several at once show that they do not
/// touch each other.
const BATCH: usize = 10;
/// Batches at a time.
const AT_ONCE: usize = 4;
/// How long a poll waits for something to come.
const POLL: Duration = Duration::from_secs(20);

/// What a mapping needs beside the function.
#[derive(Debug, Clone)]
pub struct Mapping {
    /// Where messages come from.
    pub queue: Queue,
    /// When a message comes back that the function failed on.
    pub retry: Duration,
    /// True: take nothing new, finish what runs, end.
    pub stop: watch::Receiver<bool>,
    /// True: take nothing new until it is false again.
    pub paused: watch::Receiver<bool>,
}

impl Mapping {
    /// Starts polling; `function` answers which messages of a batch failed.
    pub fn start<H, F>(self, tasks: &mut JoinSet<()>, function: H)
    where
        H: Fn(SqsEvent) -> F + Send + Sync + 'static,
        F: Future<Output = SqsBatchResponse> + Send,
    {
        let function = Arc::new(function);
        for _ in 0..AT_ONCE {
            let (mapping, function) = (self.clone(), Arc::clone(&function));
            tasks.spawn(async move { mapping.poll(&*function).await });
        }
    }

    async fn poll<H, F>(mut self, function: &H)
    where
        H: Fn(SqsEvent) -> F + Send + Sync,
        F: Future<Output = SqsBatchResponse> + Send,
    {
        let hidden = self.queue.settings().visibility;
        loop {
            let running = async {
                // An error says that the stack is gone; the stop below sees it too.
                let _ = self.paused.wait_for(|paused| !*paused).await;
                tokio::select! {
                    // A receive that waits holds no message yet, so giving it up loses nothing.
                    biased;
                    Ok(_) = self.paused.wait_for(|paused| *paused) => Ok(Vec::new()),
                    batch = self.queue.receive(BATCH, hidden, POLL) => batch,
                }
            };
            let batch = tokio::select! {
                // First: a stopping stack takes nothing more.
                biased;
                _ = self.stop.wait_for(|stop| *stop) => return,
                batch = running => batch,
            };
            match batch {
                Ok(batch) if batch.is_empty() => {}
                Ok(batch) => self.run(function, &batch).await,
                Err(error) => {
                    tracing::error!(%error, "the queue's disk");
                    tokio::time::sleep(self.retry).await;
                }
            }
        }
    }

    async fn run<H, F>(&self, function: &H, batch: &[Received])
    where
        H: Fn(SqsEvent) -> F + Send + Sync,
        F: Future<Output = SqsBatchResponse> + Send,
    {
        let hidden = self.queue.settings().visibility;
        let mut answer =
            std::pin::pin!(AssertUnwindSafe(function(self.event(batch))).catch_unwind());
        let answer = loop {
            tokio::select! {
                answer = &mut answer => break answer,
                () = tokio::time::sleep(hidden / 3) => {
                    for received in batch {
                        self.queue.change_visibility(&received.handle, hidden);
                    }
                }
            }
        };
        let failed = answer.map(|answer| {
            answer
                .batch_item_failures
                .into_iter()
                .map(|failure| failure.item_identifier)
                .collect::<HashSet<_>>()
        });
        for received in batch {
            // A function that panics has done nothing that counts, as in Lambda.
            let done = failed
                .as_ref()
                .is_ok_and(|failed| !failed.contains(&received.message.id));
            if !done {
                self.queue.change_visibility(&received.handle, self.retry);
            } else if let Err(error) = self.queue.delete(&received.handle) {
                tracing::error!(%error, "the queue's disk: a message that is done will come again");
            }
        }
    }

    fn event(&self, batch: &[Received]) -> SqsEvent {
        let records = batch.iter().map(|Received { message, handle }| {
            json!({
                "messageId": message.id,
                "receiptHandle": handle,
                "body": message.body,
                "attributes": system_attributes(message),
                "messageAttributes": {},
                "eventSource": "aws:sqs",
                "eventSourceARN": self.queue.arn(),
                "awsRegion": crate::s3::REGION,
            })
        });
        serde_json::from_value(json!({ "Records": records.collect::<Vec<_>>() }))
            .expect("the form that Lambda documents")
    }
}
