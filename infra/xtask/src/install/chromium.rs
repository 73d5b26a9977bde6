//! A browser for the browser tests.

use std::fs;
use std::path::{Path, PathBuf};

use crate::command::which;
use crate::failure::{Failure, Outcome};
use crate::install::apt;
use crate::progress::Step;

/// What Chromium and its kin are called, in the order in which they are taken.
const NAMES: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
];

/// The path of a Chromium; installed on Debian when there is none.
pub(crate) fn ensure(step: &Step<'_>, log: &Path) -> Outcome<PathBuf> {
    if let Some(set) = std::env::var_os("SLUICE_CHROMIUM") {
        return Ok(set.into());
    }
    if let Some(found) = found() {
        return Ok(found);
    }
    if !is_debian() {
        // Ubuntu's package is a snap, which neither a container nor a plain apt-get can install.
        return Err(Failure::new(
            "Chromium is missing, and is installed by this command on Debian only.",
            "Install Chromium or Chrome, or set SLUICE_CHROMIUM to its path, then try again.",
        ));
    }
    apt::install(step, &["chromium", "fonts-liberation"], "Chromium", log)?;
    found().ok_or_else(|| {
        Failure::new(
            "Chromium was installed but is not found.",
            "Set SLUICE_CHROMIUM to its path, then try again.",
        )
    })
}

fn found() -> Option<PathBuf> {
    NAMES.iter().find_map(|name| which(name))
}

/// Whether the distribution is Debian itself.
pub(crate) fn is_debian() -> bool {
    fs::read_to_string("/etc/os-release")
        .is_ok_and(|text| text.lines().any(|line| line == "ID=debian"))
}
