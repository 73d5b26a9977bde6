//! Plays Lambda's event source mapping: takes batches from the queue, hands them to a function, deletes what it did.
//!
//! Several batches run at once, so that one long record holds up no others. What the function failed on stays in the queue, and
//! what fails too often goes to the dead letters, which is the queue's own rule.

mod source;

pub use source::{Source, Taken};

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
use tokio::time::Instant;

/// How long a poll waits for something to come: the longest that SQS allows.
const POLL: Duration = Duration::from_secs(20);
/// How long a poller rests after the queue failed.
const REST: Duration = Duration::from_secs(3);

/// How a mapping works.
#[derive(Debug, Clone, Copy)]
pub struct MappingConfig {
    /// Messages in a batch, at most.
    pub batch: usize,
    /// How long a batch that is not full waits for more, at most.
    pub window: Duration,
    /// Batches at a time.
    pub at_once: usize,
    /// Given: messages are hidden for so long again and again while the function works on them. Otherwise they come back when the
    /// queue's own time is over, as in AWS, where that time has to be longer than the function may take.
    pub hold: Option<Duration>,
    /// Given: when a message comes back that the function failed on. Otherwise when the queue's own time is over, as in AWS.
    pub retry: Option<Duration>,
}

/// What a mapping needs beside the function.
#[derive(Debug, Clone)]
pub struct Mapping<S> {
    /// Where messages come from.
    pub source: S,
    /// How it works.
    pub config: MappingConfig,
    /// True: take nothing new, finish what runs, end.
    pub stop: watch::Receiver<bool>,
    /// True: take nothing new until it is false again.
    pub paused: watch::Receiver<bool>,
}

impl<S: Source> Mapping<S> {
    /// Starts polling; `function` answers which messages of a batch failed.
    pub fn start<H, F>(self, tasks: &mut JoinSet<()>, function: H)
    where
        H: Fn(SqsEvent) -> F + Send + Sync + 'static,
        F: Future<Output = SqsBatchResponse> + Send,
    {
        let function = Arc::new(function);
        for _ in 0..self.config.at_once {
            let (mapping, function) = (self.clone(), Arc::clone(&function));
            tasks.spawn(async move { mapping.poll(&*function).await });
        }
    }

    async fn poll<H, F>(mut self, function: &H)
    where
        H: Fn(SqsEvent) -> F + Send + Sync,
        F: Future<Output = SqsBatchResponse> + Send,
    {
        loop {
            let running = async {
                // An error says that the stack is gone; the stop below sees it too.
                let _ = self.paused.wait_for(|paused| !*paused).await;
                tokio::select! {
                    biased;
                    Ok(_) = self.paused.wait_for(|paused| *paused) => Ok(Vec::new()),
                    first = self.source.take(self.config.batch, POLL) => first,
                }
            };
            let first = tokio::select! {
                biased;
                _ = self.stop.wait_for(|stop| *stop) => return,
                first = running => first,
            };
            match first {
                Ok(first) if first.is_empty() => {}
                Ok(first) => {
                    let batch = self.fill(first).await;
                    self.run(function, batch).await;
                }
                Err(error) => {
                    tracing::error!(error, "no messages can be taken");
                    tokio::time::sleep(REST).await;
                }
            }
        }
    }

    /// A batch with what comes within the window after its first messages.
    async fn fill(&self, mut batch: Vec<Taken>) -> Vec<Taken> {
        let until = Instant::now() + self.config.window;
        while batch.len() < self.config.batch {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            match self
                .source
                .take(self.config.batch - batch.len(), left)
                .await
            {
                Ok(more) => batch.extend(more),
                Err(error) => {
                    tracing::error!(error, "a batch goes on its way before its window is over");
                    break;
                }
            }
        }
        batch
    }

    async fn run<H, F>(&self, function: &H, batch: Vec<Taken>)
    where
        H: Fn(SqsEvent) -> F + Send + Sync,
        F: Future<Output = SqsBatchResponse> + Send,
    {
        let (names, records): (Vec<_>, Vec<_>) = batch
            .into_iter()
            .map(|taken| ((taken.id, taken.handle), taken.record))
            .unzip();
        let event: SqsEvent = serde_json::from_value(json!({ "Records": records }))
            .expect("the form that Lambda documents");
        let mut answer = std::pin::pin!(AssertUnwindSafe(function(event)).catch_unwind());
        let answer = loop {
            let Some(hold) = self.config.hold else {
                break answer.await;
            };
            tokio::select! {
                answer = &mut answer => break answer,
                () = tokio::time::sleep(hold / 3) => {
                    for (_, handle) in &names {
                        report(self.source.hide(handle, hold).await);
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
        for (id, handle) in &names {
            // A function that panics has done nothing that counts, as in Lambda.
            if failed.as_ref().is_ok_and(|failed| !failed.contains(id)) {
                report(self.source.delete(handle).await);
            } else if let Some(retry) = self.config.retry {
                report(self.source.hide(handle, retry).await);
            }
        }
    }
}

/// Whatever the queue did not take note of: the message comes again, which the functions are made for.
fn report(outcome: Result<(), String>) {
    if let Err(error) = outcome {
        tracing::error!(error, "a message will come again");
    }
}
