//! Which sources a page was built from.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

use super::profile::PageProfile;
use crate::failure::{Failure, Outcome};
use crate::workspace::Workspace;

/// Everything that the page is made of, from the root. Content counts, not times: a checkout changes times.
const SOURCES: [&str; 8] = [
    "Cargo.toml",
    "Cargo.lock",
    ".cargo",
    "app",
    "shared",
    "infra/page-builder",
    "infra/profiles",
    "infra/xtask/src/page",
];

/// A text that changes when the sources or the profile do.
pub(crate) fn stamp_of(workspace: &Workspace, profile: PageProfile) -> Outcome<String> {
    let mut files = Vec::new();
    for source in SOURCES {
        collect(&workspace.root().join(source), &mut files)?;
    }
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in &files {
        file.strip_prefix(workspace.root())
            .unwrap_or(file)
            .hash(&mut hasher);
        fs::read(file)
            .map_err(|error| Failure::file(file, &error))?
            .hash(&mut hasher);
    }
    Ok(format!("{profile:?} {:016x}\n", hasher.finish()))
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Outcome {
    if path.is_file() {
        files.push(path.to_path_buf());
    } else if path.is_dir()
        && path
            .file_name()
            .is_none_or(|name| name != "node_modules" && name != "target")
    {
        for entry in fs::read_dir(path).map_err(|error| Failure::file(path, &error))? {
            collect(
                &entry.map_err(|error| Failure::file(path, &error))?.path(),
                files,
            )?;
        }
    }
    Ok(())
}
