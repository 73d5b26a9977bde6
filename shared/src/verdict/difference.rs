//! What has changed between the verdict that a reviewer accepted and the one when it was to take effect, in sentences.

use super::Verdict;
use super::evidence::Evidence;
use crate::api::Effect;
use crate::finding::grouped;
use crate::risk::RuleFired;
use crate::thresholds::{Comparison, Limits, ThresholdKey};

/// As many sentences as anybody reads; the new evidence says the rest.
const MOST: usize = 20;

/// What is different in `new`, a sentence each, never none. Holds threshold values.
pub fn differences(
    rules: &[RuleFired],
    effect: Option<&Effect>,
    evidence: &Evidence,
    new: &Verdict,
) -> Vec<String> {
    let mut changed = Vec::new();
    rules_changed(rules, &new.rules, &mut changed);
    effect_changed(effect, new.effect.as_ref(), &mut changed);
    for comparison in &new.evidence.comparisons {
        let old = evidence.comparisons.iter();
        let mut old = old.filter(|old| old.user_id == comparison.user_id);
        levels_changed(old.next(), comparison, &mut changed);
    }
    for refusal in &new.evidence.refusals {
        if !evidence.refusals.contains(refusal) {
            changed.push(format!(
                "The same file was refused at {}, as submission {}.",
                refusal.refused_at, refusal.submission
            ));
        }
    }
    if changed.is_empty() {
        changed.push("What the file would change is not what was accepted.".to_owned());
    }
    if changed.len() > MOST {
        let more = changed.len() - MOST;
        changed.truncate(MOST);
        changed.push(format!("And {} more.", grouped(more as u64)));
    }
    changed
}

fn rules_changed(old: &[RuleFired], new: &[RuleFired], changed: &mut Vec<String>) {
    let fired = new.iter().filter(|rule| !old.contains(rule));
    changed.extend(fired.map(|rule| format!("New: {}", rule.message)));
    let over = old.iter().filter(|rule| !new.contains(rule));
    changed.extend(over.map(|rule| format!("No longer: {}", rule.message)));
}

fn effect_changed(old: Option<&Effect>, new: Option<&Effect>, changed: &mut Vec<String>) {
    match (old, new) {
        (Some(Effect::Adt { users: old, .. }), Some(Effect::Adt { users: new, .. })) => {
            for user in new {
                let before = old.iter().find(|old| old.user_id == user.user_id);
                let before = before.map_or(0, |before| before.changed);
                if before != user.changed {
                    changed.push(format!(
                        "User ID {}: {} of its rows change something now, {} when it was accepted.",
                        user.user_id,
                        grouped(user.changed),
                        grouped(before)
                    ));
                }
            }
        }
        (
            Some(Effect::ExitQuarantine { left_held: old, .. }),
            Some(Effect::ExitQuarantine { left_held: new, .. }),
        ) if old != new => changed.push(format!(
            "{} communications of the same events stay held now, {} when it was accepted.",
            grouped(*new),
            grouped(*old)
        )),
        _ => {}
    }
}

/// What is in force for a key, standing or in an exception, is another level than before.
fn levels_changed(old: Option<&Comparison>, new: &Comparison, changed: &mut Vec<String>) {
    let known: Vec<_> = old.map(levels).unwrap_or_default();
    for (key, level) in levels(new) {
        let before = known.iter().find(|(other, _)| *other == key);
        let Some((_, before)) = before.filter(|(_, before)| *before != level) else {
            continue;
        };
        let of = |level: Option<Limits>| {
            level.map_or("nothing".to_owned(), |level| grouped(level.quarantine))
        };
        changed.push(format!(
            "User ID {}: what is in force for {} in {} is {} now, and was {} when it was accepted.",
            new.user_id,
            key.srv,
            key.period.in_words(),
            of(level),
            of(*before)
        ));
    }
}

fn levels(comparison: &Comparison) -> Vec<(ThresholdKey, Option<Limits>)> {
    let rows = comparison.thresholds.iter();
    rows.map(|row| (row.key, row.old)).collect()
}
