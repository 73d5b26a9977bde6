//! One file on its way, and what became of it.

use std::time::{Duration, Instant};

use serde_json::Value;
use sluice_load::{Failure, Times};

use crate::client::Client;

/// As the page asks for the outcome: the first pause, and the longest; each is half as long again as the one before.
const FIRST_PAUSE: Duration = Duration::from_millis(150);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// What takes longer has failed.
const MOST: Duration = Duration::from_mins(5);

/// A signed file about an event that is open.
pub(super) struct Prepared {
    key: String,
    body: Value,
    file: String,
}

/// A file that was sent.
pub(super) struct Sent {
    pub(super) at: Instant,
    pub(super) settled: Instant,
    /// What went wrong.
    pub(super) error: Option<String>,
}

impl Prepared {
    pub(super) fn new(key: String, body: Value, file: String) -> Self {
        Self { key, body, file }
    }

    /// From "Send" to the outcome. Anything but `accepted` is an error.
    pub(super) async fn send(self, client: Client) -> Sent {
        let at = Instant::now();
        let outcome = tokio::time::timeout(MOST, self.settle(&client)).await;
        let error = match outcome {
            Ok(Ok(state)) if state == "accepted" => None,
            Ok(Ok(state)) => Some(format!("a file is {state}")),
            Ok(Err(error)) => Some(error.to_string()),
            Err(_) => Some("a file is not settled in five minutes".to_owned()),
        };
        Sent {
            at,
            settled: Instant::now(),
            error,
        }
    }

    async fn settle(self, client: &Client) -> Result<String, Failure> {
        let started = client.start(&self.key, &self.body).await?;
        client.upload(&started["upload"], self.file).await?;
        let reference = started["submission"]["reference"].as_str();
        let reference = reference.ok_or("a submission without a reference")?;
        let mut pause = FIRST_PAUSE;
        loop {
            let state = client.state(reference).await?;
            if state != "awaiting-upload" && state != "received" {
                return Ok(state);
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 3 / 2).min(LONGEST_PAUSE);
        }
    }
}

impl Sent {
    pub(super) fn taken(&self) -> Duration {
        self.settled.duration_since(self.at)
    }
}

/// The times of those that came to their outcome.
pub(super) fn times(all: &[Sent]) -> Times {
    let good = all.iter().filter(|sent| sent.error.is_none());
    good.map(Sent::taken).collect()
}

/// How many failed; what went wrong first is told on standard error.
pub(super) fn errors(all: &[Sent]) -> usize {
    let mut errors = all.iter().filter_map(|sent| sent.error.as_ref());
    let Some(first) = errors.next() else {
        return 0;
    };
    eprintln!("The first error: {first}");
    1 + errors.count()
}
