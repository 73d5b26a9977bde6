//! Hundreds of files of one organisation, and then one of another's. It must not wait for all of them.

use std::sync::Arc;

use futures::future::join_all;
use sluice_load::{Failure, Figure};
use tokio::sync::Semaphore;

use crate::Load;
use crate::sending::{Sent, errors};

const FILES: usize = 400;
const ROWS: u64 = 1_000;

pub(super) async fn figures(load: &mut Load) -> Result<Vec<Figure>, Failure> {
    let busy = load.prepare_many(FILES, ROWS).await?;
    let quiet = load.prepare_other(ROWS).await?;
    let uploaded = Arc::new(Semaphore::new(0));
    let running: Vec<_> = busy
        .into_iter()
        .map(|file| {
            let (client, uploaded) = (load.client.clone(), Arc::clone(&uploaded));
            tokio::spawn(file.send_and_tell(client, move || uploaded.add_permits(1)))
        })
        .collect();
    // Its time begins when all of theirs are on their way.
    let all = uploaded.acquire_many(u32::try_from(FILES)?).await?;
    drop(all);
    let quiet = quiet.send(load.other_client.clone()).await;
    let busy = join_all(running).await;
    let busy = busy.into_iter().collect::<Result<Vec<_>, _>>()?;

    let last = last(&busy).unwrap_or(quiet.at);
    let left = last.saturating_duration_since(quiet.at);
    let quiet = [quiet];
    let failed = errors(&busy) + errors(&quiet);
    let taken = quiet[0].taken();
    Ok(vec![
        Figure::aiming(
            "400 files of one organisation, then one of another's: errors",
            failed.to_string(),
            "0",
            failed == 0,
        ),
        Figure::aiming(
            "… the one, from \"Send\" to the outcome",
            format!(
                "{:.2} s, with {:.2} s of the others' work before it",
                taken.as_secs_f64(),
                left.as_secs_f64()
            ),
            "under half of theirs",
            taken * 2 < left,
        ),
    ])
}

fn last(sent: &[Sent]) -> Option<std::time::Instant> {
    sent.iter().map(|one| one.settled).max()
}
