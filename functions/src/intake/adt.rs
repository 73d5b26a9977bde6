//! ADT files: what they change, whether they may, and making it so.
use aws_sdk_dynamodb::types::TransactWriteItem;
use sluice_shared::{
    api::{Effect, UserEffect},
    files::AdtReading,
    finding::{Place, RecordDefect},
    identifiers::Eui64,
    instant::UtcTime,
    risk::adt_risks,
    thresholds::{
        Change, Comparison, ExceptionChange, HistoryEntry, LowestLately, Statement,
        StatementOrigin, UserThresholds, check_signing_order, compare,
    },
};

use super::{
    IntakeError,
    check::{Checked, Plan},
};
use crate::{
    Backend,
    stores::{Current, LARGEST_RECORD},
};

/// A transaction holds 4 MB, and each statement is in it twice: in what is in force, and in the history.
const LARGEST_TOTAL: usize = 1_500_000;

/// A statement beside what it would replace.
pub(super) struct PlannedStatement {
    statement: Statement,
    current: Option<Current>,
}

/// All statements of a file.
pub(super) type AdtPlan = Vec<PlannedStatement>;

/// Checks a readable file that arrived `at`, and finds out what it would change now.
pub(super) async fn check(
    backend: &Backend,
    reading: &AdtReading,
    at: UtcTime,
    checked: &mut Checked,
) -> Result<(), IntakeError> {
    let profile = &backend.settings.profile;
    let now = backend.now();
    let mut plan = AdtPlan::new();
    for statement in Statement::of_rows(&reading.rows) {
        let current = backend.thresholds.current(statement.user_id).await?;
        plan.push(PlannedStatement { statement, current });
    }
    if let Some(verified) = &checked.signature {
        let statements: Vec<_> = plan
            .iter()
            .map(|planned| planned.statement.clone())
            .collect();
        let in_force: Vec<_> = plan
            .iter()
            .filter_map(|planned| planned.current.as_ref())
            .map(|current| current.thresholds.clone())
            .collect();
        let signed_at = verified.signing_time;
        checked.findings.append(check_signing_order(
            &statements,
            &in_force,
            signed_at,
            at,
            &profile.signing,
        ));
    }
    let comparisons: Vec<_> = plan
        .iter()
        .map(|planned| planned.compare(now, profile.risk.max_increase_factor))
        .collect();
    for user_id in too_large(&comparisons) {
        let defect = RecordDefect::StatementTooLarge { user_id };
        checked.findings.add(Place::file(), defect);
    }
    checked.effect = Some(Effect::Adt {
        rows: reading.row_count,
        users: plan
            .iter()
            .zip(&comparisons)
            .map(|(planned, comparison)| planned.effect(comparison))
            .collect(),
    });
    let lately = lately(backend, &plan, now).await?;
    checked.rules = adt_risks(&comparisons, &lately, &profile.risk);
    checked.evidence.comparisons = comparisons;
    if checked.findings.is_acceptable() {
        checked.plan = Some(Plan::Adt(plan));
    }
    Ok(())
}

/// What stood lately of each User ID. Read after what is in force: a statement that was accepted in between makes the
/// recording of this one fail, and it is checked anew.
async fn lately(
    backend: &Backend,
    plan: &AdtPlan,
    now: UtcTime,
) -> Result<Vec<LowestLately>, IntakeError> {
    let days = i64::from(backend.settings.profile.risk.raise_window_days);
    let since = now.plus(-time::Duration::days(days));
    let mut lately = Vec::with_capacity(plan.len());
    for planned in plan {
        let user_id = planned.statement.user_id;
        let history = backend.thresholds.history_since(user_id, since).await?;
        lately.push(LowestLately::of(user_id, &history, since, now));
    }
    Ok(lately)
}

/// The writes that make all statements of a file take effect at `accepted_at`.
pub(super) fn accept(
    backend: &Backend,
    plan: &AdtPlan,
    origin: &StatementOrigin,
) -> Result<Vec<TransactWriteItem>, IntakeError> {
    let factor = backend.settings.profile.risk.max_increase_factor;
    let mut parts = Vec::with_capacity(2 * plan.len());
    for planned in plan {
        let thresholds = planned.succeeded(origin.clone()).ok_or_else(|| {
            IntakeError::Unexpected(format!("{} was checked to be newer", origin.submission))
        })?;
        let entry = HistoryEntry {
            origin: origin.clone(),
            changes: planned.compare(origin.accepted_at, factor),
        };
        let replaces = planned.current.as_ref().map(|current| current.version);
        parts.extend(backend.thresholds.accept(replaces, &thresholds, &entry)?);
    }
    Ok(parts)
}

impl PlannedStatement {
    fn compare(&self, now: UtcTime, factor: u64) -> Comparison {
        compare(
            self.current.as_ref().map(|current| &current.thresholds),
            &self.statement,
            now,
            factor,
        )
    }

    fn succeeded(&self, origin: StatementOrigin) -> Option<UserThresholds> {
        match &self.current {
            None => Some(UserThresholds::first(&self.statement, origin)),
            Some(current) => current.thresholds.succeed(&self.statement, origin).ok(),
        }
    }

    fn effect(&self, comparison: &Comparison) -> UserEffect {
        let thresholds = comparison
            .thresholds
            .iter()
            .filter(|row| row.change != Change::Same)
            .count();
        let exceptions = comparison
            .exceptions
            .iter()
            .filter(|row| row.change != ExceptionChange::Kept)
            .count();
        UserEffect {
            user_id: self.statement.user_id,
            standing: self.statement.standing.len() as u64,
            exceptions: self.statement.exceptions.len() as u64,
            changed: (thresholds + exceptions) as u64,
            big: comparison.big_changes() as u64,
        }
    }
}

/// User IDs of which more is said than their record, or the one transaction for all of them, can hold. Measured on the
/// comparisons, the largest of what is recorded.
fn too_large(comparisons: &[Comparison]) -> Vec<Eui64> {
    let mut total = 0;
    comparisons
        .iter()
        .filter(|comparison| {
            let size = serde_json::to_vec(comparison).map_or(usize::MAX, |json| json.len());
            total += size.min(LARGEST_RECORD);
            size > LARGEST_RECORD || total > LARGEST_TOTAL
        })
        .map(|comparison| comparison.user_id)
        .collect()
}
