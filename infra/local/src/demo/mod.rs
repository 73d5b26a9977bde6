//! The demonstration: who plays, what they find, what they can try.
//!
//! Everything follows from fixed seeds and from the instant of the first start, so that deadlines are alive then and a
//! second start finds what the first one made.

pub mod machines;
pub mod people;

mod dice;
mod directory;
mod files;
mod history;
mod quarantine;
mod samples;
mod thresholds;

use std::io;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sluice_functions::Backend;
use sluice_functions::stores::StoreError;
use sluice_shared::instant::UtcTime;

use crate::files::{read_json, write_json};
pub use quarantine::LargeEvent;

/// Why the demo data could not be made.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// A table refused.
    #[error("The demo data cannot be written: {0}")]
    Store(#[from] StoreError),
    /// A file.
    #[error("The demo data cannot be written: {0}")]
    File(#[from] io::Error),
}

/// When the story was set up; kept in `demo.json` of the state folder.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Story {
    /// The first start.
    began: UtcTime,
}

/// Makes what a first start finds, and the sample files (anew at each start: their dates must not be past).
pub async fn prepare(backend: &Arc<Backend>, state: &Path) -> Result<(), DemoError> {
    let began = seed(backend, state, LargeEvent::Made).await?;
    samples::write(state, began, backend.now())?;
    Ok(())
}

/// Makes what a first start finds in the tables, and says when that was.
pub async fn seed(
    backend: &Arc<Backend>,
    state: &Path,
    large: LargeEvent,
) -> Result<UtcTime, DemoError> {
    let path = state.join("demo.json");
    let story = if path.exists() {
        // What people are registered with may be more than when the story began.
        directory::seed(backend, state).await?;
        read_json::<Story>(&path)?
    } else {
        let story = Story {
            began: backend.now(),
        };
        directory::seed(backend, state).await?;
        history::seed(backend, story.began).await?;
        quarantine::seed(backend, story.began, large).await?;
        // Last: a start that was cut off makes the rest at the next one; each part leaves alone what is there.
        write_json(&path, &story)?;
        story
    };
    Ok(story.began)
}
