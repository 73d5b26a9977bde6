//! Firefox ESR, for the main way of the page in a second browser.

use std::path::{Path, PathBuf};

use crate::command::which;
use crate::install::{apt, chromium};
use crate::progress::Step;

/// Debian's package and its program. Ubuntu's `firefox` is a snap, which cannot read the profile that a test makes for it.
const NAME: &str = "firefox-esr";

/// The path of a Firefox ESR; installed on Debian when there is none. Nothing where it cannot be had: the tests in it are left out then.
pub(crate) fn find(step: &Step<'_>, log: &Path) -> Option<PathBuf> {
    if let Some(set) = std::env::var_os("SLUICE_FIREFOX") {
        return Some(set.into());
    }
    if let Some(found) = which(NAME) {
        return Some(found);
    }
    if chromium::is_debian() {
        apt::install(step, &[NAME], "Firefox ESR", log).ok()?;
    }
    which(NAME)
}
