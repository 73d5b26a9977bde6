use std::{error::Error, fmt, io, path::Path};

use aws_sdk_dynamodb::error::DisplayErrorContext;
use sluice_functions::stores::StoreError;

/// Why nothing, or not all, was done.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A file or folder.
    #[error("{path} cannot be used: {cause}")]
    File {
        /// Which.
        path: String,
        /// What the system says.
        cause: String,
    },
    /// The folder holds a backup already.
    #[error("{0} has a backup already; name a folder that is not there yet")]
    Taken(String),
    /// The backup is not as it was made.
    #[error("{path} is not as it was exported ({reason}); nothing was written. Use another backup")]
    Damaged {
        /// Which file.
        path: String,
        /// What differs.
        reason: String,
    },
    /// The tables hold what the backup does not.
    #[error(
        "{table} has {items} items that the backup does not have; nothing was written. To remove them: --replace"
    )]
    Others {
        /// Which table.
        table: String,
        /// How many.
        items: usize,
    },
    /// AWS refused or could not be reached.
    #[error("could not {what}: {cause}")]
    Aws {
        /// What was tried.
        what: String,
        /// The whole chain of causes.
        cause: String,
    },
    /// The tables hold what the functions cannot read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl BackupError {
    pub(crate) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |error| Self::File {
            path: path.display().to_string(),
            cause: error.to_string(),
        }
    }

    pub(crate) fn damaged(path: &Path, reason: impl fmt::Display) -> Self {
        Self::Damaged {
            path: path.display().to_string(),
            reason: reason.to_string(),
        }
    }

    pub(crate) fn aws<E: Error + Send + Sync + 'static>(what: impl Into<String>, error: E) -> Self {
        Self::Aws {
            what: what.into(),
            cause: DisplayErrorContext(error).to_string(),
        }
    }
}
