//! One PKI for all worlds of a process: its RSA keys take a second to make. Each world has a copy of its own, to revoke in.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use sluice_local::pki::{Authority, open_with_faults};
use sluice_testing::TestFolder;
use time::OffsetDateTime;

/// Files, by their paths in the folder.
type Files = Vec<(PathBuf, Vec<u8>)>;

/// Puts a PKI into `folder` and opens it, with the certificates that must be refused.
pub(super) fn open_copy(folder: &Path) -> Authority {
    static MADE: OnceLock<Files> = OnceLock::new();
    let now = OffsetDateTime::now_utc();
    for (path, content) in MADE.get_or_init(|| make(now)) {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    open_with_faults(folder, now).unwrap()
}

fn make(now: OffsetDateTime) -> Files {
    let folder = TestFolder::new().unwrap();
    open_with_faults(folder.path(), now).unwrap();
    let mut files = Files::new();
    collect(folder.path(), Path::new(""), &mut files);
    files
}

fn collect(root: &Path, folder: &Path, files: &mut Files) {
    for entry in fs::read_dir(root.join(folder)).unwrap() {
        let entry = entry.unwrap();
        let path = folder.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            collect(root, &path, files);
        } else {
            files.push((path.clone(), fs::read(root.join(&path)).unwrap()));
        }
    }
}
