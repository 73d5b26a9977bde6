//! Many files at the same moment, each about an event of its own.

use std::time::Instant;

use futures::future::join_all;
use sluice_load::{Failure, Figure};

use crate::Load;
use crate::sending::{Prepared, errors, times};

const FILES: usize = 200;
const ROWS: u64 = 1_000;

pub(super) async fn figures(load: &mut Load) -> Result<Vec<Figure>, Failure> {
    let prepared = load.prepare_many(FILES, ROWS).await?;
    let began = Instant::now();
    let start = |file: Prepared| tokio::spawn(file.send(load.client.clone()));
    let sent = join_all(prepared.into_iter().map(start)).await;
    let sent = sent.into_iter().collect::<Result<Vec<_>, _>>()?;
    let seconds = began.elapsed().as_secs_f64();
    let failed = errors(&sent);
    let rate = f64::from(u32::try_from(FILES - failed)?) / seconds;
    Ok(vec![
        Figure::aiming(
            "200 submissions of 1,000 rows at once: errors",
            failed.to_string(),
            "0",
            failed == 0,
        ),
        Figure::plain(
            "… throughput",
            format!("{rate:.0} submissions a second, all in {seconds:.1} s"),
        ),
        Figure::plain(
            "… from \"Send\" to the outcome",
            times(&sent).words(&[50, 95, 99]),
        ),
    ])
}
