//! A very large file, and small ones that are sent while it is worked on. They must not wait for it.

use std::time::{Duration, Instant};

use sluice_load::{Failure, Figure};
use sluice_testing::Client;

use crate::Load;
use crate::sending::{Prepared, Sent, errors, times};

const LARGE: u64 = 1_000_000;
const FILES: usize = 40;
const ROWS: u64 = 1_000;
/// Between two small files.
const PAUSE: Duration = Duration::from_millis(250);

pub(super) async fn figures(load: &mut Load) -> Result<Vec<Figure>, Failure> {
    let alone = load.prepare_many(FILES, ROWS).await?;
    let beside = load.prepare_many(FILES, ROWS).await?;
    let large = load.prepare(LARGE).await?;

    let alone = one_after_the_other(&load.client, alone).await?;
    let large = tokio::spawn(large.send(load.client.clone()));
    let beside = one_after_the_other(&load.client, beside).await?;
    let large = [large.await?];

    let failed = errors(&alone) + errors(&beside) + errors(&large);
    let (early, overtook) = overtaking(&large[0], &beside);
    Ok(vec![
        Figure::aiming(
            "One of 1,000,000 rows among 40 of 1,000, four a second: errors",
            failed.to_string(),
            "0",
            failed == 0,
        ),
        Figure::plain(
            "… the large one, from \"Send\" to the outcome",
            format!("{:.2} s", large[0].taken().as_secs_f64()),
        ),
        Figure::aiming(
            "… small ones sent in its first half that were settled before it",
            format!("{overtook} of {early}"),
            "all",
            early > 0 && overtook == early,
        ),
        Figure::plain(
            "… the small ones beside it",
            times(&beside).words(&[50, 95, 99]),
        ),
        Figure::plain("… as many without it", times(&alone).words(&[50, 95, 99])),
    ])
}

/// A file every moment, whether those before are settled or not.
async fn one_after_the_other(client: &Client, files: Vec<Prepared>) -> Result<Vec<Sent>, Failure> {
    let mut due = tokio::time::interval(PAUSE);
    let mut running = Vec::with_capacity(files.len());
    for file in files {
        due.tick().await;
        running.push(tokio::spawn(file.send(client.clone())));
    }
    let mut sent = Vec::with_capacity(running.len());
    for one in running {
        sent.push(one.await?);
    }
    Ok(sent)
}

/// How many were sent in the first half of the large one's time, and how many of these were settled before it.
fn overtaking(large: &Sent, small: &[Sent]) -> (usize, usize) {
    let half: Instant = large.at + large.taken() / 2;
    let early = small.iter().filter(|one| one.at < half);
    let (mut sent, mut overtook) = (0, 0);
    for one in early {
        sent += 1;
        overtook += usize::from(one.error.is_none() && one.settled < large.settled);
    }
    (sent, overtook)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(began: Instant, from: u64, to: u64) -> Sent {
        Sent {
            at: began + Duration::from_secs(from),
            settled: began + Duration::from_secs(to),
            error: None,
        }
    }

    #[test]
    fn who_waits_for_the_large_one_has_not_overtaken_it() {
        let began = Instant::now();
        let large = sent(began, 0, 10);
        let small = [sent(began, 1, 2), sent(began, 4, 11), sent(began, 6, 12)];
        assert_eq!(overtaking(&large, &small), (2, 1));
    }
}
