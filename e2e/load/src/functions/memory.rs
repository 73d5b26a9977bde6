//! What `intake` takes for files of different lengths, each in a process of its own: memory, and time.

use std::path::Path;

use serde_json::{Value, json};
use sluice_functions::Function;
use sluice_load::{Failure, Figure, HeldEvent, grouped};
use sluice_shared::submission::StateName;

use crate::engine_stack::EngineStack;
use crate::process::Process;

/// Rows of a file, and the event that it decides.
const FILES: [(u64, u64); 3] = [(1_000, 9_001), (100_000, 9_002), (1_000_000, 9_003)];
/// Memory of a function that is to be enough, in KiB.
const MOST: u64 = 512 * 1024;

pub(super) async fn figures(engines: &EngineStack, folder: &Path) -> Result<Vec<Figure>, Failure> {
    let mut figures = Vec::new();
    for (rows, reference) in FILES {
        let event = HeldEvent::new(reference, rows);
        let (submission, message) = engines.send(&event).await?;
        let mut intake = Process::start(engines, folder, Function::Intake).await?;
        let batch = json!({ "Records": [{
            "messageId": "measured",
            "body": message,
            "attributes": {},
            "messageAttributes": {},
        }]});
        let (time, answer) = intake.runtime.invoke(batch.to_string()).await?;
        let answer: Value = serde_json::from_slice(&answer)?;
        let state = engines.state(&submission).await?;
        if state != StateName::Accepted {
            return Err(format!("the file of {rows} rows is {state}; intake says {answer}").into());
        }
        let peak = intake.peak()?;
        let measured = format!("{} MB, {:.2} s", peak.div_ceil(1024), time.as_secs_f64());
        let what = format!(
            "`intake`: {} exit rows, most memory and time",
            grouped(rows)
        );
        figures.push(Figure::aiming(what, measured, "under 512 MB", peak < MOST));
    }
    Ok(figures)
}
