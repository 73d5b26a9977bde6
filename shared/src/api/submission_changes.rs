use serde::{Deserialize, Serialize};

use crate::thresholds::{Change, Comparison, ExceptionChange};
use crate::verdict::{Evidence, ExitEvidence};

/// What a file changed, changes or would have changed: answer of `GET /submissions/{id}/changes`. Holds threshold values.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SubmissionChanges {
    /// Of an ADT File: the thresholds of each User ID, before and after.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub comparisons: Vec<Comparison>,
    /// Of an Exit Quarantine File that a reviewer looked at: how many of each service, for each event.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub exits: Vec<ExitEvidence>,
}

/// What of a threshold is a change.
const COUNTED: [Change; 4] = [
    Change::Raised,
    Change::Lowered,
    Change::New,
    Change::Dropped,
];

/// Rows that are kept of a file that changes nothing: more than people look at, and far less than an item of the table holds.
const MOST_KEPT: usize = 1_000;

impl SubmissionChanges {
    /// Whether it is worth keeping, and small enough, of a file that was rejected: that may be of any size.
    pub fn is_small(&self) -> bool {
        let rows = self
            .comparisons
            .iter()
            .map(|compared| compared.thresholds.len() + compared.exceptions.len());
        let exits = self.exits.iter().map(|exit| exit.by_srv.len());
        (1..=MOST_KEPT).contains(&rows.chain(exits).sum())
    }

    /// The User IDs for which anything changes: those that [`Self::in_numbers`] counts in.
    pub fn users_changed(&self) -> u64 {
        let changes = |all: &&Comparison| {
            all.thresholds
                .iter()
                .any(|row| COUNTED.contains(&row.change))
                || all
                    .exceptions
                    .iter()
                    .any(|row| row.change != ExceptionChange::Kept)
        };
        self.comparisons.iter().filter(changes).count() as u64
    }

    /// What becomes of the thresholds, in numbers: `1 threshold is raised, 2 exceptions are changed`; nothing where nothing changes.
    /// `is`: the verb for one and for more, as in `is`, `are`, or `was`, `were`.
    pub fn in_numbers(&self, is: (&str, &str)) -> Vec<String> {
        let of = |change: Change| {
            let all = self.comparisons.iter().flat_map(|all| &all.thresholds);
            all.filter(|row| row.change == change).count()
        };
        let exceptions = self.comparisons.iter().flat_map(|all| &all.exceptions);
        let exceptions = exceptions
            .filter(|row| row.change != ExceptionChange::Kept)
            .count();
        [
            (of(Change::Raised), "threshold", "raised"),
            (of(Change::Lowered), "threshold", "lowered"),
            (of(Change::New), "threshold", "added"),
            (of(Change::Dropped), "threshold", "ended"),
            (exceptions, "exception", "changed"),
        ]
        .into_iter()
        .filter_map(|(count, noun, what)| match count {
            0 => None,
            1 => Some(format!("1 {noun} {} {what}", is.0)),
            count => Some(format!("{count} {noun}s {} {what}", is.1)),
        })
        .collect()
    }
}

impl From<&Evidence> for SubmissionChanges {
    fn from(evidence: &Evidence) -> Self {
        Self {
            comparisons: evidence.comparisons.clone(),
            exits: evidence.exits.clone(),
        }
    }
}
