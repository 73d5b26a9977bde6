//! One file on its way, and what became of it.

use std::time::{Duration, Instant};

use sluice_load::{SignedFile, Times};
use sluice_shared::submission::StateName;
use sluice_testing::{Client, ClientError};

/// What takes longer has failed.
const MOST: Duration = Duration::from_mins(5);

/// A signed file about an event that is open.
pub(super) struct Prepared {
    key: String,
    file: SignedFile,
}

/// A file that was sent.
pub(super) struct Sent {
    pub(super) at: Instant,
    pub(super) settled: Instant,
    /// What went wrong.
    pub(super) error: Option<String>,
}

impl Prepared {
    pub(super) const fn new(key: String, file: SignedFile) -> Self {
        Self { key, file }
    }

    /// From "Send" to the outcome. Anything but `accepted` is an error.
    pub(super) async fn send(self, client: Client) -> Sent {
        self.send_and_tell(client, || ()).await
    }

    /// The same; `uploaded` is called once the file is on its way to `intake`.
    pub(super) async fn send_and_tell(self, client: Client, uploaded: impl FnOnce()) -> Sent {
        let at = Instant::now();
        let outcome = tokio::time::timeout(MOST, self.settle(&client, uploaded)).await;
        let error = match outcome {
            Ok(Ok(StateName::Accepted)) => None,
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

    async fn settle(
        self,
        client: &Client,
        uploaded: impl FnOnce(),
    ) -> Result<StateName, ClientError> {
        let SignedFile { request, content } = self.file;
        let reference = client.submit(&self.key, &request, content).await?;
        uploaded();
        Ok(client.outcome(&reference).await?.summary.state)
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
