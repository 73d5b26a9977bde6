//! Python, for tools that are written in it: each gets an environment of its own in `.sluice/tools`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command::{self, answer, which};
use crate::failure::{Failure, Outcome};
use crate::progress::Step;

/// Says which packages an environment was made of.
const STAMP: &str = ".sluice-installed";
/// Names that a newer Python has beside the distribution's own, newest first.
const NAMES: [&str; 5] = [
    "python3.14",
    "python3.13",
    "python3.12",
    "python3.11",
    "python3",
];

/// A Python that is at least `oldest` and can make environments.
pub(crate) fn find(oldest: (u32, u32)) -> Option<PathBuf> {
    let named = NAMES.iter().filter_map(|name| which(name));
    named
        .chain(kept_by_pyenv())
        .find(|python| version(python).is_some_and(|version| version >= oldest) && has_venv(python))
}

/// What to say where `find` finds none.
pub(crate) fn lacking((major, minor): (u32, u32)) -> String {
    format!(
        "There is no Python {major}.{minor} or newer with venv here (Debian, Ubuntu: apt-get install python3-venv)"
    )
}

/// `pyenv` keeps versions that are on nobody's search path.
fn kept_by_pyenv() -> Vec<PathBuf> {
    let root = answer(Command::new("pyenv").arg("root"))
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".pyenv")));
    let versions = root.and_then(|root| fs::read_dir(root.join("versions")).ok());
    versions
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin/python3"))
        .filter(|python| python.is_file())
        .collect()
}

fn version(python: &Path) -> Option<(u32, u32)> {
    let said = answer(Command::new(python).arg("--version"))?;
    let mut numbers = said
        .trim_start_matches("Python ")
        .split('.')
        .map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

fn has_venv(python: &Path) -> bool {
    answer(Command::new(python).args(["-c", "import venv, ensurepip"])).is_some()
}

/// Makes an environment in `folder` with exactly these packages, unless it is there.
pub(crate) fn environment(
    step: &Step<'_>,
    python: &Path,
    folder: &Path,
    packages: &[&str],
    log: &Path,
) -> Outcome {
    let stamp = folder.join(STAMP);
    let wanted = packages.join("\n");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    let mut environment = Command::new(python);
    environment.args(["-m", "venv", "--clear"]).arg(folder);
    command::run(step, &mut environment, log)?;
    let mut pip = Command::new(folder.join("bin/python"));
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]);
    pip.args(packages);
    command::run(step, &mut pip, log)?;
    fs::write(&stamp, wanted).map_err(|error| Failure::file(&stamp, &error))
}
