use std::collections::BTreeMap;

use super::delete_over_number::delete_over_number;
use super::release_over_number::release_over_number;
use super::release_over_threshold::release_over_threshold;
use super::released::{Released, Releaser, Releases};
use super::{ExitSeen, JudgedAt, RuleFired};
use crate::profile::RiskRules;
use crate::thresholds::UserThresholds;

/// What the rules find in an Exit Quarantine File.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExitRisks {
    /// The rules that fire, in the order of [`RiskRule`].
    pub fired: Vec<RuleFired>,
    /// The numbers behind them, each that is exceeded.
    pub seen: Vec<ExitSeen>,
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
