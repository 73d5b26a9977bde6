//! The functions' clock, where tests move it: a library between them and the system shows them another time. The functions themselves
//! know nothing of it, as nobody may move the clock of those that are deployed.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use sluice_local::clock::Clock;

/// Makes processes with the environment that is returned follow `clock`; `folder` holds the file that tells them.
pub(crate) fn follow(
    clock: &Clock,
    library: &Path,
    folder: &Path,
) -> io::Result<BTreeMap<String, String>> {
    let file = folder.join("ahead");
    write(&file, 0)?;
    let told = file.clone();
    clock.follow(move |millis| {
        if let Err(error) = write(&told, millis) {
            tracing::error!(%error, "the functions do not learn of the clock");
        }
    });
    let value = |path: &Path| path.display().to_string();
    Ok(BTreeMap::from([
        ("LD_PRELOAD".to_owned(), value(library)),
        ("FAKETIME_TIMESTAMP_FILE".to_owned(), value(&file)),
        ("FAKETIME_NO_CACHE".to_owned(), "1".to_owned()),
        // What measures durations goes on as it does.
        ("FAKETIME_DONT_FAKE_MONOTONIC".to_owned(), "1".to_owned()),
    ]))
}

/// In one step: a process that reads it meanwhile sees the old time or the new one.
fn write(file: &PathBuf, millis: i64) -> io::Result<()> {
    let next = file.with_extension("next");
    std::fs::write(&next, format!("{:+}\n", millis / 1000))?;
    std::fs::rename(next, file)
}
