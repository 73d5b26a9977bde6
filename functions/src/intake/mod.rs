//! The `intake` function: from an object in the inbox, or a reviewer's decision, to an outcome that is recorded once.
//!
//! It loads what is known, lets the domain judge ([`sluice_shared::verdict`]), and applies what the verdict would change.
//! Every step may be run again after a crash at any point: what is written is conditional on the state that was read, and
//! what belongs together is one transaction.
mod activity;
mod announced;
mod apply;
mod arrival;
mod changes;
mod content;
mod corrections;
mod decision;
mod error;
mod event;
mod evidence;
mod judgement;
mod load;
mod pages;
mod process;
mod reviewer;
mod settle;
mod stop;
mod turns;

use std::sync::Arc;

use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent, SqsMessage};
use futures::future::join_all;
use sluice_shared::identifiers::{CorrelationId, SubmissionId};
use tracing::{Instrument, Span, field};

pub use error::IntakeError;
pub use evidence::KeptEvidence;

use self::event::Task;
use crate::{Backend, metrics::Metric, queue::FromQueue};

/// The reason of a record whose task panicked.
const PANICKED: &str = "panicked";

/// Handles a batch. Each record runs in a task of its own, so that the failure or panic of one touches no other; the
/// answer names the records that have to be delivered again.
pub async fn handle(backend: &Arc<Backend>, batch: SqsEvent) -> SqsBatchResponse {
    backend.meter_trust();
    let mut names = Vec::new();
    let mut tasks = Vec::new();
    for message in batch.records {
        let name = message.message_id.clone().unwrap_or_default();
        let span = tracing::info_span!(
            "record",
            message = %name,
            receives = receives(&message),
            submission = field::Empty,
            correlation_id = field::Empty
        );
        names.push((name, span.clone()));
        tasks.push(tokio::spawn(
            record(Arc::clone(backend), message).instrument(span),
        ));
    }
    let mut answer = SqsBatchResponse::default();
    for ((name, span), outcome) in names.into_iter().zip(join_all(tasks).await) {
        match outcome {
            Ok(Ok(())) => {}
            Ok(Err(error)) => {
                span.in_scope(|| tracing::error!(reason = error.reason(), %error, "record failed"));
                answer.add_failure(name);
            }
            Err(_panicked) => {
                // The panic's text could quote a file; its place is in the log already, by the panic hook.
                span.in_scope(|| tracing::error!(reason = PANICKED, "record panicked"));
                answer.add_failure(name);
            }
        }
    }
    answer
}

/// How often the queue has delivered a message, with this time; 0: it does not say.
fn receives(message: &SqsMessage) -> u32 {
    message
        .attributes
        .get("ApproximateReceiveCount")
        .and_then(|count| count.parse().ok())
        .unwrap_or_default()
}

async fn record(backend: Arc<Backend>, message: SqsMessage) -> Result<(), IntakeError> {
    let since = backend.now();
    let outcome = tasks(&backend, &message).await;
    let taken = backend.now().since(since);
    backend.meter(Metric::IntakeDuration(taken.unsigned_abs()));
    outcome
}

async fn tasks(backend: &Backend, message: &SqsMessage) -> Result<(), IntakeError> {
    let arn = message.event_source_arn.as_deref().unwrap_or_default();
    let from = FromQueue::by_arn(arn, &backend.settings)
        .ok_or_else(event::UnknownMessage::of_another_queue)?;
    let body = message.body.as_deref().unwrap_or_default();
    let tasks = event::read_event(from, body)?;
    if let Some(organisation) = turns::in_whose_name(message, &tasks, backend.now()) {
        return Ok(backend.queue.take_turns(organisation, body).await?);
    }
    for task in tasks {
        match task {
            Task::Arrived(arrival) => Box::pin(arrival::arrived(backend, &arrival)).await?,
            Task::ReviewDecided(decided) => {
                Box::pin(arrival::review_decided(backend, &decided)).await?;
            }
            Task::JudgeAgain(again) => Box::pin(arrival::judge_again(backend, &again)).await?,
            Task::ChangeAsked(asked) => Box::pin(changes::asked(backend, &asked)).await?,
            Task::ChangeAnswered(answered) => {
                Box::pin(changes::answered(backend, &answered)).await?;
            }
            Task::LookedAt(looked_at) => Box::pin(arrival::looked_at(backend, &looked_at)).await?,
        }
    }
    Ok(())
}

/// From here on the record's log lines say what they are about, and which request led to it.
fn log_under(submission: &SubmissionId, correlation_id: Option<CorrelationId>) {
    let span = Span::current();
    span.record("submission", field::display(submission));
    if let Some(id) = correlation_id {
        span.record("correlation_id", field::display(id));
    }
}
