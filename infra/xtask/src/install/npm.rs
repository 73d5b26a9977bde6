//! What a `package-lock.json` names.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::command;
use crate::failure::{Failure, Outcome};
use crate::progress::Step;

/// Says which lock file the packages beside it were installed from.
const STAMP: &str = ".sluice-installed";

/// Installs exactly what `folder/package-lock.json` names, unless that was done.
pub(crate) fn install(step: &Step<'_>, folder: &Path, log: &Path) -> Outcome {
    let lock_file = folder.join("package-lock.json");
    let lock = fs::read_to_string(&lock_file).map_err(|error| Failure::file(&lock_file, &error))?;
    let stamp = folder.join("node_modules").join(STAMP);
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    // No package may run a script of its own at installation; none of ours needs to.
    let mut npm = Command::new("npm");
    npm.args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"])
        .current_dir(folder);
    command::run(step, &mut npm, log)?;
    fs::write(&stamp, lock).map_err(|error| Failure::file(&stamp, &error))
}
