//! The folder of a backup: a file of lines for each table, and a manifest, written last, that says what they held.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tokio::fs::{self, File};
use tokio::io::{AsyncBufReadExt, BufReader, Lines};

use crate::BackupError;

const MANIFEST: &str = "manifest.json";

/// What a backup holds, by the tables' logical names.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    pub(crate) tables: BTreeMap<String, Held>,
}

/// What a table's file holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Held {
    pub(crate) items: usize,
    pub(crate) sha256: String,
}

pub(crate) fn file(folder: &Path, table: &str) -> PathBuf {
    folder.join(format!("{table}.jsonl"))
}

/// Makes the folder, which may not hold a backup yet.
pub(crate) async fn make(folder: &Path) -> Result<(), BackupError> {
    fs::create_dir_all(folder)
        .await
        .map_err(BackupError::file(folder))?;
    match fs::try_exists(folder.join(MANIFEST)).await {
        Ok(false) => Ok(()),
        Ok(true) => Err(BackupError::Taken(folder.display().to_string())),
        Err(error) => Err(BackupError::file(folder)(error)),
    }
}

pub(crate) async fn write(folder: &Path, manifest: &Manifest) -> Result<(), BackupError> {
    let path = folder.join(MANIFEST);
    let text = serde_json::to_string_pretty(manifest).expect("names and numbers");
    fs::write(&path, text + "\n")
        .await
        .map_err(BackupError::file(&path))
}

/// What `folder` says of a table's file, whose content is not looked at yet.
pub(crate) async fn held(folder: &Path, table: &str) -> Result<Held, BackupError> {
    let path = folder.join(MANIFEST);
    let text = fs::read(&path).await.map_err(BackupError::file(&path))?;
    let manifest: Manifest =
        serde_json::from_slice(&text).map_err(|error| BackupError::damaged(&path, error))?;
    let held = manifest.tables.get(table).cloned();
    held.ok_or_else(|| BackupError::damaged(&path, format!("it does not name {table}")))
}

/// The lines of a table's file, with a running digest of all of them.
pub(crate) struct Reader {
    path: PathBuf,
    lines: Lines<BufReader<File>>,
    digest: Sha256,
    items: usize,
}

impl Reader {
    pub(crate) async fn open(folder: &Path, table: &str) -> Result<Self, BackupError> {
        let path = file(folder, table);
        let file = File::open(&path).await.map_err(BackupError::file(&path))?;
        Ok(Self {
            path,
            lines: BufReader::new(file).lines(),
            digest: Sha256::new(),
            items: 0,
        })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) async fn next(&mut self) -> Result<Option<String>, BackupError> {
        let line = self.lines.next_line().await;
        let line = line.map_err(BackupError::file(&self.path))?;
        if let Some(line) = &line {
            self.digest.update(line);
            self.digest.update(b"\n");
            self.items += 1;
        }
        Ok(line)
    }

    /// Whether what was read is what was exported.
    pub(crate) fn check(self, held: &Held) -> Result<(), BackupError> {
        let read = Held {
            items: self.items,
            sha256: hex::encode(self.digest.finalize()),
        };
        if read == *held {
            Ok(())
        } else {
            let reason = format!(
                "{} lines of another content than {}",
                read.items, held.items
            );
            Err(BackupError::damaged(&self.path, reason))
        }
    }
}
