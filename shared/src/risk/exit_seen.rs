use serde::{Deserialize, Serialize};

use super::RiskRule;
use crate::identifiers::{Eui64, SrvOrAll};
use crate::period::Period;

/// The numbers behind a rule of an Exit Quarantine File.
///
/// They are not in the rule's sentence: `earlier` falls with time alone, and a reason to review must not change by that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ExitSeen {
    /// Which rule.
    pub rule: RiskRule,
    /// Whose threshold; absent for what the organisation does altogether.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub user_id: Option<Eui64>,
    /// Which service, or all.
    pub srv: SrvOrAll,
    /// The length of the span.
    pub period: Period,
    /// How many this file releases or deletes.
    pub count: u64,
    /// How many files before it did in the span that ends now.
    pub earlier: u64,
    /// How many there may be without a review.
    pub allowed: u64,
}

impl ExitSeen {
    pub(super) fn is_over(&self) -> bool {
        self.earlier.saturating_add(self.count) > self.allowed
    }

    /// Whether the file is beyond the number without those before it.
    pub(super) const fn alone(&self) -> bool {
        self.count > self.allowed
    }
}
