//! What the header of a file says of its kind.

use super::columns::{AdtColumn, ExitColumn};
use crate::identifiers::FileKind;

impl FileKind {
    /// The names of its columns, in the usual order.
    pub const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Adt => AdtColumn::NAMES,
            Self::ExitQuarantine => ExitColumn::NAMES,
        }
    }

    /// The first line of a file, without its end.
    pub fn header(self) -> String {
        self.columns().join(",")
    }

    /// The kind that a file's first bytes and name suggest. The header decides; the name helps when there is none that is known.
    pub fn guess(start: &[u8], file_name: &str) -> Option<Self> {
        let header = start
            .split(|byte| matches!(byte, b'\n' | b'\r'))
            .next()
            .unwrap_or(start);
        // A title that happens to be binary is not worth more than its beginning.
        let header =
            String::from_utf8_lossy(&header[..header.len().min(1_000)]).to_ascii_lowercase();
        let name = file_name.to_ascii_lowercase();
        if header.contains("quarantinethreshold") || header.contains("warningthreshold") {
            Some(Self::Adt)
        } else if header.contains("quarantineeventref")
            || header.contains("requestid")
            || name.starts_with("exitq")
        {
            Some(Self::ExitQuarantine)
        } else if name.starts_with("adt") {
            Some(Self::Adt)
        } else {
            None
        }
    }
}
