use super::exception_dropped::exception_dropped;
use super::first_statement::first_statement;
use super::raise::{raised_in_steps, raised_over_factor};
use super::raises::key_raises;
use super::threshold_dropped::threshold_dropped;
use super::threshold_lowered::threshold_lowered;
use super::warning_silenced::warning_silenced;
use super::{RaiseAccount, RaiseSeen, RuleFired};
use crate::instant::UtcTime;
use crate::profile::RiskRules;
use crate::thresholds::{Comparison, UserThresholds};

/// What the rules of an ADT File look at, for one User ID.
#[derive(Clone, Copy, Debug)]
pub struct AdtCase<'a> {
    /// The statement beside what is in force at the instant at which the rules are evaluated.
    pub comparison: &'a Comparison,
    /// What is in force; `None` before the first statement.
    pub current: Option<&'a UserThresholds>,
    /// Its raises so far; the default before the first statement.
    pub account: &'a RaiseAccount,
}

/// What the rules find in an ADT File.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AdtRisks {
    /// The rules that fire, in the order of [`RiskRule`](super::RiskRule).
    pub fired: Vec<RuleFired>,
    /// Every key of which a rule of raises fires, in order of User ID as given, and key.
    pub raises: Vec<RaiseSeen>,
}

/// The rules that an ADT File fires, one case for each User ID.
pub fn adt_risks(cases: &[AdtCase<'_>], now: UtcTime, rules: &RiskRules) -> AdtRisks {
    let mut risks = AdtRisks::default();
    for case in cases {
        let comparison = case.comparison;
        let seen: Vec<_> = key_raises(case, now, rules.max_increase_factor)
            .iter()
            .flat_map(|raise| raise.seen(comparison.user_id))
            .collect();
        let fired = [
            first_statement(comparison),
            raised_over_factor(&seen, rules),
            raised_in_steps(&seen, rules),
            threshold_lowered(case, rules),
            warning_silenced(comparison, rules),
            threshold_dropped(comparison),
            exception_dropped(comparison),
        ];
        risks.fired.extend(fired.into_iter().flatten());
        risks.raises.extend(seen);
    }
    risks.fired.sort_by_key(|fired| fired.rule);
    risks
}
