//! Cold starts: from the start of the process to its first poll, with all clients made.

use std::path::Path;
use std::time::Duration;

use sluice_functions::Function;
use sluice_load::{Failure, Figure, Times};

use crate::engine_stack::EngineStack;
use crate::process::Process;

/// How many are measured, after a few that bring the program into memory.
const STARTS: usize = 100;
const BEFORE: usize = 3;
const MOST: Duration = Duration::from_millis(40);

pub(super) async fn figure(
    engines: &EngineStack,
    folder: &Path,
    function: Function,
) -> Result<Figure, Failure> {
    let mut taken = Vec::with_capacity(BEFORE + STARTS);
    for _ in 0..BEFORE + STARTS {
        taken.push(Process::start(engines, folder, function).await?.started_in);
    }
    let times: Times = taken.into_iter().skip(BEFORE).collect();
    Ok(Figure::aiming(
        format!(
            "`{}`: cold start to the first poll, {STARTS} starts",
            function.name()
        ),
        times.words(&[50, 99]),
        "under 40 ms",
        times.percentile(99) < MOST,
    ))
}
