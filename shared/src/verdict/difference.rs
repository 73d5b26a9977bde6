//! What has changed between two verdicts on one file, in sentences: since a reviewer opened it, or accepted it.

use std::collections::BTreeMap;

use super::Verdict;
use super::effect::FileEffect;
use super::evidence::Evidence;
use crate::finding::grouped;
use crate::instant::UtcTime;
use crate::risk::wording::{communications, service};
use crate::risk::{ExitSeen, RiskRule, RuleFired};
use crate::thresholds::{Comparison, Limits, ThresholdKey};

/// As many sentences as anybody reads; the new evidence says the rest.
const MOST: usize = 20;

/// As much of a verdict as a reviewer looks at.
#[derive(Clone, Copy, Debug)]
pub struct ReviewedVerdict<'a> {
    /// The rules that fired.
    pub rules: &'a [RuleFired],
    /// What the file says, in numbers.
    pub effect: Option<&'a FileEffect>,
    /// What stands beside the rules.
    pub evidence: &'a Evidence,
}

impl<'a> From<&'a Verdict> for ReviewedVerdict<'a> {
    fn from(verdict: &'a Verdict) -> Self {
        Self {
            rules: &verdict.rules,
            effect: verdict.effect.as_ref(),
            evidence: &verdict.evidence,
        }
    }
}

/// What is different in `new`, a sentence each, never none. Holds threshold values.
pub fn differences(old: ReviewedVerdict<'_>, new: ReviewedVerdict<'_>) -> Vec<String> {
    let mut changed = Vec::new();
    rules_changed(old.rules, new.rules, &mut changed);
    effect_changed(old.effect, new.effect, &mut changed);
    for comparison in &new.evidence.comparisons {
        let before = old.evidence.comparisons.iter();
        let mut before = before.filter(|old| old.user_id == comparison.user_id);
        levels_changed(before.next(), comparison, &mut changed);
    }
    released_changed(&old.evidence.released, &new.evidence.released, &mut changed);
    for refusal in &new.evidence.refusals {
        if !old.evidence.refusals.contains(refusal) {
            changed.push(format!(
                "The same file was refused on {}, as submission {}.",
                refusal.refused_at.in_words(),
                refusal.submission
            ));
        }
    }
    if changed.is_empty() {
        changed.push("What the file would change is not what it was before.".to_owned());
    }
    if changed.len() > MOST {
        let more = changed.len() - MOST;
        changed.truncate(MOST);
        changed.push(format!("And {} more.", grouped(more as u64)));
    }
    changed
}

fn rules_changed(old: &[RuleFired], new: &[RuleFired], changed: &mut Vec<String>) {
    let mut over: Vec<_> = old.iter().filter(|rule| !new.contains(rule)).collect();
    for fired in new.iter().filter(|rule| !old.contains(rule)) {
        // What a rule says otherwise now is one change, not two.
        match over.iter().position(|before| before.rule == fired.rule) {
            Some(place) => {
                let before = over.remove(place);
                changed.push(format!("Now: {} Before: {}", fired.message, before.message));
            }
            None => changed.push(format!("New: {}", fired.message)),
        }
    }
    changed.extend(
        over.iter()
            .map(|rule| format!("No longer: {}", rule.message)),
    );
}

fn effect_changed(old: Option<&FileEffect>, new: Option<&FileEffect>, changed: &mut Vec<String>) {
    match (old, new) {
        (Some(FileEffect::Adt { users: old, .. }), Some(FileEffect::Adt { users: new, .. })) => {
            for user in new {
                let before = old.iter().find(|old| old.user_id == user.user_id);
                let before = before.map_or(0, |before| before.changed);
                if before != user.changed {
                    changed.push(format!(
                        "User ID {}: {} of its rows change something now, {} before.",
                        user.user_id,
                        grouped(user.changed),
                        grouped(before)
                    ));
                }
            }
        }
        (
            Some(FileEffect::ExitQuarantine { left_held: old, .. }),
            Some(FileEffect::ExitQuarantine { left_held: new, .. }),
        ) if old != new => changed.push(format!(
            "{} communications of the same events are kept held now, {} before.",
            grouped(*new),
            grouped(*old)
        )),
        _ => {}
    }
}

/// What is in force for a key, or in the time of an exception, is another level than before.
fn levels_changed(old: Option<&Comparison>, new: &Comparison, changed: &mut Vec<String>) {
    let known = old.map(levels).unwrap_or_default();
    for ((key, until), level) in levels(new) {
        let Some(before) = known.get(&(key, until)).filter(|before| **before != level) else {
            continue;
        };
        let of_what = format!(
            "for {} in {}{}",
            service(key.srv),
            key.period.in_words(),
            until.map_or_else(String::new, |until| format!(" until {}", until.in_words())),
        );
        let user_id = new.user_id;
        let quarantine = |level: Option<Limits>| level.map(|level| level.quarantine);
        let warning = |level: Option<Limits>| level.map(|level| level.warning);
        if quarantine(level) != quarantine(*before) {
            changed.push(format!(
                "User ID {user_id}: what is in force {of_what} is {} now, and was {} before.",
                number_or_nothing(quarantine(level)),
                number_or_nothing(quarantine(*before))
            ));
        }
        // Where there was nothing, or is nothing now, the sentence above says it all.
        if let (Some(now), Some(then)) = (warning(level), warning(*before))
            && now != then
        {
            changed.push(format!(
                "User ID {user_id}: the warning threshold in force {of_what} is {} now, and was {} before.",
                grouped(now),
                grouped(then)
            ));
        }
    }
}

fn number_or_nothing(level: Option<u64>) -> String {
    level.map_or_else(|| "nothing".to_owned(), grouped)
}

/// The levels in force that each row is compared to, by its key and, of an exception, its end.
fn levels(comparison: &Comparison) -> BTreeMap<(ThresholdKey, Option<UtcTime>), Option<Limits>> {
    let rows = comparison.rows();
    rows.map(|row| ((row.key, row.until), row.old)).collect()
}

/// What other files released or deleted is not what it was.
fn released_changed(old: &[ExitSeen], new: &[ExitSeen], changed: &mut Vec<String>) {
    for seen in new {
        let is_same = |other: &&ExitSeen| {
            (other.rule, other.user_id, other.srv, other.period)
                == (seen.rule, seen.user_id, seen.srv, seen.period)
        };
        let Some(before) = old.iter().find(is_same) else {
            continue;
        };
        if before.earlier != seen.earlier {
            let done = match seen.rule {
                RiskRule::DeleteOverNumber => "deleted",
                _ => "released",
            };
            changed.push(format!(
                "{}Other files {done} {} {} within {} now, {} before.",
                seen.user_id
                    .map_or_else(String::new, |user_id| format!("User ID {user_id}: ")),
                grouped(seen.earlier),
                communications(seen.srv),
                seen.period.in_words(),
                grouped(before.earlier)
            ));
        }
    }
}
