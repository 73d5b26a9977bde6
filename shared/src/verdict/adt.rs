//! The verdict on an ADT File: what each User ID's statement changes, and whether it may.

use super::adt_changes::{StatementChange, json_size};
use super::effect::FileEffect;
use super::limits::{LARGEST_FILE_OF_STATEMENTS, LARGEST_IN_FORCE, LARGEST_STATEMENT};
use super::{Changes, KnownForAdt, ReadFile, Verdict};
use crate::files::{AdtReading, lost_zeros};
use crate::finding::{Findings, Place, RecordDefect};
use crate::instant::UtcTime;
use crate::profile::Profile;
use crate::risk::{AdtCase, RaiseAccount, RaiseSeen, adt_risks};
use crate::thresholds::{Statement, check_signing_order, compare};

/// What only what is in force can tell: `7.1` where `7.10` was meant.
pub(super) fn report_lost_zeros(
    reading: &AdtReading,
    known: &KnownForAdt,
    findings: &mut Findings,
) {
    let in_force = |user_id, srv| known.has_standing(user_id, srv);
    lost_zeros(&reading.maybe_lost_zeros, in_force, findings);
}

pub(super) fn judge(
    file: &ReadFile,
    reading: &AdtReading,
    known: &KnownForAdt,
    profile: &Profile,
    now: UtcTime,
    verdict: &mut Verdict,
) {
    let statements = Statement::of_rows(&reading.rows);
    if let Some(Ok(signature)) = &file.signature {
        let in_force = known.users.iter().map(|user| &user.thresholds);
        let order = check_signing_order(&statements, &in_force, signature.signing_time);
        verdict.findings.append(order);
    }
    let factor = profile.risk.max_increase_factor;
    let comparisons: Vec<_> = statements
        .iter()
        .map(|statement| {
            let current = known.user(statement.user_id);
            compare(
                current.map(|known| &known.thresholds),
                statement,
                now,
                factor,
            )
        })
        .collect();
    verdict.effect = Some(FileEffect::of_adt(reading.row_count, &comparisons));
    let nothing = RaiseAccount::default();
    let cases: Vec<_> = comparisons
        .iter()
        .map(|comparison| {
            let known = known.user(comparison.user_id);
            AdtCase {
                comparison,
                current: known.map(|known| &known.thresholds),
                account: known.map_or(&nothing, |known| &known.raises),
            }
        })
        .collect();
    let risks = adt_risks(&cases, now, &profile.risk);
    verdict.rules.extend(risks.fired);
    verdict.evidence.raises = risks.raises;
    let changes = statements.into_iter().zip(&cases).map(|(statement, case)| {
        let known = known.user(statement.user_id);
        StatementChange {
            statement,
            changes: case.comparison.clone(),
            current: known.map(|known| known.thresholds.clone()),
            replaces: known.map(|known| known.version),
            raises: RaiseAccount::after(case, false, now, &profile.risk),
            raises_reviewed: RaiseAccount::after(case, true, now, &profile.risk),
        }
    });
    let changes: Vec<_> = changes.collect();
    for defect in too_large(&changes, &verdict.evidence.raises, now) {
        verdict.findings.add(Place::file(), defect);
    }
    verdict.changes = Some(Changes::Adt(changes));
    verdict.evidence.comparisons = comparisons;
}

/// A User ID of which more would be recorded than an item can hold, or all of them more than one transaction can.
fn too_large(changes: &[StatementChange], raises: &[RaiseSeen], now: UtcTime) -> Vec<RecordDefect> {
    let size = |recorded: Option<usize>| recorded.unwrap_or(usize::MAX);
    let mut recorded = 0_usize;
    let mut shown = size(json_size(&raises));
    let mut defects = Vec::new();
    for change in changes {
        let history = size(json_size(&change.changes));
        let current = size(change.size_in_force(now));
        recorded = recorded.saturating_add(history).saturating_add(current);
        shown = shown.saturating_add(history);
        if current > LARGEST_IN_FORCE || history > LARGEST_STATEMENT {
            let user_id = change.statement.user_id;
            defects.push(RecordDefect::StatementTooLarge { user_id });
        }
    }
    if defects.is_empty() && recorded.max(shown) > LARGEST_FILE_OF_STATEMENTS {
        defects.push(RecordDefect::StatementsTooLarge);
    }
    defects
}
