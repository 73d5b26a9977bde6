//! A warning threshold is raised to the quarantine threshold: nobody is warned before communications are held.

use super::wording::{plural, service, when};
use super::{RiskRule, RuleFired};
use crate::finding::grouped;
use crate::profile::RiskRules;
use crate::thresholds::{Comparison, Limits};

/// Only where people were warned before. A quarantine threshold of 0 leaves no room for a warning, and is another
/// rule's.
pub(super) fn warning_silenced(comparison: &Comparison, rules: &RiskRules) -> Option<RuleFired> {
    if rules.allow_warning_at_quarantine {
        return None;
    }
    let mut silenced = comparison.rows().filter_map(|row| {
        let (old, new) = (row.old?, row.new?);
        (warns(old) && !warns(new) && new.quarantine > 0).then_some((row, old, new))
    });
    let (row, old, new) = silenced.next()?;
    let key = row.key;
    let rows = 1 + silenced.count();
    let user_id = comparison.user_id;
    let message = format!(
        "User ID {user_id}: {} no longer below the quarantine threshold, so nobody is warned before communications are \
         held. The first: {} in {}, from {} to {}{}.",
        plural(rows, "warning threshold is", "warning thresholds are"),
        service(key.srv),
        key.period.in_words(),
        grouped(old.warning),
        grouped(new.warning),
        when(row.from, row.until),
    );
    let fired = RuleFired::new(RiskRule::WarningSilenced, message)
        .with("userId", user_id)
        .with("rows", rows)
        .with_key(&key);
    Some(fired.with("old", old.warning).with("new", new.warning))
}

const fn warns(limits: Limits) -> bool {
    limits.warning < limits.quarantine
}
