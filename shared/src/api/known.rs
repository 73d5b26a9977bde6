use serde::{Deserialize, Serialize};

use crate::quarantine::{HeldEvent, QuarantineEvent};
use crate::verdict::{KnownAccounts, KnownForExit};

/// Answer of `GET /known/exit-quarantine`: what the verdict on an Exit Quarantine File rests on, beside the pages of its
/// events, which have a route of their own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct KnownExitEvents {
    /// Thresholds and accounts.
    pub accounts: KnownAccounts,
    /// The events that were asked for, as far as they are the organisation's.
    pub events: Vec<QuarantineEvent>,
}

impl KnownExitEvents {
    /// With the pages of every event, in the order of [`KnownExitEvents::events`].
    pub fn with_pages(self, events: Vec<HeldEvent>) -> KnownForExit {
        KnownForExit {
            accounts: self.accounts,
            events,
        }
    }
}
