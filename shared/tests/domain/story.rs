//! A User ID whose statements are judged and accepted one after the other, with the account of its raises.

use sluice_shared::identifiers::PersonId;
use sluice_shared::instant::UtcTime;
use sluice_shared::profile::Profile;
use sluice_shared::risk::{AdtCase, AdtRisks, RaiseAccount, RiskRule, adt_risks};
use sluice_shared::thresholds::{
    Comparison, DeclaredException, DeclaredThreshold, Period, Statement, StatementOrigin,
    ThresholdKey, UserThresholds, compare,
};

use crate::make::{hour, key, limits, origin, statement};

#[derive(Clone, Default)]
pub(crate) struct Story {
    pub(crate) current: Option<UserThresholds>,
    pub(crate) account: RaiseAccount,
}

impl Story {
    pub(crate) fn compare(&self, hours: i64, statement: &Statement) -> Comparison {
        let factor = Profile::standard().risk.max_increase_factor;
        compare(self.current.as_ref(), statement, hour(hours), factor)
    }

    fn case<'a>(&'a self, comparison: &'a Comparison) -> AdtCase<'a> {
        AdtCase {
            comparison,
            current: self.current.as_ref(),
            account: &self.account,
        }
    }

    pub(crate) fn judge(&self, hours: i64, statement: &Statement) -> AdtRisks {
        let comparison = self.compare(hours, statement);
        let rules = &Profile::standard().risk;
        adt_risks(&[self.case(&comparison)], hour(hours), rules)
    }

    pub(crate) fn fires(&self, hours: i64, rows: &[DeclaredThreshold]) -> Vec<RiskRule> {
        rules(&self.judge(hours, &statement(rows.to_vec(), vec![])))
    }

    /// Records a statement, whatever fires.
    pub(crate) fn record(&mut self, hours: i64, statement: &Statement, reviewed: bool) {
        let comparison = self.compare(hours, statement);
        let rules = &Profile::standard().risk;
        let account = RaiseAccount::after(&self.case(&comparison), reviewed, hour(hours), rules);
        let origin = StatementOrigin {
            reviewer: reviewed.then(|| PersonId::parse("reviewer-1").unwrap()),
            ..origin(hours)
        };
        self.current = Some(match &self.current {
            None => UserThresholds::first(statement, origin),
            Some(current) => current.succeed(statement, origin).unwrap(),
        });
        // As it is kept.
        self.account = serde_json::from_str(&serde_json::to_string(&account).unwrap()).unwrap();
    }

    /// A statement that no reviewer has to see.
    pub(crate) fn unseen(
        mut self,
        hours: i64,
        rows: &[DeclaredThreshold],
        exceptions: &[DeclaredException],
    ) -> Self {
        let statement = statement(rows.to_vec(), exceptions.to_vec());
        assert_eq!(rules(&self.judge(hours, &statement)), []);
        self.record(hours, &statement, false);
        self
    }

    pub(crate) fn reviewed(
        mut self,
        hours: i64,
        rows: &[DeclaredThreshold],
        exceptions: &[DeclaredException],
    ) -> Self {
        let statement = statement(rows.to_vec(), exceptions.to_vec());
        self.record(hours, &statement, true);
        self
    }

    /// The quarantine threshold in force for a key.
    pub(crate) fn level(&self, key: &ThresholdKey, at: UtcTime) -> Option<u64> {
        let in_force = self.current.as_ref()?.limits_at(key, at)?;
        Some(in_force.limits.quarantine)
    }
}

pub(crate) fn rules(risks: &AdtRisks) -> Vec<RiskRule> {
    risks.fired.iter().map(|fired| fired.rule).collect()
}

/// A standing row of 7.2 in this period.
pub(crate) fn of_72(period: Period, quarantine: u64) -> DeclaredThreshold {
    DeclaredThreshold {
        key: key("7.2", period),
        limits: limits(quarantine),
        from: None,
    }
}

pub(crate) fn planned(mut row: DeclaredThreshold, from: i64) -> DeclaredThreshold {
    row.from = Some(hour(from));
    row
}

pub(crate) const DAY: i64 = 24;
