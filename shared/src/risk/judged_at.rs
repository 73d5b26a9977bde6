use serde::{Deserialize, Serialize};

use crate::instant::UtcTime;

/// The instants at which a file is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct JudgedAt {
    /// Now, by the service's clock: what is in force, and from when changes have effect.
    pub now: UtcTime,
    /// Where the spans end in which releases are counted: now, or when the file began to wait for a review. So what a
    /// reviewer saw does not change by waiting alone, and what others release meanwhile still counts, being later than
    /// the span's start.
    pub counted_at: UtcTime,
}

impl JudgedAt {
    /// For a file that does not wait.
    pub const fn now(now: UtcTime) -> Self {
        Self {
            now,
            counted_at: now,
        }
    }
}
