use sluice_shared::directory::NotReplaced;

use super::StoreError;

/// Why a DCC administrator was not replaced.
#[derive(Debug, thiserror::Error)]
pub enum NotWritten {
    /// The rule forbids it.
    #[error(transparent)]
    Rule(#[from] NotReplaced),
    /// The table was not written.
    #[error(transparent)]
    Store(#[from] StoreError),
}
