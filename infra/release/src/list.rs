//! The list of what a built page is made of.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use sha2::{Digest as _, Sha256};
use sluice_shared::identifiers::FileDigest;
use sluice_shared::signature::{NotAReleasedPath, PageRelease, ReleasedFile, ReleasedPath};

use crate::policy::{POLICY, directives};
use crate::verify::SIGNED_LIST;

/// A page that cannot be listed.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// The folder or a file in it.
    #[error("{0}: {1}")]
    Unreadable(PathBuf, io::Error),
    /// A name that no build gives.
    #[error("{0} {1}")]
    Name(PathBuf, NotAReleasedPath),
    /// There is no `index.html` in it.
    #[error("{0} holds no built page: cargo xtask page builds it")]
    NotBuilt(PathBuf),
}

/// Lists what is in a folder, but for what a server makes itself of it: compressed copies, and the signed list.
pub fn list_page(folder: &Path) -> Result<PageRelease, ListError> {
    if !folder.join("index.html").is_file() {
        return Err(ListError::NotBuilt(folder.to_owned()));
    }
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(inside) = open.pop() {
        let unreadable = |error| ListError::Unreadable(inside.clone(), error);
        for entry in fs::read_dir(&inside).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let name = name_in(folder, &path)?;
            let is_copy = path.extension().is_some_and(|extension| extension == "br");
            if is_copy || name.as_str() == SIGNED_LIST {
                continue;
            }
            let bytes = fs::read(&path).map_err(|error| ListError::Unreadable(path, error))?;
            files.insert(name, released(&bytes));
        }
    }
    Ok(PageRelease {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        policy: directives(POLICY),
        files,
    })
}

/// What these bytes are.
pub(crate) fn released(bytes: &[u8]) -> ReleasedFile {
    ReleasedFile {
        sha256: FileDigest::new(Sha256::digest(bytes).into()),
        length: bytes.len() as u64,
    }
}

fn name_in(folder: &Path, path: &Path) -> Result<ReleasedPath, ListError> {
    let inside = path.strip_prefix(folder).unwrap_or(path);
    let names: Vec<_> = inside
        .components()
        .map(|name| name.as_os_str().to_string_lossy())
        .collect();
    ReleasedPath::parse(&names.join("/")).map_err(|error| ListError::Name(path.to_owned(), error))
}
