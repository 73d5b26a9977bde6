use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::delete_over_number::delete_over_number;
use super::release_over_number::release_over_number;
use super::release_over_threshold::release_over_threshold;
use super::released::{Released, Releaser, Releases};
use super::{JudgedAt, RiskRule, RuleFired};
use crate::identifiers::{Eui64, SrvOrAll};
use crate::profile::RiskRules;
use crate::thresholds::{Period, UserThresholds};

/// What the rules find in an Exit Quarantine File.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExitRisks {
    /// The rules that fire, in the order of [`RiskRule`].
    pub fired: Vec<RuleFired>,
    /// The numbers behind them, each that is exceeded.
    pub seen: Vec<ExitSeen>,
}

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

/// The rules that an Exit Quarantine File fires.
///
/// What a file decides is counted together with what earlier files decided in the span, as long as the period, that ends
/// at [`JudgedAt::counted_at`] (`earlier`; who is not there decided nothing): a release that is split over files is judged as the one that it
/// is, wherever midnight falls. That is stricter than how the DCC counts against a threshold, in fixed windows of UTC:
/// in those, twice as much could be released around the end of one. `in_force` gives the thresholds of the User IDs that
/// the file's events are of; a User ID without any has no level to exceed.
pub fn exit_risks(
    releases: &Releases,
    earlier: &BTreeMap<Releaser, Released>,
    in_force: &[UserThresholds],
    at: JudgedAt,
    rules: &RiskRules,
) -> ExitRisks {
    let JudgedAt { now, counted_at } = at;
    let nothing = Released::default();
    let mut risks = ExitRisks::default();
    for (releaser, counts) in releases {
        let earlier = earlier.get(releaser).unwrap_or(&nothing);
        match releaser {
            Releaser::User(user_id) => {
                let thresholds = in_force.iter().find(|known| known.user_id == *user_id);
                let levels = thresholds.map(|known| known.at(now)).unwrap_or_default();
                let (fired, seen) =
                    release_over_threshold(*user_id, counts, earlier, &levels, counted_at);
                risks.fired.extend(fired);
                risks.seen.extend(seen);
            }
            Releaser::Organisation(_) => {
                let numbers = [
                    release_over_number(counts, earlier, counted_at, rules),
                    delete_over_number(counts, earlier, counted_at, rules),
                ];
                for (fired, seen) in numbers.into_iter().flatten() {
                    risks.fired.push(fired);
                    risks.seen.push(seen);
                }
            }
        }
    }
    risks.fired.sort_by_key(|fired| fired.rule);
    risks.seen.sort_by_key(|seen| seen.rule);
    risks
}
