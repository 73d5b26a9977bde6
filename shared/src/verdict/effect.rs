//! What a file says, in numbers.

use serde::{Deserialize, Serialize};

use crate::identifiers::{Eui64, QuarantineEventRef};
use crate::quarantine::{Counts, ExitCheck};
use crate::thresholds::{Change, Comparison, ExceptionChange};

/// What a file says, in numbers without any threshold value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = Effect))]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum FileEffect {
    /// An ADT File.
    Adt {
        /// Rows below the header.
        rows: u64,
        /// What it says of each User ID.
        users: Vec<UserEffect>,
    },
    /// An Exit Quarantine File.
    #[serde(rename_all = "camelCase")]
    ExitQuarantine {
        /// Rows below the header.
        rows: u64,
        /// How many are released.
        release: u64,
        /// How many are deleted.
        delete: u64,
        /// How many of the same events stay held.
        left_held: u64,
        /// By event, in the order of the file.
        events: Vec<EventEffect>,
    },
}

impl FileEffect {
    /// What an ADT File of so many rows says, from its comparisons with what is in force.
    pub fn of_adt(rows: u64, comparisons: &[Comparison]) -> Self {
        Self::Adt {
            rows,
            users: comparisons.iter().map(UserEffect::from).collect(),
        }
    }

    /// What an Exit Quarantine File of so many rows does, from its check against what is held.
    pub fn of_exit(rows: u64, check: &ExitCheck) -> Self {
        let events = check.events.iter().map(|checked| EventEffect {
            event: checked.event,
            release: checked.counts.release,
            delete: checked.counts.delete,
            left_held: checked.counts.held,
        });
        let Counts {
            held,
            release,
            delete,
        } = check.counts;
        Self::ExitQuarantine {
            rows,
            release,
            delete,
            left_held: held,
            events: events.collect(),
        }
    }
}

impl From<&Comparison> for UserEffect {
    fn from(comparison: &Comparison) -> Self {
        let (rows, exceptions) = (&comparison.thresholds, &comparison.exceptions);
        let changed_rows = rows.iter().filter(|row| row.change != Change::Same).count();
        let changed_exceptions = exceptions
            .iter()
            .filter(|row| row.change != ExceptionChange::Kept)
            .count();
        Self {
            user_id: comparison.user_id,
            standing: rows.iter().filter(|row| row.new.is_some()).count() as u64,
            exceptions: exceptions.iter().filter(|row| row.new.is_some()).count() as u64,
            changed: (changed_rows + changed_exceptions) as u64,
            big: comparison.big_changes() as u64,
        }
    }
}

/// What an ADT File says of one User ID.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct UserEffect {
    /// The User ID.
    pub user_id: Eui64,
    /// Its standing rows.
    pub standing: u64,
    /// Its exceptions.
    pub exceptions: u64,
    /// How many rows change something.
    pub changed: u64,
    /// How many changes are big.
    pub big: u64,
}

/// What an Exit Quarantine File does to one event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct EventEffect {
    /// The event.
    pub event: QuarantineEventRef,
    /// How many are released.
    pub release: u64,
    /// How many are deleted.
    pub delete: u64,
    /// How many stay held.
    pub left_held: u64,
}
