//! What the two rules of an organisation's own numbers share: how many it may release, and how many delete.

use super::{ExitSeen, RuleFired};
use crate::finding::grouped;

/// What `seen` fires if it is over: `verb` is "release" or "delete", `facts` the names under which the rule's facts are kept.
pub(super) fn over_number(
    seen: ExitSeen,
    verb: &str,
    facts: [&'static str; 2],
) -> Option<(RuleFired, ExitSeen)> {
    if seen.count == 0 || !seen.is_over() {
        return None;
    }
    let message = format!(
        "This file {verb}s {} communications{}; an organisation may {verb} {} within {} without a review.",
        grouped(seen.count),
        if seen.alone() {
            ""
        } else {
            ", after those of earlier files"
        },
        grouped(seen.allowed),
        seen.period.in_words(),
    );
    let [count, allowed] = facts;
    let fired = RuleFired::new(seen.rule, message)
        .with("period", seen.period)
        .with(count, seen.count)
        .with(allowed, seen.allowed);
    Some((fired, seen))
}
